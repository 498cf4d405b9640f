// Every component in every state, and the shell with plain pages, in both schemes at 1366×768. The pictures go to
// $ANTEROOM_PICTURES (or beside the test); the checks are what a picture can not say: sizes, focus, keys, timing.
#include "ui/common/banner.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/empty_state.h"
#include "ui/common/focus_ring.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/progress_row.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/common/segments.h"
#include "ui/common/switch.h"
#include "ui/common/ticket_card.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/shell.h"
#include "ui/shell/shortcuts.h"
#include "ui/theme/icons.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSet>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QtTest>

using namespace anteroom::ui;
using State = TicketView::State;

namespace {

QString pictures()
{
    const QString asked = qEnvironmentVariable("ANTEROOM_PICTURES");
    const QString folder = asked.isEmpty() ? QCoreApplication::applicationDirPath() + QStringLiteral("/pictures") : asked;
    QDir().mkpath(folder);
    return folder;
}

Label *heading(const char *words)
{
    auto *label = new Label(QLatin1String(words), Type::Body);
    label->setWeight(QFont::DemiBold);
    return label;
}

QString q(const char *words) { return QString::fromUtf8(words); }

QHBoxLayout *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch();
    return row;
}

QHBoxLayout *buttons(const char *name, ButtonKind kind)
{
    auto *keyed = new Button(QLatin1String(name), kind);
    keyed->setKeycap(QKeySequence(Qt::Key_F9));
    auto *icon = new Button(q("New ticket"), q("plus"), kind);
    auto *busy = new Button(q("Save"), kind);
    busy->setBusy(q("Saving"));
    auto *off = new Button(q("Disabled"), kind);
    off->setWhyDisabled(q("Nobody is with you."));
    return rowOf({keyed, icon, busy, off});
}

QWidget *controls()
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(9);
    column->addWidget(heading("Buttons"));
    column->addWidget(new Rule);
    column->addLayout(buttons("Primary", ButtonKind::Primary));
    column->addLayout(buttons("Secondary", ButtonKind::Secondary));
    column->addLayout(buttons("Danger", ButtonKind::Danger));
    column->addLayout(buttons("Quiet", ButtonKind::Quiet));
    column->addWidget(heading("Fields"));
    column->addWidget(new Rule);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    auto *value = new LineEdit;
    value->setText(q("Value"));
    auto *plain = new Field(q("Label"), value);
    plain->setHint(q("A hint says the format"));
    auto *empty = new LineEdit;
    empty->setPlaceholderText(q("Placeholder is an example"));
    auto *hot = new LineEdit(LineEdit::Content::Value);
    hot->setText(q("39.9"));
    auto *unusual = new Field(q("Temperature"), hot);
    unusual->setUnusual(q("Unusual. Enter confirms."));
    auto *price = new LineEdit(LineEdit::Content::Value);
    price->setText(q("1500,5"));
    auto *error = new Field(q("Price"), price);
    error->setError(q("Write a whole amount, like 1500."));
    auto *fixed = new LineEdit(LineEdit::Content::Value);
    fixed->setText(q("SR1-004182-7"));
    fixed->setReadOnly(true);
    auto *combo = new QComboBox;
    combo->addItems({q("Triage, Room 2"), q("Consultation, Room 3")});
    grid->addWidget(plain, 0, 0);
    grid->addWidget(new Field(q("Empty"), empty, Field::Need::Optional), 0, 1, Qt::AlignTop);
    grid->addWidget(unusual, 1, 0);
    grid->addWidget(error, 1, 1);
    grid->addWidget(new Field(q("Read only"), fixed), 2, 0);
    grid->addWidget(new Field(q("Choice"), combo), 2, 1);
    column->addLayout(grid);
    auto *on = new QCheckBox(q("On"));
    on->setChecked(true);
    auto *one = new QRadioButton(q("One"));
    one->setChecked(true);
    auto *off = new QCheckBox(q("Not now"));
    off->setEnabled(false);
    column->addLayout(rowOf({on, new QCheckBox(q("Off")), one, new QRadioButton(q("Two")), off}));
    auto *segments = new Segments;
    for (const char *name : {"Day", "Week", "Month"})
        segments->add(QLatin1String(name), QLatin1String(name));
    auto *switched = new Switch(q("Hosting"));
    switched->setChecked(true);
    column->addLayout(rowOf({segments, switched, new Switch(q("Off"))}));
    auto *search = new SearchBox(q("Find a patient, ticket or bill"));
    search->setKeycap(shortcutKeys("search"));
    column->addWidget(search);
    column->addStretch();
    return widget;
}

class Cards : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        paintBox(&painter, rect(), theme.px(size::kRadiusPanel), theme.color(Tone::Sunken));
        int top = 10;
        const auto card = [&](TicketView ticket, TicketMarks marks = {}) {
            paintTicket(&painter, theme, QRect(10, top, width() - 20, theme.px(size::kTicket)), ticket, marks);
            top += theme.px(size::kTicket + size::kTicketGap);
        };
        const ChipSpec urgent{q("Urgent"), Hue::Urgent};
        const ChipSpec priority{q("Priority"), Hue::Priority};
        card({q("T-020"), q("28 min"), q("Maryam Haidari"), q("29 y · F")});
        card({q("T-020"), q("28 min"), q("Hover"), q("29 y · F")}, {.hovered = true});
        card({q("T-020"), q("28 min"), q("Keyboard cursor"), q("29 y · F")}, {.current = true, .focused = true});
        card({q("T-021"), q("41 min"), q("Over its target"), q("71 y · M"), {priority}, State::PastTarget});
        card({q("T-022"), q("24 min"), q("Urgent"), q("3 wk · F"), {urgent}});
        card({q("T-024"), q("2 min"), q("Emergency"), q("~40 y · M"), {{q("Emergency"), Hue::Danger, {}, true}}, State::Emergency});
        card({q("C-012"), q("Room 4"), q("Called"), q("Called · 20 s"), {}, State::Called});
        card({q("C-011"), q("Room 3"), q("In service"), q("In service · 12 min"), {}, State::InService});
        card({q("T-017"), q("10:38"), q("Transferred"), q("Sent to · Cashier"), {}, State::SentOn});
        card({q("T-026"), q("now"), q("Not confirmed yet, and a name much too long"), q("29 y · F"), {urgent, priority}, State::Unconfirmed});
    }
};

QStandardItemModel *priceModel(QObject *parent)
{
    auto *model = new QStandardItemModel(0, 4, parent);
    model->setHorizontalHeaderLabels({q("Code"), q("Name"), q("Price"), q("State")});
    model->setHeaderData(2, Qt::Horizontal, int(Qt::AlignTrailing | Qt::AlignVCenter), Qt::TextAlignmentRole);
    const char *rows[][3] = {{"CONS", "Consultation", "3,000"}, {"ANC", "Antenatal visit", "1,500"}, {"AMB", "Ambulance", "15,000"}};
    for (const auto &row : rows) {
        QList<QStandardItem *> items;
        for (const char *cell : row)
            items.append(new QStandardItem(QLatin1String(cell)));
        items.at(0)->setData(true, StrongRole);
        items.at(2)->setData(int(Qt::AlignTrailing), Qt::TextAlignmentRole);
        items.append(new QStandardItem(q("In use")));
        model->appendRow(items);
    }
    model->item(2, 3)->setData(QVariant::fromValue(ChipSpec{q("Not used"), Hue::Mute}), ChipRole);
    return model;
}

QTableView *table(QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setModel(priceModel(view));
    setUpTable(view);
    view->setColumnWidth(1, 180);
    view->selectRow(1);
    return view;
}

QListView *people(QWidget *parent)
{
    auto *view = new QListView(parent);
    auto *model = new QStandardItemModel(view);
    const auto add = [&](const char *name, const char *second, const char *age, QVector<MatchRange> matches) {
        auto *item = new QStandardItem(q(name));
        item->setData(q(second), SecondLineRole);
        item->setData(q(age), TrailingRole);
        item->setData(QVariant::fromValue(matches), MatchesRole);
        model->appendRow(item);
        return item;
    };
    add("Aminata Diarra", "SR1-004182-7 · 76 12 40 88", "34 y · F", {{0, 3}, {8, 3}})
        ->setData(QVariant::fromValue(ChipSpec{q("T-022"), Hue::Info}), ChipRole);
    add("Diaby Amidou", "SR1-002750-6 · 66 90 13 47", "67 y · M", {{0, 3}, {6, 3}})
        ->setData(QVariant::fromValue(ChipSpec{q("Died 3 Aug"), Hue::Mute}), ChipRole);
    auto *section = new QStandardItem(q("Sounds similar"));
    section->setData(true, SectionRole);
    section->setFlags(Qt::NoItemFlags);
    model->appendRow(section);
    add("Emina Dia", "SR1-003391-2 · 79 03 55 10", "29 y · F", {});
    view->setModel(model);
    setUpList(view);
    view->setItemDelegate(new TwoLineDelegate(view));
    view->setCurrentIndex(model->index(0, 0));
    return view;
}

QWidget *news()
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(heading("Chips: icon or word, never colour alone"));
    column->addWidget(new Rule);
    column->addLayout(rowOf({new Chip({q("Emergency"), Hue::Danger, {}, true}), new Chip({q("Urgent"), Hue::Urgent}),
                             new Chip({q("Priority"), Hue::Priority}), new Chip({q("In use"), Hue::Ok, q("tick")}), new Chip({q("Host"), Hue::Info}),
                             new Chip({q("Not used"), Hue::Mute}), new Chip({q("Your desk"), Hue::Info, {}, false, true})}));
    column->addWidget(heading("Table rows"));
    auto *panel = new Panel;
    panel->setFixedHeight(138);
    panel->column()->addWidget(table(panel));
    column->addWidget(panel);
    auto *list = new Panel;
    list->setFixedHeight(204);
    list->column()->addWidget(people(list));
    column->addWidget(list);
    auto *progress = new ProgressRow;
    progress->setProgress(q("Importing patients, 1,240 of 3,000"), 1240, 3000, q("about 20 s left"));
    column->addWidget(progress);
    auto *asOf = new MessageStrip(Hue::Priority);
    asOf->setIconName(q("clock"));
    asOf->setMessage(q("As of 10:42"), q("This PC is offline. Vitals taken elsewhere since then are missing."));
    column->addWidget(asOf);
    auto *allergy = new MessageStrip(Hue::Danger);
    allergy->setMessage(q("Amoxicillin, and allergic to penicillin"), q("Give a reason to go on, or choose another drug."));
    column->addWidget(allergy);
    auto *asking = new MessageStrip(Hue::Priority);
    asking->setIconName(q("monitor"));
    asking->setMessage(q("Lab laptop gave the right code 20 s ago."));
    asking->addAct(new Button(q("Let it in")));
    asking->addAct(new Button(q("Refuse"), ButtonKind::Quiet));
    column->addWidget(asking);
    column->addStretch();
    return widget;
}

QWidget *gallery()
{
    auto *window = new QWidget;
    auto *columns = new QHBoxLayout(window);
    columns->setContentsMargins(20, 16, 20, 16);
    columns->setSpacing(20);
    columns->addWidget(controls(), 47);
    auto *middle = new QVBoxLayout;
    middle->addWidget(heading("Ticket card"));
    auto *cards = new Cards;
    cards->setFixedHeight(10 * 55 + 16);
    cards->setFixedWidth(296);
    middle->addWidget(cards);
    middle->addStretch();
    columns->addLayout(middle, 0);
    columns->addWidget(news(), 52);
    new FocusRing(window);
    window->resize(1366, 768);
    return window;
}

class PlainPage : public Page {
public:
    PlainPage(QString title, QWidget *parent) : Page(parent), m_title(std::move(title))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
        auto *panel = new Panel;
        auto *banner = new Banner;
        banner->setPerson(q("Aminata Diarra"), q("F · 34 y · born 12 Mar 1992 · SR1-004182-7"));
        banner->setAllergies(Banner::Allergies::Known, q("Penicillin: rash within one hour (2026) · Latex"), q("Checked today"));
        banner->addAct(new Button(q("Queue")));
        banner->addAct(new Button(q("New note"), ButtonKind::Primary));
        panel->column()->addWidget(banner);
        auto *tabs = new QTabBar;
        for (const char *tab : {"Overview", "Notes", "Vitals"})
            tabs->addTab(QLatin1String(tab));
        tabs->setExpanding(false);
        tabs->setDrawBase(false);
        panel->column()->addWidget(tabs);
        panel->column()->addWidget(new Rule);
        auto *empty = new EmptyState(q("people"), q("No patients yet"), q("Register the first one, or bring them over from a spreadsheet."));
        auto *act = new Button(q("Register patient"), q("person-add"), ButtonKind::Primary);
        bindShortcut("patient.register", act, this);
        empty->addAct(act);
        empty->addAct(new Button(q("Import CSV…")));
        panel->column()->addWidget(empty, 1);
        column->addWidget(panel);
        m_act = new Button(q("New ticket"), q("plus"), ButtonKind::Secondary, this);
        bindShortcut("new", m_act, this);
        m_first = act;
    }
    QString title() const override { return m_title; }
    QString subtitle() const override { return q("Friday 20 November"); }
    QList<QWidget *> acts() override { return {m_act}; }
    QWidget *firstFocus() override { return m_first; }
    bool back() override { return ++backs > 0; }

    int backs = 0;

private:
    QString m_title;
    Button *m_act;
    QWidget *m_first;
};

std::vector<PageEntry> pages()
{
    const auto plain = [](const char *title) {
        return [name = QString::fromLatin1(title)](QWidget *parent) -> Page * { return new PlainPage(name, parent); };
    };
    return {{q("queue"), q("Queue"), q("ticket"), {}, plain("Queue")},
            {q("patients"), q("Patients"), q("people"), {}, plain("Patients")},
            {q("billing"), q("Billing"), q("receipt"), q("billing.read"), plain("Billing")},
            {q("review"), q("Review"), q("review"), {}, plain("Review"), true},
            {q("settings"), q("Settings"), q("sliders"), {}, plain("Settings"), true}};
}

} // namespace

class GalleryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanup()
    {
        m_theme->setScheme(Theme::Scheme::Light);
        m_theme->setScale(100);
        qApp->setLayoutDirection(Qt::LeftToRight);
    }
    void cleanupTestCase() { m_theme.reset(); }
    void pictures_data();
    void pictures();
    void sizesFollowTheScale();
    void busyKeepsItsWidth();
    void errorTakesTheHintsPlace();
    void labelsFollowTheScheme();
    void segmentsByKeyboard();
    void toastsLeaveAndUndo();
    void shellOpensAllowedPages();
    void shellByKeyboard();
    void statusStripStates();
    void shortcutsAreUnique();
    void ringOnlyByKeyboard();

private:
    std::unique_ptr<Theme> m_theme;
};

void GalleryTest::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("mirrored");
    QTest::addColumn<int>("scale");
    QTest::newRow("light") << false << false << 100;
    QTest::newRow("dark") << true << false << 100;
    QTest::newRow("mirrored") << false << true << 100;
    QTest::newRow("scale-130") << false << false << 130;
}

void GalleryTest::pictures()
{
    QFETCH(bool, dark);
    QFETCH(bool, mirrored);
    QFETCH(int, scale);
    m_theme->setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    m_theme->setScale(scale);
    qApp->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    const QString tail = QLatin1Char('-') + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png");
    const std::unique_ptr<QWidget> components(gallery());
    components->show();
    QVERIFY(QTest::qWaitForWindowExposed(components.get()));
    QVERIFY(components->grab().save(::pictures() + QStringLiteral("/components") + tail));

    Shell shell;
    shell.setClinic(q("San Rafael Clinic"));
    shell.setPages(pages(), [](const QString &) { return true; });
    shell.setPerson(q("Amina Diallo"), q("Nurse · Room 2"));
    shell.setCount(q("queue"), 7);
    shell.setCount(q("review"), 2, true);
    shell.show();
    QVERIFY(QTest::qWaitForWindowExposed(&shell));
    shell.toasts()->show({.text = q("Kwame Mensah: no-show"), .act = q("Undo"), .key = QKeySequence(q("Ctrl+Z")), .undo = true}, [] {});
    shell.toasts()->show({.text = q("Already called at Room 2"), .icon = q("speaker"), .hue = Hue::Info, .act = q("Show")}, [] {});
    StatusView view{.state = StatusView::State::Offline, .since = q("10:42"), .detail = q("next try in 4 s · 5 changes wait here, oldest 6 min"),
                    .act = q("Try now"), .host = q("Host: Desk 1 (not reached)"), .people = q("No other PC reachable")};
    shell.setStatus(view);
    shell.statusStrip()->setClock(q("10:48"));
    QVERIFY(shell.grab().save(::pictures() + QStringLiteral("/shell-offline") + tail));
    shell.setStatus({.state = StatusView::State::Attention, .count = 2, .detail = q("1 conflict, 1 refused change"), .act = q("Open review"),
                     .host = q("Host: Desk 1"), .people = q("4 PCs · 6 people")});
    shell.setDemo(true);
    shell.setTrialLan(true);
    shell.resize(1100, 680);
    const auto *rail = shell.findChild<NavRail *>();
    QTRY_VERIFY(shell.page(shell.currentPage())->mapTo(&shell, QPoint(0, 0)).x() == (mirrored ? 0 : rail->width()));
    QCOMPARE(rail->width(), m_theme->px(size::kRailNarrow) + 1);
    QVERIFY(shell.grab().save(::pictures() + QStringLiteral("/shell-narrow") + tail));
}

void GalleryTest::sizesFollowTheScale()
{
    LineEdit edit;
    Button button(q("Save"));
    QTableView view;
    QStandardItemModel model(2, 1);
    view.setModel(&model);
    setUpTable(&view);
    QCOMPARE(edit.minimumHeight(), 34);
    QCOMPARE(button.sizeHint().height(), 34);
    QCOMPARE(view.rowHeight(0), 34);
    m_theme->setScale(130);
    edit.show();
    button.show();
    QTRY_COMPARE(edit.minimumHeight(), 44);
    QTRY_COMPARE(button.minimumHeight(), 44);
}

void GalleryTest::busyKeepsItsWidth()
{
    QWidget window;
    QHBoxLayout row(&window);
    auto *button = new Button(q("Register and queue"), ButtonKind::Primary);
    row.addWidget(button);
    row.addStretch();
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy clicks(button, &QPushButton::clicked);
    const int width = button->width();
    button->setBusy(q("Saving"));
    QCOMPARE(button->minimumWidth(), width);
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::keyClick(button, Qt::Key_Return);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(clicks.count(), 0);
    button->setReady();
    QCOMPARE(button->text(), q("Register and queue"));
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(clicks.count(), 1);
    button->setWhyDisabled(q("Write a name first."));
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), q("Write a name first."));
}

void GalleryTest::errorTakesTheHintsPlace()
{
    auto *edit = new LineEdit;
    Field field(q("Phone"), edit);
    field.setHint(q("8 digits"));
    const int height = field.sizeHint().height();
    field.setError(q("Write 8 digits."));
    QCOMPARE(field.mark(), FieldMark::Error);
    QCOMPARE(field.sizeHint().height(), height);
    QCOMPARE(edit->accessibleDescription(), q("Write 8 digits."));
    field.setError({});
    QCOMPARE(field.mark(), FieldMark::None);
    QCOMPARE(edit->accessibleDescription(), q("8 digits"));
}

void GalleryTest::labelsFollowTheScheme()
{
    Label label(q("28 min"), Type::Secondary, Tone::Text2);
    QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->color(Tone::Text2));
    m_theme->setScheme(Theme::Scheme::Dark);
    QTRY_COMPARE(label.palette().color(QPalette::WindowText), QColor(0xB0, 0xBB, 0xC1));
    label.setHue(Hue::Danger);
    QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->fg(Hue::Danger));
}

void GalleryTest::segmentsByKeyboard()
{
    Segments segments;
    segments.add(q("Female"), 1, q("f"));
    segments.add(q("Male"), 2, q("m"));
    segments.add(q("Unknown"), 3, q("u"));
    segments.show();
    QSignalSpy chosen(&segments, &Segments::chosen);
    QTest::keyClick(&segments, Qt::Key_Right);
    QCOMPARE(segments.value().toInt(), 2);
    QTest::keyClick(&segments, Qt::Key_U);
    QCOMPARE(segments.value().toInt(), 3);
    segments.setValue(1);
    QCOMPARE(segments.current(), 0);
    QCOMPARE(chosen.count(), 2);
    segments.setLayoutDirection(Qt::RightToLeft);
    QTest::keyClick(&segments, Qt::Key_Left);
    QCOMPARE(segments.value().toInt(), 2);
}

void GalleryTest::toastsLeaveAndUndo()
{
    QWidget window;
    window.resize(900, 500);
    ToastHost host(&window, size::kStatusBar);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    int undone = 0;
    host.show({.text = q("One")});
    host.show({.text = q("Two")});
    host.show({.text = q("Three"), .act = q("Undo"), .key = QKeySequence(q("Ctrl+Z")), .undo = true}, [&] { ++undone; });
    QCOMPARE(host.toasts().size(), ToastHost::kMost);
    QVERIFY(host.toasts().last()->geometry().bottom() < window.height() - size::kStatusBar);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undone, 1);
    QCOMPARE(host.toasts().size(), 1);
    host.toasts().first()->setRemaining(20);
    QTRY_COMPARE(host.toasts().size(), 0);
}

void GalleryTest::shellOpensAllowedPages()
{
    Shell shell;
    shell.setPages(pages(), [](const QString &permission) { return permission != QLatin1String("billing.read"); });
    QCOMPARE(shell.currentPage(), q("queue"));
    QVERIFY(!shell.open(q("billing")));
    QVERIFY(!shell.page(q("patients")));
    QVERIFY(shell.open(q("patients")));
    QVERIFY(shell.page(q("patients")));
    QVERIFY(shell.windowTitle().startsWith(q("Patients")));
    shell.setPages(pages(), [](const QString &) { return true; });       // another person
    QCOMPARE(shell.currentPage(), q("patients"));
    QVERIFY(shell.open(q("billing")));
}

void GalleryTest::shellByKeyboard()
{
    Shell shell;
    shell.setPages(pages(), [](const QString &) { return true; });
    shell.show();
    shell.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shell));
    QTest::keyClick(&shell, Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(shell.currentPage(), q("billing"));
    QTest::keyClick(&shell, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(shell.search()));
    QSignalSpy sync(&shell, &Shell::syncNowRequested);
    QTest::keyClick(&shell, Qt::Key_F5, Qt::ControlModifier);
    QCOMPARE(sync.count(), 1);
    QTest::keyClick(shell.search(), Qt::Key_Escape);
    QCOMPARE(static_cast<PlainPage *>(shell.page(q("billing")))->backs, 1);
}

void GalleryTest::statusStripStates()
{
    StatusStrip strip;
    strip.resize(1366, size::kStatusBar);
    strip.show();
    QSignalSpy acts(&strip, &StatusStrip::actRequested);
    QImage previous;
    for (const auto state : {StatusView::State::Synced, StatusView::State::Syncing, StatusView::State::Pending, StatusView::State::Offline,
                             StatusView::State::Attention}) {
        strip.setView({.state = state, .count = 3, .since = q("10:42"), .detail = q("Last exchange 10:42:07"), .done = 3, .total = 9,
                       .host = q("Host: Desk 1"), .people = q("4 PCs")});
        QTRY_COMPARE(strip.height(), size::kStatusBar);
        const QImage now = strip.grab().toImage();
        QVERIFY(now != previous);
        QVERIFY(now.save(::pictures() + QStringLiteral("/status-%1.png").arg(int(state))));
        previous = now;
    }
    const auto found = strip.findChildren<QAbstractButton *>();
    QAbstractButton *pill = nullptr;
    for (QAbstractButton *button : found) {
        if (button->text() == q("Needs attention 3"))
            pill = button;
    }
    QVERIFY(pill);
    QTest::mouseClick(pill, Qt::LeftButton);
    QCOMPARE(acts.count(), 1);
}

void GalleryTest::shortcutsAreUnique()
{
    QSet<QString> ids;
    QSet<QString> keys;
    for (const Shortcut &shortcut : kShortcuts) {
        QVERIFY2(!shortcutKeys(shortcut.id).isEmpty(), shortcut.id);
        ids.insert(QLatin1String(shortcut.id));
        keys.insert(shortcutKeys(shortcut.id).toString());
        const bool letter = shortcutKeys(shortcut.id)[0].keyboardModifiers() == Qt::NoModifier
            && shortcutKeys(shortcut.id)[0].key() < Qt::Key_Escape;
        QVERIFY2(!letter, shortcut.id);         // no bare letters while a field could have the focus
    }
    QCOMPARE(ids.size(), qsizetype(kShortcuts.size()));
    QCOMPARE(keys.size(), qsizetype(kShortcuts.size()));
}

void GalleryTest::ringOnlyByKeyboard()
{
    QWidget window;
    window.resize(400, 200);
    QVBoxLayout column(&window);
    auto *first = new Button(q("First"));
    auto *second = new Button(q("Second"));
    first->setFocusPolicy(Qt::StrongFocus);
    column.addWidget(first);
    column.addWidget(second);
    FocusRing ring(&window);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::mouseClick(second, Qt::LeftButton);
    second->setFocus(Qt::MouseFocusReason);
    QVERIFY(!ring.isVisible());
    QTest::keyClick(&window, Qt::Key_Tab);
    QTRY_VERIFY(ring.isVisible());
    QVERIFY(ring.geometry().contains(QApplication::focusWidget()->geometry()));
    QApplication::focusWidget()->hide();
    QTRY_VERIFY(!ring.geometry().contains(first->geometry()) || !ring.isVisible() || QApplication::focusWidget() == first);
}

QTEST_MAIN(GalleryTest)
#include "gallery_test.moc"
