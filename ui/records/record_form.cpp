#include "ui/records/record_form.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/records/history_panel.h"
#include "ui/records/record_form_archive.h"
#include "ui/records/record_form_differences.h"
#include "ui/records/record_form_facts.h"
#include "ui/records/record_form_fields.h"
#include "ui/records/record_form_model.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kPadding = 20, kBeside = 760, kSide = 340;      // from this width on the differences stand beside the fields

} // namespace

struct RecordForm::Parts {
    Parts(const Context &context, RecordForm *owner) : model(context), queries(context.replica.queries()), form(owner) {}

    void build();
    QWidget *buildHead();
    QWidget *buildBody();
    QWidget *buildFoot();
    void showFields();
    void showState();
    void showStrips();
    void showButtons();
    void place();                                            // differences beside or above the fields
    void showHistory(bool shown);
    void askReason(bool asked);
    void save();

    RecordFormModel model;
    node::Queries &queries;
    RecordForm *form;
    ElidedLabel *title = nullptr, *subtitle = nullptr;
    Chip *chip = nullptr;
    QStackedWidget *pages = nullptr;
    QScrollArea *scroll = nullptr;
    QBoxLayout *split = nullptr;
    QVBoxLayout *fieldsBox = nullptr;
    MessageStrip *failure = nullptr, *kept = nullptr, *why = nullptr, *gone = nullptr;
    RecordFacts *facts = nullptr;
    RecordDifferences *differences = nullptr;
    RecordFields *fields = nullptr;
    HistoryPanel *history = nullptr;
    RecordArchive *archive = nullptr;
    QWidget *foot = nullptr;
    Button *historyButton = nullptr, *archiveButton = nullptr, *undoButton = nullptr, *primary = nullptr, *restore = nullptr;
    QString state;                                           // of a record with states: its choices depend on it
    bool writable = false, hadDifferences = false, wantsFocus = false;
};

RecordForm::RecordForm(const Context &context, QWidget *parent) : QWidget(parent), m(std::make_unique<Parts>(context, this)) { m->build(); }

RecordForm::~RecordForm()
{
    m->model.keepDraft();
    m->model.disconnect();
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));      // a field that loses the focus still asks the model
}

void RecordForm::Parts::build()
{
    auto *panel = new Panel;
    panel->column()->addWidget(buildHead());
    panel->column()->addWidget(new Rule);
    pages = new QStackedWidget;
    pages->addWidget(buildBody());
    history = new HistoryPanel(queries);
    pages->addWidget(history);
    panel->column()->addWidget(pages, 1);
    panel->column()->addWidget(new Rule);
    archive = new RecordArchive;
    archive->hide();
    panel->column()->addWidget(archive);
    foot = buildFoot();
    panel->column()->addWidget(foot);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel);
    showState();

    connect(&model, &RecordFormModel::opened, form, [this] {
        showHistory(false);
        askReason(false);
        showFields();
    });
    connect(&model, &RecordFormModel::textsChanged, form, [this] {
        if (fields)
            fields->showTexts();
    });
    connect(&model, &RecordFormModel::marksChanged, form, [this] {
        if (fields)
            fields->showMarks();
    });
    connect(&model, &RecordFormModel::stateChanged, form, [this] { showState(); });
    connect(&model, &RecordFormModel::saved, form, [this](const schema::Table *table, const Uuid &id) {
        askReason(false);
        history->refresh();
        Q_EMIT form->saved(table, id);
    });
    connect(archive, &RecordArchive::given, form, [this](const QString &reason) { model.archive(reason); });
    connect(archive, &RecordArchive::left, form, [this] {
        askReason(false);
        archiveButton->setFocus(Qt::OtherFocusReason);
    });
}

QWidget *RecordForm::Parts::buildHead()
{
    auto *head = new QWidget;
    title = new ElidedLabel({}, Type::Section);
    subtitle = new ElidedLabel({}, Type::Secondary, Tone::Text2);
    chip = new Chip({});
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title);
    words->addWidget(subtitle);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(kPadding, 10, 10, 8);
    auto *close = new Button(QStringLiteral("×"), ButtonKind::Quiet);
    close->setToolTip(tr("Close. What is typed is kept."));
    close->setAccessibleName(tr("Close"));
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &Button::clicked, form, [this] {
        while (form->back()) { }                             // the reason, the history, then the form
        Q_EMIT form->left();
    });
    row->addLayout(words, 1);
    row->addWidget(chip);
    row->addWidget(close);
    return head;
}

QWidget *RecordForm::Parts::buildBody()
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout;
    column->setContentsMargins(kPadding, 12, kPadding, 12);
    column->setSpacing(8);
    failure = new MessageStrip(Hue::Danger);
    kept = new MessageStrip(Hue::Priority);
    kept->setMessage(tr("Not saved yet: what was typed before is here again."));
    auto *over = new Button(tr("Start over"), ButtonKind::Secondary);
    kept->addAct(over);
    why = new MessageStrip(Hue::Mute);
    gone = new MessageStrip(Hue::Mute);
    facts = new RecordFacts;
    for (QWidget *strip : std::initializer_list<QWidget *>{failure, kept, gone, why, facts}) {
        column->addWidget(strip);
        strip->hide();
    }
    fieldsBox = new QVBoxLayout;
    column->addLayout(fieldsBox);
    column->addStretch();
    differences = new RecordDifferences(model);
    differences->hide();
    split = new QBoxLayout(QBoxLayout::TopToBottom, body);
    split->setContentsMargins(0, 0, 0, 0);
    split->setSpacing(0);
    split->addWidget(differences);
    split->addLayout(column, 1);
    scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);        // the panel's surface is the ground
    body->setAutoFillBackground(false);
    connect(over, &Button::clicked, form, [this] {
        model.startOver();
        if (QWidget *first = form->firstFocus())
            first->setFocus(Qt::OtherFocusReason);
    });
    return scroll;
}

QWidget *RecordForm::Parts::buildFoot()
{
    auto *box = new QWidget;
    historyButton = new Button(tr("History"), ButtonKind::Quiet);
    archiveButton = new Button(tr("Archive"), ButtonKind::Quiet);
    undoButton = new Button(tr("Undo edits"), ButtonKind::Secondary);
    primary = new Button(tr("Save"), ButtonKind::Primary);
    bindShortcut("save", primary, form);
    restore = new Button(tr("Restore"), ButtonKind::Primary);
    bindShortcut("record.restore", restore, form);           // a key of its own: who saves twice restores nothing
    QAction *again = addShortcut("save.again", form);        // the key of other programs
    again->setProperty(kShortcutOver, QVariant::fromValue<QObject *>(primary));
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(kPadding - 8, 10, kPadding, 10);
    row->setSpacing(6);
    row->addWidget(historyButton);
    row->addWidget(archiveButton);
    row->addStretch();
    row->addWidget(undoButton);
    row->addWidget(primary);
    row->addWidget(restore);
    connect(again, &QAction::triggered, primary, [this] {
        if (primary->isVisible() && !primary->isBusy())
            primary->click();
    });
    connect(primary, &Button::clicked, form, [this] { save(); });
    connect(restore, &Button::clicked, form, [this] { model.restore(); });
    connect(historyButton, &Button::clicked, form, [this] { showHistory(pages->currentWidget() != history); });
    connect(archiveButton, &Button::clicked, form, &RecordForm::archive);
    connect(undoButton, &Button::clicked, form, [this] { model.startOver(); });
    return box;
}

void RecordForm::Parts::showFields()
{
    if (fields) {
        fields->hide();
        fields->setParent(nullptr);
        fields->deleteLater();
        fields = nullptr;
    }
    if (!model.table() || model.state() == RecordFormModel::State::Loading || model.state() == RecordFormModel::State::Nothing)
        return;
    fields = new RecordFields(model, queries);
    fieldsBox->addWidget(fields);
    connect(fields, &RecordFields::openRequested, form, &RecordForm::openRequested);
    const int column = stateColumn(*model.table());
    state = column >= 0 && model.shown() ? schema::toQString((*model.shown())[column]) : QString();
    writable = model.whyReadOnly().isEmpty();
}

void RecordForm::Parts::showState()
{
    const bool ready = model.state() == RecordFormModel::State::Ready || model.state() == RecordFormModel::State::Saving;
    const int column = model.table() ? stateColumn(*model.table()) : -1;
    const QString now = column >= 0 && model.shown() ? schema::toQString((*model.shown())[column]) : QString();
    if (ready && (!fields || now != state || writable != model.whyReadOnly().isEmpty())) {
        const bool first = fields == nullptr;
        showFields();
        if (std::exchange(wantsFocus, false) && first)
            if (QWidget *wanted = form->firstFocus(); wanted && form->isVisible())
                wanted->setFocus(Qt::OtherFocusReason);
    }
    title->setText(model.title());
    subtitle->setText(model.subtitle());
    subtitle->setVisible(!model.subtitle().isEmpty());
    chip->setVisible(model.archived() || (ready && model.dirty()));
    chip->setSpec(model.archived() ? ChipSpec{.text = tr("Archived"), .hue = Hue::Mute, .icon = {}} : ChipSpec{.text = tr("Not saved"), .hue = Hue::Priority, .icon = {}});
    showStrips();
    showButtons();
    if (model.table())
        history->setRecord(model.table(), model.id(), model.style(), model.textContext().today);
    const bool differs = !model.differences().empty();
    differences->setVisible(differs);
    if (differs)
        differences->show(model.differences());
    place();
    if (differs && !hadDifferences && !form->isAncestorOf(QApplication::focusWidget()))
        differences->focusFirst();                           // never out of a field that is being typed in
    hadDifferences = differs;
}

void RecordForm::Parts::showStrips()
{
    failure->setMessage(model.failure());
    failure->setVisible(!model.failure().isEmpty());
    kept->setVisible(model.restored() && model.dirty());
    const bool archived = model.archived();
    gone->setVisible(archived);
    if (archived)
        gone->setMessage(model.archivedWords(), model.dirty() ? tr("What you typed stays here. Restore it to save.") : QString());
    const QString reason = model.state() == RecordFormModel::State::Loading || archived ? QString() : model.whyReadOnly();
    why->setMessage(reason);
    why->setVisible(!reason.isEmpty());
    facts->setVisible(model.bill().has_value());
    if (model.bill())
        facts->show(*model.bill(), model.style());
}

void RecordForm::Parts::showButtons()
{
    const bool saving = model.state() == RecordFormModel::State::Saving, archived = model.archived();
    const bool writes = model.whyReadOnly().isEmpty() && (saving || model.state() == RecordFormModel::State::Ready);
    historyButton->setVisible(model.table() && !model.isNew());
    archiveButton->setVisible(model.mayArchive() && !model.dirty());
    undoButton->setVisible(model.dirty() && !archived && !saving);
    primary->setVisible(writes && !archived);
    restore->setVisible(archived && (saving || model.mayRestore()));
    archive->setBusy(saving);
    if (saving) {
        primary->setBusy(tr("Saving"));
        restore->setBusy(tr("Restoring"));
        return;
    }
    primary->setReady();
    restore->setReady();
}

void RecordForm::Parts::place()
{
    const bool beside = form->width() >= kBeside && differences->isVisibleTo(form);
    split->setDirection(beside ? QBoxLayout::RightToLeft : QBoxLayout::TopToBottom);
    split->setContentsMargins(0, 0, beside ? 12 : 0, 0);
    differences->setMaximumWidth(beside ? kSide : QWIDGETSIZE_MAX);
    differences->setMinimumWidth(beside ? kSide : 0);
}

void RecordForm::Parts::showHistory(bool shown)
{
    pages->setCurrentIndex(shown ? 1 : 0);
    historyButton->setText(shown ? tr("Back to fields") : tr("History"));
    if (shown)
        history->firstFocus()->setFocus(Qt::OtherFocusReason);
    else if (form->isVisible() && history->isAncestorOf(QApplication::focusWidget()))
        historyButton->setFocus(Qt::OtherFocusReason);
}

void RecordForm::Parts::askReason(bool asked)
{
    archive->setVisible(asked);
    foot->setVisible(!asked);                                // danger never stands next to the primary
    if (asked)
        archive->ask();
}

void RecordForm::Parts::save()
{
    if (model.archived())
        return;
    showHistory(false);
    model.save();
    if (model.state() == RecordFormModel::State::Saving || !fields)
        return;
    if (const auto wrong = model.firstWrong())
        fields->reveal(*wrong);
    else if (!model.differences().empty())
        differences->focusFirst();
}

void RecordForm::startNew(const schema::Table &table, const std::vector<schema::ColumnValue> &preset) { m->model.startNew(table, preset); }

void RecordForm::open(const schema::Table &table, const Uuid &id) { m->model.open(table, id); }

void RecordForm::archive()
{
    if (m->model.mayArchive() && !m->model.dirty())
        m->askReason(true);
}

bool RecordForm::back()
{
    if (!m->archive->isHidden()) {
        m->askReason(false);
        m->archiveButton->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m->pages->currentWidget() == m->history) {
        m->showHistory(false);
        return true;
    }
    m->model.keepDraft();
    return false;
}

QWidget *RecordForm::firstFocus()
{
    m->wantsFocus = m->fields == nullptr;                    // still reading: the focus comes when there are fields
    QWidget *first = m->fields ? m->fields->firstEmpty() : nullptr;
    return first ? first : m->historyButton;
}

RecordFormModel &RecordForm::model() { return m->model; }

void RecordForm::keepDraft() { m->model.keepDraft(); }

void RecordForm::hideEvent(QHideEvent *) { keepDraft(); }

void RecordForm::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m->place();
}

} // namespace anteroom::ui
