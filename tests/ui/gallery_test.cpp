// Every component in every state, and the shell with plain pages, in both schemes at 1366×768. The pictures go to
// $ANTEROOM_PICTURES (or beside the test).
#include "plain_pages.h"
#include "ui/common/chip.h"
#include "ui/common/focus_ring.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/progress_row.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/common/segments.h"
#include "ui/common/switch.h"
#include "ui/common/ticket_card.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/shell.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QListView>
#include <QPainter>
#include <QRadioButton>
#include <QStandardItemModel>
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
    shell.setPages(plainPages(), [](const QString &) { return true; });
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

QTEST_MAIN(GalleryTest)
#include "gallery_test.moc"
