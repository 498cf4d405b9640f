#include "ui/patients/patients_page.h"

#include "core/when_ready.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/paint.h"
#include "ui/common/panel.h"
#include "ui/common/search_box.h"
#include "ui/desk/undo.h"
#include "ui/patients/details_pane.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QLocale>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kListWidth = 372;

} // namespace

PatientsPage::PatientsPage(const Context &context, QueueModel &queue, QWidget *parent)
    : Page(parent), m_model(context), m_details(context, queue), m_replica(context.replica), m_undo(context.undo), m_stack(new QStackedWidget(this)),
      m_pane(new DetailsPane(this)), m_form(new PatientForm(context, queue))
{
    auto *browse = new QWidget;
    auto *row = new QHBoxLayout(browse);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(size::kPanelGap);
    row->addWidget(buildList());
    row->addWidget(m_pane, 1);
    m_stack->addWidget(browse);
    m_stack->addWidget(m_form);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    layout->addWidget(m_stack);
    connectParts();
    showList();
    m_pane->setDetails(m_details.details(), {});
}

QWidget *PatientsPage::buildList()
{
    auto *panel = new Panel;
    panel->setFixedWidth(kListWidth);
    m_search = new SearchBox(tr("Name, phone or number"));
    m_search->setKeycap(shortcutKeys("search"));
    m_found = new Label({}, Type::Secondary, Tone::Text2);
    auto *hint = new Label(tr("Enter opens, arrows move"), Type::Secondary, Tone::Text2);
    auto *counts = new QHBoxLayout;
    counts->addWidget(m_found);
    counts->addStretch();
    counts->addWidget(hint);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->setSpacing(8);
    top->addWidget(m_search);
    top->addLayout(counts);
    m_failure = new MessageStrip(Hue::Danger);
    m_failure->hide();
    m_list = new QListView;
    setUpList(m_list);
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setModel(&m_model.list());
    m_list->setAccessibleName(tr("Patients"));
    m_empty = new EmptyState(QStringLiteral("search"), QString());
    m_listStack = new QStackedWidget;
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_empty);
    m_register = new Button(tr("Register patient"), QStringLiteral("person-add"));
    bindShortcut("patient.register", m_register, this);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(12, 10, 12, 10);
    bottom->addWidget(new Label(tr("Not here?"), Type::Secondary, Tone::Text2));
    bottom->addStretch();
    bottom->addWidget(m_register);
    panel->column()->addLayout(top);
    panel->column()->addWidget(m_failure);
    panel->column()->addWidget(new Rule);
    panel->column()->addWidget(m_listStack, 1);
    panel->column()->addWidget(new Rule);
    panel->column()->addLayout(bottom);
    return panel;
}

void PatientsPage::connectParts()
{
    connect(&m_model, &PatientsModel::changed, this, &PatientsPage::showList);
    connect(m_search, &QLineEdit::textEdited, this, &PatientsPage::searchFor);
    connect(m_search, &SearchBox::cleared, this, [this] { searchFor({}); });
    connect(m_search, &SearchBox::moved, this, &PatientsPage::move);
    connect(m_search, &SearchBox::chosen, this, [this] {
        if (!m_list->currentIndex().isValid())
            move(0);
        m_list->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (now.isValid())
            m_details.open(m_model.list().at(now.row()).id);
    });
    connect(&m_details, &PatientDetailsModel::changed, this, [this] {
        m_pane->setDetails(m_details.details(), m_details.failure());
        if (m_details.details() && m_stack->currentIndex() == 1 && !m_form->model().isNew() && m_form->model().patientId() == m_details.id())
            m_form->model().refresh(m_details.details()->row);
    });
    connect(m_pane->edit, &Button::clicked, this, &PatientsPage::editCurrent);
    connect(m_pane->archive, &Button::clicked, this, [this] {
        if (m_details.shown() && m_details.details()->row.deleted())
            restoreCurrent();
        else
            askToArchive();
    });
    connect(m_list, &QListView::doubleClicked, this, &PatientsPage::editCurrent);
    connect(m_pane->queue, &Button::clicked, this, [this] {
        if (m_details.shown())
            Q_EMIT queueWanted(m_details.id());
    });
    connect(m_register, &Button::clicked, this, [this] { registerNew(m_search->text()); });
    connect(m_form, &PatientForm::saved, this, [this](const Uuid &patient) { onSaved(patient); });
    connect(m_form, &PatientForm::left, this, &PatientsPage::leaveForm);
    connect(m_form, &PatientForm::useWanted, this, &PatientsPage::showPatient);
    QAction *leave = addShortcut("back", this);              // only where it leads back: in the list Esc clears the search
    leave->setEnabled(false);
    connect(leave, &QAction::triggered, this, [this] { back(); });
    connect(m_stack, &QStackedWidget::currentChanged, leave, [leave](int shown) { leave->setEnabled(shown == 1); });
}

QString PatientsPage::title() const
{
    if (m_stack->currentIndex() == 0)
        return tr("Patients");
    return m_form->model().isNew() ? tr("Register patient") : tr("Edit patient");
}

QString PatientsPage::subtitle() const
{
    if (m_stack->currentIndex() == 1)
        return m_form->model().isNew() ? QString() : m_editing;
    return m_model.total() < 0 ? QString() : tr("%1 people").arg(QLocale().toString(m_model.total()));
}

QWidget *PatientsPage::firstFocus() { return m_stack->currentIndex() == 1 ? m_form->firstFocus() : m_search; }

void PatientsPage::focusSearch()
{
    leaveForm();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PatientsPage::keepDrafts() { m_form->keepDraft(); }

bool PatientsPage::back()
{
    if (m_stack->currentIndex() == 0)
        return false;
    leaveForm();
    return true;
}

void PatientsPage::move(int rows)
{
    const int count = m_model.list().rowCount();
    if (count == 0)
        return;
    const int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + rows : 0;
    m_list->setCurrentIndex(m_model.list().index(std::clamp(row, 0, count - 1)));
}

void PatientsPage::searchFor(const QString &words)
{
    if (m_search->text() != words)
        m_search->setText(words);
    leaveForm();                                             // a search from the toolbar; a draft is kept
    m_list->setCurrentIndex({});
    m_model.setSearch(words);
}

void PatientsPage::showPatient(const Uuid &id)
{
    leaveForm();                                             // a draft is kept
    m_details.open(id);
    const int row = m_model.list().rowOf(id);
    if (row >= 0)
        m_list->setCurrentIndex(m_model.list().index(row));
    else
        m_list->setCurrentIndex({});                     // the pane shows who is not among the rows
}

void PatientsPage::registerNew(const QString &typed)
{
    // What is half typed is kept: Esc leads away from it, the next registering without other words back to it.
    if (m_stack->currentIndex() == 1 && m_form->model().hasDraft())
        return;
    m_form->startNew(typed);
    m_stack->setCurrentIndex(1);
    Q_EMIT headChanged();
    m_form->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void PatientsPage::editCurrent()
{
    if (!m_details.shown() || m_stack->currentIndex() == 1)
        return;                                              // never the person whose record is still on its way
    m_form->startEdit(m_details.details()->row);
    m_editing = isolated(m_details.details()->name) + QStringLiteral(" · ") + m_details.details()->facts;      // of the form, whoever the list shows meanwhile
    m_stack->setCurrentIndex(1);
    Q_EMIT headChanged();
    m_form->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void PatientsPage::leaveForm()
{
    if (m_stack->currentIndex() == 0)
        return;
    m_stack->setCurrentIndex(0);
    Q_EMIT headChanged();
    (m_list->currentIndex().isValid() ? static_cast<QWidget *>(m_list) : m_search)->setFocus(Qt::OtherFocusReason);
}

void PatientsPage::onSaved(const Uuid &patient)
{
    const bool wasNew = m_form->model().isNew();
    leaveForm();
    m_details.open(patient);
    if (wasNew)
        searchFor({});
}

// A person who was registered twice, or never came: off the lists, with the reason; whoever finds the record can take it back.
void PatientsPage::askToArchive()
{
    if (!m_details.shown() || m_stack->currentIndex() == 1 || m_ask)
        return;
    const schema::Row row = m_details.details()->row;
    const QString name = isolated(m_details.details()->name);
    m_ask = new AskDialog(tr("Archive %1?").arg(name), m_details.details()->facts,
                          tr("The record leaves the lists of every desk. Its history stays, and it can be restored."), window());
    auto *reason = new LineEdit;
    auto *field = new Field(tr("Reason"), reason);
    m_ask->addContent(field);
    auto *archive = new Button(tr("Archive %1").arg(name), ButtonKind::Danger);
    auto *keep = new Button(tr("Keep the record"), ButtonKind::Secondary);
    m_ask->addAct(archive, false);
    m_ask->addAct(keep, false);
    archive->setWhyDisabled(tr("Write the reason first"));
    connect(reason, &QLineEdit::textChanged, archive, [archive](const QString &text) { archive->setWhyDisabled(text.simplified().isEmpty() ? tr("Write the reason first") : QString()); });
    connect(archive, &Button::clicked, this, [this, row, reason, name] {
        save({.name = "patients.archive", .changes = {schema::makeDelete(kPatients, row, reason->text().simplified().toStdString())}}, tr("archiving of %1").arg(name), tr("%1 is archived.").arg(name));
    });
    reason->setFocus(Qt::OtherFocusReason);
    m_ask->open();
}

void PatientsPage::restoreCurrent()
{
    if (!m_details.shown() || !m_details.details()->row.deleted())
        return;
    const QString name = isolated(m_details.details()->name);
    save({.name = "patients.restore", .changes = {schema::makeRestore(kPatients, m_details.details()->row)}}, tr("restoring of %1").arg(name), tr("%1 is on the lists again.").arg(name));
}

void PatientsPage::save(const node::Act &act, const QString &undoes, const QString &done)
{
    whenReady(m_replica.commands().save(act), this, [this, act, undoes, done](const Result<node::SaveOutcome> &result) {
        const QString failure = !result ? result.error().detail : result->saved ? QString() : tr("Somebody changed this record meanwhile. Look at it, then do it again.");
        m_failure->setMessage(failure);
        m_failure->setVisible(!failure.isEmpty());
        if (failure.isEmpty())
            m_undo.remember(undoes, act, *result, done);
    });
}

void PatientsPage::showList()
{
    const QString typed = m_search->text().simplified();
    const int found = m_model.list().rowCount();
    const bool none = m_model.loaded() && found == 0;
    m_listStack->setCurrentIndex(none ? 1 : 0);
    if (none)
        m_empty->setText(typed.isEmpty() ? tr("No patients yet") : tr("Nobody matches “%1”").arg(typed),
                         typed.isEmpty() ? tr("Register the first one, or bring them over from another program.") : tr("Names, numbers, phones and tickets were searched."));
    m_found->setText(typed.isEmpty() ? (found >= PatientsModel::kMost ? tr("The first %1 by name").arg(found) : tr("By name"))
                     : found >= PatientsModel::kMost ? tr("More than %1 found").arg(found)
                                                     : tr("%1 found").arg(found));
    m_register->setText(typed.isEmpty() ? tr("Register patient") : tr("Register “%1”").arg(typed));
    m_failure->setMessage(m_model.failure());
    m_failure->setVisible(!m_model.failure().isEmpty());
    // The person of the pane keeps the row, wherever it stands now.
    if (!m_list->currentIndex().isValid() && !m_details.id().isNull()) {
        const int row = m_model.list().rowOf(m_details.id());
        if (row >= 0)
            m_list->selectionModel()->setCurrentIndex(m_model.list().index(row), QItemSelectionModel::ClearAndSelect);
    }
    const bool looking = m_stack->currentIndex() == 0;           // behind an open form nobody is opened
    if (looking && !m_list->currentIndex().isValid() && !typed.isEmpty() && found > 0 && m_model.search() == m_search->text())
        m_list->setCurrentIndex(m_model.list().index(0));        // the first hit stands beside the list while one types
    if (looking)
        Q_EMIT headChanged();
}

} // namespace anteroom::ui
