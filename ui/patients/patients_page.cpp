#include "ui/patients/patients_page.h"

#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/search_box.h"
#include "ui/common/toast.h"
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

PatientsPage::PatientsPage(const Context &context, QueueModel &queue, ToastHost *toasts, QWidget *parent)
    : Page(parent), m_model(context), m_details(context), m_replica(context.replica), m_toasts(toasts), m_stack(new QStackedWidget(this)),
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
    connect(m_list, &QListView::doubleClicked, this, &PatientsPage::editCurrent);
    connect(m_pane->queue, &Button::clicked, this, [this] {
        if (m_details.shown())
            Q_EMIT queueWanted(m_details.id());
    });
    connect(m_register, &Button::clicked, this, [this] { registerNew(m_search->text()); });
    connect(m_form, &PatientForm::saved, this, &PatientsPage::onSaved);
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

void PatientsPage::onSaved(const Uuid &patient, const QString &label, bool provisional)
{
    const QString name = m_form->model().name().isEmpty() ? tr("The unknown person") : m_form->model().name();
    const bool wasNew = m_form->model().isNew();
    leaveForm();
    m_details.open(patient);
    if (wasNew)
        searchFor({});
    if (!m_toasts)
        return;
    const QString words = label.isEmpty() ? (wasNew ? tr("%1 is registered.") : tr("%1 is saved.")).arg(isolated(name))
                        : provisional    ? tr("%1 is registered, ticket %2 for now.").arg(isolated(name), isolated(label))
                                         : tr("%1 is registered and has ticket %2.").arg(isolated(name), isolated(label));
    m_toasts->show({.text = words});
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
