#include "ui/first_start/first_start_page.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/focus_ring.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/first_start/clinic_picture.h"
#include "ui/shell/shortcuts.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kSide = 424, kMargin = 64, kFormWidth = 460;
using Which = FirstStartModel::Field;
using Choice = FirstStartModel::Choice;

} // namespace

FirstStartPage::FirstStartPage(node::Replica &replica, QWidget *parent) : QWidget(parent), m_model(replica), m_stack(new QStackedWidget)
{
    setWindowTitle(tr("Anteroom"));
    m_stack->addWidget(buildChoices());
    m_stack->addWidget(buildForm());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(buildSide());
    row->addWidget(m_stack, 1);
    setAutoFillBackground(true);
    connect(&m_model, &FirstStartModel::stateChanged, this, &FirstStartPage::show);
    connect(&m_model, &FirstStartModel::done, this, &FirstStartPage::done);
    connect(&m_model, &FirstStartModel::demoWanted, this, &FirstStartPage::demoWanted);
    connect(addShortcut("back", this), &QAction::triggered, this, [this] {
        m_model.choose(Choice::None);
        m_join->setFocus(Qt::ShortcutFocusReason);
    });
    new FocusRing(this);
    show();
    m_join->setFocus(Qt::OtherFocusReason);
}

QWidget *FirstStartPage::buildSide()
{
    auto *side = new ClinicPicture;
    side->setFixedWidth(kSide);
    return side;
}

QWidget *FirstStartPage::buildChoices()
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(kMargin - 4, 100, kMargin - 4, 40);
    layout->setSpacing(6);
    auto *title = new Label(tr("How will this PC be used?"), Type::Banner);
    title->setContentsMargins(4, 0, 4, 0);
    auto *words = new Label(tr("You can change your mind later. This takes about two minutes."), Type::Name, Tone::Text2);
    words->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(title);
    layout->addSpacing(6);
    layout->addWidget(words);
    layout->addSpacing(12);
    m_join = new ChoiceCard(QStringLiteral("clinic-join"), tr("Join a clinic"), tr("Another PC runs Anteroom already. You need an access code from its screen."),
                            tr("Its address and code stand there under Settings, Network and sync"));
    auto *start = new ChoiceCard(QStringLiteral("clinic-start"), tr("Start a clinic"), tr("This PC becomes the first. You choose a name and who works at it."),
                                 tr("Others can join later with an access code"));
    auto *demo = new ChoiceCard(QStringLiteral("clinic-demo"), tr("Try the demo"), tr("A busy clinic with invented people. It lives in a folder of its own."),
                                tr("Every window says that it is a demo"));
    layout->addWidget(m_join);
    layout->addWidget(start);
    layout->addWidget(demo);
    auto *hint = new Label(tr("Arrows move, Enter chooses"), Type::Secondary, Tone::Text3);
    layout->addSpacing(12);
    layout->addWidget(hint, 0, Qt::AlignTrailing);
    layout->addStretch();
    connect(m_join, &ChoiceCard::clicked, this, [this] { m_model.choose(Choice::Join); });
    connect(start, &ChoiceCard::clicked, this, [this] { m_model.choose(Choice::Start); });
    connect(demo, &ChoiceCard::clicked, this, [this] { m_model.choose(Choice::Demo); });
    return box;
}

void FirstStartPage::addLine(Which which, const QString &label, const QString &hint, bool value, QString &text, bool optional)
{
    auto *edit = new LineEdit(value ? LineEdit::Content::Value : LineEdit::Content::Words);
    edit->setText(text);
    auto *field = new Field(label, edit, optional ? Field::Need::Optional : Field::Need::Required);
    field->setHint(hint);
    field->setMaximumWidth(kFormWidth);
    m_fields[which] = field;
    connect(edit, &QLineEdit::textEdited, this, [field, &text](const QString &typed) {
        text = typed;
        field->clearMark();
    });
    connect(edit, &QLineEdit::returnPressed, &m_model, &FirstStartModel::go);
}

QWidget *FirstStartPage::buildForm()
{
    m_model.device = QSysInfo::machineHostName();
    addLine(Which::Address, tr("Address of the other PC"), tr("Like 192.168.1.20:7310"), true, m_model.address);
    addLine(Which::Code, tr("Access code"), tr("Ten letters and digits; blanks do not matter"), true, m_model.code);
    addLine(Which::Clinic, tr("Name of the clinic"), tr("As it is on the door"), false, m_model.clinic);
    addLine(Which::Person, tr("Your name"), tr("It stands behind everything you enter"), false, m_model.person);
    addLine(Which::Device, tr("Name of this PC"), tr("Where it stands, like Desk 2 or Pharmacy"), false, m_model.device);
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(kMargin, 100, kMargin, 40);
    layout->setSpacing(8);
    m_title = new Label({}, Type::Banner);
    m_words = new Label({}, Type::Name, Tone::Text2);
    m_words->setWordWrap(true);
    m_strip = new MessageStrip(Hue::Danger);
    m_strip->setMaximumWidth(kFormWidth);
    layout->addWidget(m_title);
    layout->addWidget(m_words);
    layout->addSpacing(8);
    layout->addWidget(m_strip);
    for (const Which which : {Which::Address, Which::Code, Which::Clinic, Which::Person, Which::Device})
        layout->addWidget(m_fields[which]);
    m_back = new Button(tr("Back"), ButtonKind::Quiet);
    m_back->setKeycap(shortcutKeys("back"));
    m_go = new Button({}, ButtonKind::Primary);
    bindShortcut("save", m_go, this);
    auto *acts = new QHBoxLayout;
    acts->addWidget(m_go);
    acts->addWidget(m_back);
    acts->addStretch();
    layout->addSpacing(8);
    layout->addLayout(acts);
    layout->addStretch();
    connect(m_go, &Button::clicked, &m_model, &FirstStartModel::go);
    connect(m_back, &Button::clicked, this, [this] {
        m_model.choose(Choice::None);
        m_join->setFocus(Qt::OtherFocusReason);
    });
    return box;
}

LineEdit *FirstStartPage::line(Which field) const { return qobject_cast<LineEdit *>(m_fields.at(field)->control()); }

void FirstStartPage::focusFirst()
{
    for (const auto &[which, field] : m_fields)
        if (!field->isHidden() && line(which)->text().isEmpty())
            return line(which)->setFocus(Qt::OtherFocusReason);
}

void FirstStartPage::show()
{
    const bool join = m_model.choice() == Choice::Join;
    const bool chosen = m_model.choice() != Choice::None;
    const bool opens = chosen && m_stack->currentIndex() == 0;
    m_stack->setCurrentIndex(chosen ? 1 : 0);
    m_title->setText(join ? tr("Join a clinic") : tr("Start a clinic"));
    m_words->setText(join ? tr("The other PC shows its address and a code under Settings, Network and sync.") : tr("This PC keeps the first copy. Others join it later."));
    for (const Which which : {Which::Address, Which::Code})
        m_fields[which]->setVisible(join);
    m_fields[Which::Clinic]->setVisible(!join);
    for (const auto &[which, field] : m_fields)
        field->setError(which == m_model.wrongField() ? m_model.words() : QString());
    const bool strip = m_model.wrongField() == Which::None && !m_model.words().isEmpty();
    m_strip->setMessage(m_model.words());
    m_strip->setVisible(strip);
    if (m_model.busy()) {
        m_go->setBusy(join ? tr("Joining") : tr("Starting"));
    } else {
        m_go->setReady();
        m_go->setText(join ? tr("Join the clinic") : tr("Start the clinic"));
    }
    m_back->setWhyDisabled(m_model.busy() ? tr("Wait for the answer") : QString());
    if (opens)
        focusFirst();
    else if (m_model.wrongField() != Which::None)
        line(m_model.wrongField())->setFocus(Qt::OtherFocusReason);
}

} // namespace anteroom::ui
