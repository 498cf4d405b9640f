#include "ui/queue/new_ticket_pane.h"

#include "core/when_ready.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/common/segments.h"
#include "ui/patients/patient_columns.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QDateTime>
#include <QListView>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kPadding = 24, kListWidth = 420;

} // namespace

void fillServicePoints(QComboBox *combo, const QueueModel &queue)
{
    const QString chosen = combo->currentData().toString();
    QVector<std::pair<QString, QString>> want;
    for (const schema::Row &row : queue.loaded() ? queue.board().points : std::vector<schema::Row>{}) {
        const auto &lanes = queue.view().lanes;
        const auto lane = std::find_if(lanes.begin(), lanes.end(), [&](const LaneView &view) { return view.point == row.id; });
        const QString name = lane == lanes.end() ? QString() : lane->name;
        const QString waits = lane == lanes.end() || lane->waiting == 0 ? NewTicketPane::tr("nobody waits") : NewTicketPane::tr("%n waiting", nullptr, lane->waiting);
        want.append({QStringLiteral("%1 (%2)").arg(name, waits), row.id.toString()});
    }
    const QSignalBlocker quiet(combo);
    combo->clear();
    for (const auto &[words, id] : want)
        combo->addItem(words, id);
    combo->setCurrentIndex(std::max(0, combo->findData(chosen)));
}

Uuid chosenId(const QComboBox *combo) { return Uuid::fromString(combo->currentData().toString()).value_or(Uuid{}); }

void addPriorities(Segments *segments)
{
    using domain::Priority;
    const auto add = [&](Priority p, const QString &key) { segments->add(priorityWord(p), static_cast<int>(p), key); };
    add(Priority::Normal, NewTicketPane::tr("N"));
    add(Priority::Priority, NewTicketPane::tr("P"));
    add(Priority::Urgent, NewTicketPane::tr("U"));
    add(Priority::Emergency, NewTicketPane::tr("E"));
    segments->setCurrent(0);
}

domain::Priority chosenPriority(const Segments *segments)
{
    return segments->current() < 0 ? domain::Priority::Normal : static_cast<domain::Priority>(segments->value().toInt());
}

NewTicketPane::NewTicketPane(const Context &context, QueueModel &queue, QWidget *parent)
    : QWidget(parent), m_replica(context.replica), m_queue(queue), m_clock(context.clock), m_patients(context)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(size::kPanelGap);
    row->addWidget(buildWho());
    row->addWidget(buildTicket(), 1);
    connect(&m_patients, &PatientsModel::changed, this, &NewTicketPane::showWho);
    connect(&m_queue, &QueueModel::changed, this, [this] {
        if (isVisible() && !m_point->hasFocus())
            fillPoints();
    });
}

QWidget *NewTicketPane::buildWho()
{
    auto *panel = new Panel;
    panel->setFixedWidth(kListWidth);
    m_search = new SearchBox(tr("Name, phone or number"));
    m_search->setKeycap(shortcutKeys("search"));
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 12);
    top->addWidget(m_search);
    m_list = new QListView;
    setUpList(m_list);
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setModel(&m_patients.list());
    m_list->setAccessibleName(tr("People found"));
    m_nobody = new EmptyState(QStringLiteral("search"), QString());
    m_listStack = new QStackedWidget;
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_nobody);
    m_register = new Button(tr("Register a new person"), QStringLiteral("person-add"));
    bindShortcut("patient.register", m_register, this);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(12, 8, 12, 8);
    bottom->addWidget(new Label(tr("Not here?"), Type::Secondary, Tone::Text2));
    bottom->addStretch();
    bottom->addWidget(m_register);
    panel->column()->addLayout(top);
    panel->column()->addWidget(new Rule);
    panel->column()->addWidget(m_listStack, 1);
    panel->column()->addWidget(new Rule);
    panel->column()->addLayout(bottom);

    connect(m_search, &QLineEdit::textEdited, &m_patients, &PatientsModel::setSearch);
    connect(m_search, &SearchBox::moved, this, &NewTicketPane::move);
    connect(m_search, &SearchBox::chosen, this, &NewTicketPane::chooseCurrent);
    connect(m_search, &SearchBox::cleared, this, [this] { m_patients.setSearch({}); });
    connect(m_list, &QListView::clicked, this, &NewTicketPane::chooseCurrent);
    connect(m_list, &QListView::activated, this, &NewTicketPane::chooseCurrent);
    connect(m_register, &Button::clicked, this, [this] { Q_EMIT registerWanted(m_search->text()); });
    return panel;
}

QWidget *NewTicketPane::buildTicket()
{
    auto *panel = new Panel;
    m_name = new Label({}, Type::Banner);
    m_name->setWordWrap(true);
    m_facts = new Label({}, Type::Body, Tone::Text2);
    m_strip = new MessageStrip(Hue::Danger);
    m_strip->hide();
    m_point = new QComboBox;
    m_priority = new Segments;
    addPriorities(m_priority);
    m_reason = new LineEdit;
    auto *form = new QVBoxLayout;
    form->setContentsMargins(kPadding, 20, kPadding, 12);
    form->setSpacing(8);
    form->addWidget(m_name);
    form->addWidget(m_facts);
    form->addSpacing(8);
    form->addWidget(m_strip);
    auto *where = new QHBoxLayout;
    where->setSpacing(16);
    m_who = new Field(tr("Queue at"), m_point);
    where->addWidget(m_who, 1, Qt::AlignTop);
    auto *priority = new Field(tr("Priority"), m_priority);
    priority->setHint(tr("Keys N, P, U, E"));
    where->addWidget(priority, 1, Qt::AlignTop);
    form->addLayout(where);
    form->addWidget(new Field(tr("Reason"), m_reason, Field::Need::Optional));
    form->addStretch();

    m_cancel = new Button(tr("Cancel"), ButtonKind::Quiet);
    m_cancel->setKeycap(shortcutKeys("back"));
    m_give = new Button(tr("Give a ticket"), QStringLiteral("ticket"), ButtonKind::Primary);
    bindShortcut("save", m_give, this);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(kPadding, 10, kPadding, 10);
    foot->addWidget(m_cancel);
    foot->addStretch();
    foot->addWidget(m_give);
    panel->column()->addLayout(form, 1);
    panel->column()->addWidget(new Rule);
    panel->column()->addLayout(foot);
    connect(m_cancel, &Button::clicked, this, &NewTicketPane::left);
    connect(m_give, &Button::clicked, this, &NewTicketPane::give);
    return panel;
}

void NewTicketPane::start(const Uuid &patient)
{
    m_person.reset();
    m_search->clear();
    m_patients.setSearch({});
    m_reason->clear();
    m_priority->setCurrent(0);
    setFailure({});
    fillPoints();
    showWho();
    if (patient.isNull())
        return;
    whenReady(m_replica.queries().record(kPatients, patient), this, [this](const Result<std::optional<schema::Row>> &result) {
        if (result && *result)
            choose(**result);
        else
            setFailure(result ? tr("This person is not on this PC yet.") : result.error().detail);
    });
}

QWidget *NewTicketPane::firstFocus() const { return m_person ? static_cast<QWidget *>(m_priority) : m_search; }

void NewTicketPane::fillPoints() { fillServicePoints(m_point, m_queue); }

void NewTicketPane::move(int rows)
{
    const int count = m_patients.list().rowCount();
    if (count == 0)
        return;
    const int row = std::clamp(m_list->currentIndex().isValid() ? m_list->currentIndex().row() + rows : 0, 0, count - 1);
    m_list->setCurrentIndex(m_patients.list().index(row));
}

void NewTicketPane::chooseCurrent()
{
    const int count = m_patients.list().rowCount();
    const QModelIndex at = m_list->currentIndex();
    if (count == 0)
        return;
    choose(m_patients.list().at(at.isValid() && at.row() < count ? at.row() : 0).row);
    m_priority->setFocus(Qt::ShortcutFocusReason);
}

void NewTicketPane::choose(const schema::Row &patient)
{
    m_person = patient;
    showWho();
}

QString NewTicketPane::whyNot() const
{
    if (!m_person)
        return tr("Choose the person first");
    if (!m_queue.loaded() || m_queue.board().points.empty())
        return tr("This clinic has no service points yet");
    std::vector<domain::Ticket> tickets;
    for (const node::TicketView &view : m_queue.board().tickets)
        tickets.push_back(domain::ticketOf(view.ticket));
    const auto may = domain::mayQueue(*m_person, tickets, chosenId(m_point));
    return may ? QString() : may.error().detail;
}

void NewTicketPane::showWho()
{
    const QString typed = m_search->text().simplified();
    const bool nobody = m_patients.loaded() && m_patients.list().rowCount() == 0;
    m_listStack->setCurrentIndex(nobody ? 1 : 0);
    m_nobody->setText(typed.isEmpty() ? tr("No patients yet") : tr("Nobody matches “%1”").arg(typed),
                      typed.isEmpty() ? tr("Register the first one: the ticket follows from there.") : tr("Names, numbers and phones were searched."));
    m_register->setText(typed.isEmpty() ? tr("Register patient") : tr("Register “%1”").arg(typed));
    if (!m_person) {
        m_name->setText(tr("Who is it for?"));
        m_facts->setText(tr("Type a name, a phone or a number. Enter takes the first one found."));
        return;
    }
    m_name->setText(patientName(*m_person));
    const QString who = ageAndSex(*m_person, QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date());
    m_facts->setText(QStringList{who, schema::toQString((*m_person)[patient::kNumber])}.join(QStringLiteral(" · ")));
}

void NewTicketPane::give()
{
    if (const QString reason = whyNot(); !reason.isEmpty()) {
        setFailure(reason);
        firstFocus()->setFocus(Qt::OtherFocusReason);
        return;
    }
    setFailure({});
    Q_EMIT given({.patient = m_person->id, .servicePoint = chosenId(m_point), .priority = chosenPriority(m_priority), .reason = m_reason->text().simplified()},
                 patientName(*m_person));
}

void NewTicketPane::setBusy(bool busy)
{
    if (busy)
        m_give->setBusy(tr("Taking a number"));
    else
        m_give->setReady();
}

void NewTicketPane::setFailure(const QString &words)
{
    m_strip->setMessage(words);
    m_strip->setVisible(!words.isEmpty());
}

} // namespace anteroom::ui
