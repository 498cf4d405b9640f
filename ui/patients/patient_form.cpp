#include "ui/patients/patient_form.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/segments.h"
#include "ui/patients/difference_panel.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/similar_panel.h"
#include "ui/queue/new_ticket_pane.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QScrollArea>

namespace anteroom::ui {
namespace {

constexpr int kWriteAfterMs = 800;                   // half-typed words are on the disk a second after the key at the latest
constexpr int kPadding = 24, kColumnGap = 16, kSideWidth = 400, kSideNarrow = 280, kNarrow = 1000;

constexpr auto index(PatientField field) { return static_cast<std::size_t>(field); }

} // namespace

PatientForm::PatientForm(const Context &context, QueueModel &queue, QWidget *parent)
    : QWidget(parent), m_model(context), m_queue(queue), m_failure(new MessageStrip(Hue::Danger)), m_store(context.replica.drafts()),
      m_differences(new DifferencePanel(m_model)), m_similar(new SimilarPanel(context, m_model))
{
    auto *panel = new Panel;
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(kPadding, 20, kPadding, 12);
    column->setSpacing(6);
    column->addWidget(m_failure);
    m_kept = new MessageStrip(Hue::Priority);
    m_keptAct = new Button(tr("Start over"), ButtonKind::Secondary);
    m_kept->addAct(m_keptAct);
    m_kept->hide();
    connect(m_keptAct, &Button::clicked, this, [this] {
        if (m_restored)
            startOver();
        else
            startNew({});
        firstFocus()->setFocus(Qt::OtherFocusReason);
    });
    column->addWidget(m_kept);
    column->addWidget(buildFields());
    m_queueBox = buildQueue();
    column->addWidget(m_queueBox);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);        // setWidget fills both: the panel's surface is the ground
    body->setAutoFillBackground(false);
    panel->column()->addWidget(scroll, 1);
    panel->column()->addWidget(new Rule);
    panel->column()->addWidget(buildFooter());
    m_similar->setFixedWidth(kSideWidth);
    m_differences->setFixedWidth(kSideWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(size::kPanelGap);
    row->addWidget(panel, 1);
    row->addWidget(m_similar);
    row->addWidget(m_differences);
    m_differences->hide();
    m_failure->hide();

    connect(&m_model, &PatientFormModel::textsChanged, this, &PatientForm::showTexts);
    connect(&m_model, &PatientFormModel::marksChanged, this, &PatientForm::showMarks);
    connect(&m_model, &PatientFormModel::stateChanged, this, &PatientForm::showState);
    connect(&m_model, &PatientFormModel::saved, this, [this](const Uuid &patient, const QString &label, bool provisional) {
        forgetDraft(patient);
        Q_EMIT saved(patient, label, provisional);
    });
    m_write.setSingleShot(true);
    m_write.setInterval(kWriteAfterMs);
    connect(&m_write, &QTimer::timeout, this, &PatientForm::writeDraft);
    connect(&m_model, &PatientFormModel::touched, this, [this] {
        if (!m_write.isActive())
            m_write.start();                             // not put off by typing on: a second is the most that can be lost
    });
    readDrafts();
    connect(m_similar, &SimilarPanel::useWanted, this, &PatientForm::use);
    connect(&m_queue, &QueueModel::changed, this, [this] {
        if (m_queueBox->isVisible() && !m_point->hasFocus())
            fillServicePoints(m_point, m_queue);
    });
}

LineEdit *PatientForm::addLine(PatientField field, const QString &label, bool optional)
{
    const bool value = field == PatientField::Phone || field == PatientField::SecondPhone || field == PatientField::Email;
    auto *line = new LineEdit(value ? LineEdit::Content::Value : LineEdit::Content::Words);
    m_lines[index(field)] = line;
    m_fields[index(field)] = new Field(label, line, optional ? Field::Need::Optional : Field::Need::Required);
    connect(line, &QLineEdit::textEdited, this, [this, field](const QString &text) { m_model.setText(field, text); });
    connect(line, &QLineEdit::editingFinished, this, [this, field] { m_model.left(field); });
    return line;
}

void PatientForm::addSex()
{
    m_sex = new Segments;
    m_sex->add(tr("Female"), QStringLiteral("female"), tr("F"));
    m_sex->add(tr("Male"), QStringLiteral("male"), tr("M"));
    m_sex->add(tr("Other"), QStringLiteral("other"), tr("O"));
    m_sex->add(tr("Unknown"), QStringLiteral("unknown"), tr("U"));
    m_sex->setCurrent(-1);
    auto *field = new Field(tr("Sex"), m_sex);
    field->setHint(tr("Keys F, M, O, U"));
    m_fields[index(PatientField::Sex)] = field;
    connect(m_sex, &Segments::chosen, this, [this] { m_model.setText(PatientField::Sex, m_sex->value().toString()); });
}

QWidget *PatientForm::buildFields()
{
    addLine(PatientField::Given, tr("Given name"), false);
    addLine(PatientField::Family, tr("Family name"), true);
    addSex();
    addLine(PatientField::Birth, tr("Age or date of birth"), true);
    addLine(PatientField::Phone, tr("Phone"), true);
    addLine(PatientField::Address, tr("Village or street"), true);
    addLine(PatientField::District, tr("District"), true);
    addLine(PatientField::City, tr("Town"), true);
    addLine(PatientField::SecondPhone, tr("Second phone"), true);
    addLine(PatientField::NationalId, tr("ID card"), true);
    addLine(PatientField::Occupation, tr("Occupation"), true);
    addLine(PatientField::Email, tr("E-mail"), true);
    addLine(PatientField::Note, tr("Note for the desk"), true);

    const auto grid = [this](std::initializer_list<PatientField> fields) {
        auto *box = new QWidget;
        auto *layout = new QGridLayout(box);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setHorizontalSpacing(kColumnGap);
        layout->setVerticalSpacing(8);
        layout->setColumnStretch(0, 1);
        layout->setColumnStretch(1, 1);
        int n = 0;
        for (const PatientField field : fields) {
            layout->addWidget(m_fields[index(field)], n / 2, n % 2, Qt::AlignTop);
            ++n;
        }
        return box;
    };
    using F = PatientField;
    auto *all = new QWidget;
    auto *column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(grid({F::Given, F::Family, F::Sex, F::Birth, F::Phone, F::Address}));
    m_moreButton = new Button(tr("More: town, second phone, ID card, note"), QStringLiteral("chevron-down"), ButtonKind::Link);
    bindShortcut("more", m_moreButton, this);
    column->addWidget(m_moreButton, 0, Qt::AlignLeading);
    m_more = grid({F::District, F::City, F::SecondPhone, F::NationalId, F::Occupation, F::Email, F::Note});
    column->addWidget(m_more);
    m_more->hide();
    connect(m_moreButton, &Button::clicked, this, [this] {
        m_more->setVisible(m_more->isHidden());
        m_moreButton->setIconName(m_more->isHidden() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up"));
        if (!m_more->isHidden())
            m_lines[index(PatientField::District)]->setFocus(Qt::ShortcutFocusReason);
    });
    return all;
}

QWidget *PatientForm::buildQueue()
{
    auto *box = new QWidget;
    m_point = new QComboBox;
    m_priority = new Segments;
    addPriorities(m_priority);
    m_reason = new LineEdit;
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kColumnGap);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Field(tr("Queue at"), m_point), 0, 0, Qt::AlignTop);
    grid->addWidget(new Field(tr("Priority"), m_priority), 0, 1, Qt::AlignTop);
    grid->addWidget(new Field(tr("Reason"), m_reason, Field::Need::Optional), 1, 0, 1, 2);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(16);
    column->addWidget(new Rule);
    column->addLayout(grid);
    return box;
}

QWidget *PatientForm::buildFooter()
{
    auto *foot = new QWidget;
    m_cancel = new Button(tr("Cancel"), ButtonKind::Quiet);
    m_cancel->setKeycap(shortcutKeys("back"));
    m_only = new Button(tr("Register only"), ButtonKind::Secondary);
    m_primary = new Button(tr("Register and queue"), ButtonKind::Primary);
    bindShortcut("save.other", m_only, this);
    bindShortcut("save", m_primary, this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(kPadding, 10, kPadding, 10);
    row->setSpacing(8);
    row->addWidget(m_cancel);
    row->addStretch();
    row->addWidget(m_only);
    row->addWidget(m_primary);
    connect(m_cancel, &Button::clicked, this, &PatientForm::left);
    connect(m_only, &Button::clicked, this, [this] { save(false); });
    connect(m_primary, &Button::clicked, this, [this] { save(m_model.isNew()); });
    return foot;
}

QWidget *PatientForm::firstFocus() const
{
    for (const PatientField field : {PatientField::Given, PatientField::Family})
        if (m_model.text(field).isEmpty())
            return m_lines[index(field)];
    return m_model.isNew() ? static_cast<QWidget *>(m_sex) : m_lines[index(PatientField::Given)];
}

void PatientForm::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const int side = width() < kNarrow ? kSideNarrow : kSideWidth;
    m_similar->setFixedWidth(side);
    m_differences->setFixedWidth(side);
}

QWidget *PatientForm::control(PatientField field) const { return m_fields[index(field)]->control(); }

void PatientForm::showTexts()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        LineEdit *line = m_lines[i];
        const QString text = m_model.text(static_cast<PatientField>(i));
        if (line && line->text() != text)
            line->setText(text);                         // equal texts keep caret and selection
    }
    m_sex->setValue(m_model.text(PatientField::Sex));
    m_fields[index(PatientField::Birth)]->setHint(m_model.birthHint());
}

void PatientForm::showMarks()
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const auto field = static_cast<PatientField>(i);
        if (const QString error = m_model.error(field); !error.isEmpty())
            m_fields[i]->setError(error);
        else if (m_model.differs(field))
            m_fields[i]->setUnusual(tr("Changed at another desk meanwhile: choose beside."));
        else
            m_fields[i]->setUnusual(m_model.doubt(field));
    }
    m_fields[index(PatientField::Birth)]->setHint(m_model.birthHint());
}

void PatientForm::showState()
{
    const bool isNew = m_model.isNew();
    const bool differs = m_model.state() == PatientFormModel::State::Differs;
    m_failure->setMessage(m_model.failure());
    m_failure->setVisible(!m_model.failure().isEmpty());
    const bool queues = isNew && m_point->count() > 0;       // a clinic without service points has no queue
    m_queueBox->setVisible(queues);
    m_only->setVisible(queues);
    if (m_model.state() == PatientFormModel::State::Saving) {
        m_primary->setBusy(tr("Saving"));
    } else {
        m_primary->setReady();
        m_primary->setText(queues ? tr("Register and queue") : isNew ? tr("Register") : differs ? tr("Save the choice") : tr("Save"));
    }
    showMarks();
    const bool wasHidden = m_differences->isHidden();
    m_differences->setVisible(differs);
    if (differs)
        m_differences->showConflicts(m_model.conflicts());
    if (differs && wasHidden)
        m_differences->setFocus(Qt::OtherFocusReason);
}

void PatientForm::save(bool withTicket)
{
    std::optional<NewTicket> wanted;
    if (withTicket && m_point->count() > 0) {
        wanted = NewTicket{.servicePoint = chosenId(m_point), .priority = chosenPriority(m_priority), .reason = m_reason->text().simplified()};
        if (m_queue.loaded())
            wanted->day = m_queue.board().day;
    }
    m_model.save(wanted);
    if (m_model.state() != PatientFormModel::State::Editing)
        return;
    if (const auto wrong = m_model.firstWrong())
        control(*wrong)->setFocus(Qt::OtherFocusReason);
}

} // namespace anteroom::ui
