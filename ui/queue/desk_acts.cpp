#include "ui/queue/desk_acts.h"

#include "ui/queue/ticket_columns.h"
#include "schema/tables/devices.h"
#include "ui/common/paint.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

// The rows as the act leaves them: what undo expects to find.
std::vector<schema::Row> rowsAfter(std::vector<schema::Row> rows, const node::Act &act)
{
    for (schema::Row &row : rows)
        for (const schema::Change &change : act.changes)
            if (change.id == row.id)
                for (const schema::GroupChange &group : change.groups)
                    schema::setGroupValues(kTickets, row, group.group, group.newValues);
    return rows;
}

// Somebody else moved the ticket since: undoing would take their act back, not this desk's.
bool movedOn(const schema::Row &now, const schema::Row &after)
{
    constexpr int kWhere[] = {ticket::kState, ticket::kServicePoint, ticket::kRoom, ticket::kDesk, ticket::kServedBy};
    return std::any_of(std::begin(kWhere), std::end(kWhere), [&](int column) { return now[column] != after[column]; });
}

} // namespace

DeskActs::DeskActs(const Context &context, QueueModel &queue, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_queue(queue), m_clock(context.clock), m_random(context.random)
{
}

QString DeskActs::undoWords() const { return m_steps.empty() ? QString() : tr("Undo: %1").arg(m_steps.back().words); }

void DeskActs::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

void DeskActs::fail(const Error &error)
{
    setBusy(false);
    Q_EMIT failed(error.detail);
    m_queue.reload();
}

void DeskActs::remember(Step step)
{
    m_steps.push_back(std::move(step));
    if (m_steps.size() > kUndoSteps)
        m_steps.pop_front();
}

QString DeskActs::whereIs(const Uuid &id) const
{
    const auto item = m_queue.find(id);
    if (!item)
        return {};
    const QString room = nameOf(m_queue.board().rooms, schema::toUuid(item->row[ticket::kRoom]), room::kName);
    return room.isEmpty() ? nameOf(m_queue.board().devices, schema::toUuid(item->row[ticket::kDesk]), schema::col(schema::tables::devices, "name")) : room;
}

void DeskActs::callNext()
{
    if (m_busy || !m_queue.loaded() || (m_calledAt != 0 && m_clock.monotonicMs() - m_calledAt < kDoublePressMs))
        return;
    const DeskView &desk = m_queue.view().desk;
    if (desk.next)
        claim(*desk.next, desk.current);
    else if (desk.current)
        finish(*desk.current);
    else
        Q_EMIT news(tr("Nobody is waiting here."), false);
}

void DeskActs::call(const TicketItem &ticket)
{
    if (!m_busy && ticket.state == domain::TicketState::Waiting)
        claim(ticket, m_queue.view().desk.current);
}

void DeskActs::claim(const TicketItem &next, const std::optional<TicketItem> &current)
{
    setBusy(true);
    const auto currentRow = current ? std::optional(current->row) : std::nullopt;
    Step step{.words = tr("call %1").arg(isolated(next.label)), .before = {next.row}, .after = {}};
    if (current)
        step.before.push_back(current->row);
    node::Act act = callNextAct(next.row, currentRow, m_queue.desk(), m_clock.utcMs());
    step.after = rowsAfter(step.before, act);
    m_replica.commands()
        .callNext(std::move(act))
        .then(this, [this, next, step](const Result<node::ClaimOutcome> &result) {
            if (!result)
                return fail(result.error());
            setBusy(false);
            onCalled(*result, next, step);
        });
}

void DeskActs::onCalled(const node::ClaimOutcome &outcome, const TicketItem &asked, Step step)
{
    Q_EMIT failed({});
    if (!outcome.differences.empty()) {
        m_queue.reload();
        const QString who = outcome.differences.front().changedBy;
        Q_EMIT news(who.isEmpty() ? tr("The ticket with you was changed at another desk. Look at it, then press F9 again.")
                                  : tr("%1 changed the ticket with you. Look at it, then press F9 again.").arg(isolated(who)), false);
        return;
    }
    if (!outcome.called) {
        m_queue.reload();
        Q_EMIT news(outcome.note.isEmpty() ? tr("Nobody is waiting here any more.") : outcome.note, false);
        return;
    }
    m_calledAt = m_clock.monotonicMs();
    if (*outcome.called != asked.id) {
        // Another desk was first: news, no error. Say where that ticket is, and which one this desk has.
        const QString where = whereIs(asked.id);
        const auto mine = m_queue.find(*outcome.called);
        const QString got = mine ? tr("You have %1.").arg(isolated(mine->label)) : tr("You have the next one.");
        Q_EMIT news((where.isEmpty() ? tr("%1 was already called at another desk.").arg(isolated(asked.label))
                                     : tr("%1 was already called at %2.").arg(isolated(asked.label), isolated(where)))
                        + QLatin1Char(' ') + got, false);
        m_queue.reload();
        return;
    }
    remember(std::move(step));
    Q_EMIT news(outcome.provisional ? tr("Called %1. The host has not answered yet.").arg(isolated(asked.label))
                                    : tr("Called %1, %2.").arg(isolated(asked.label), isolated(asked.name)), true);
}

void DeskActs::save(node::Act act, Step step, const QString &done)
{
    if (m_busy)
        return;
    setBusy(true);
    step.after = rowsAfter(step.before, act);
    m_replica.commands().save(std::move(act)).then(this, [this, step = std::move(step), done](const Result<node::SaveOutcome> &result) {
        if (!result)
            return fail(result.error());
        setBusy(false);
        Q_EMIT failed({});
        if (!result->saved) {
            const auto &differences = result->differences;
            const QString who = differences.empty() ? QString() : differences.front().changedBy;
            m_queue.reload();
            Q_EMIT news(who.isEmpty() ? tr("This ticket was changed at another desk meanwhile. Nothing was done.")
                                      : tr("%1 changed this ticket meanwhile. Nothing was done.").arg(isolated(who)), false);
            return;
        }
        if (!step.before.empty())
            remember(step);
        Q_EMIT news(done, !step.before.empty());
    });
}

void DeskActs::serve(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::Start))
        save(serveAct(t.row, m_queue.desk(), m_clock.utcMs()), {tr("serve %1").arg(isolated(t.label)), {t.row}, {}},
             tr("%1 is in service.").arg(isolated(t.label)));
}

void DeskActs::finish(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::Finish))
        save(finishAct(t.row, m_clock.utcMs()), {tr("finish %1").arg(isolated(t.label)), {t.row}, {}}, tr("Finished %1.").arg(isolated(t.label)));
}

void DeskActs::noShow(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::NoShow))
        save(noShowAct(t.row, m_clock.utcMs()), {tr("no-show %1").arg(isolated(t.label)), {t.row}, {}}, tr("%1 did not come.").arg(isolated(t.label)));
}

void DeskActs::recall(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::Recall))
        save(recallAct(t.row, m_clock.utcMs()), {}, tr("Called %1 again.").arg(isolated(t.label)));
}

void DeskActs::transfer(const TicketItem &t, const Uuid &servicePoint)
{
    if (!domain::after(t.state, domain::TicketAct::Transfer) || servicePoint == schema::toUuid(t.row[ticket::kServicePoint]))
        return;
    const QString to = nameOf(m_queue.board().points, servicePoint, point::kName);
    save(transferAct(t.row, servicePoint, m_queue.desk()), {tr("transfer %1").arg(isolated(t.label)), {t.row}, {}},
         tr("%1 waits at %2 now.").arg(isolated(t.label), isolated(to)));
}

void DeskActs::take(NewTicket ticket, const QString &name, const std::vector<schema::Change> &also)
{
    if (m_busy)
        return;
    if (ticket.id.isNull())
        ticket.id = uuidV7(m_clock, m_random);
    if (m_queue.loaded())
        ticket.day = m_queue.board().day;
    node::Act act{.name = "queue.take", .changes = {insertTicket(ticket, m_clock.utcMs())}};
    act.changes.insert(act.changes.end(), also.begin(), also.end());
    setBusy(true);
    m_replica.commands().takeTicket(std::move(act)).then(this, [this, id = ticket.id, name](const Result<node::ClaimOutcome> &result) {
        if (!result)
            return fail(result.error());
        setBusy(false);
        Q_EMIT failed({});
        const QString label = QString::fromStdString(result->number);
        Q_EMIT taken(id, label);
        Q_EMIT news(result->provisional ? tr("%1 has ticket %2 for now. The host gives the number when it answers.").arg(isolated(name), isolated(label))
                                        : tr("%1 has ticket %2.").arg(isolated(name), isolated(label)), false);
    });
}

void DeskActs::undo()
{
    if (m_busy || m_steps.empty())
        return;
    setBusy(true);
    const Step step = m_steps.back();
    m_steps.pop_back();
    restore(step, 0, {.name = "queue.undo", .changes = {}});
}

// Reads the rows as they are now, one after the other, then saves one act that takes each back to what it held.
void DeskActs::restore(const Step &step, std::size_t at, node::Act act)
{
    if (at == step.before.size()) {
        setBusy(false);
        if (act.changes.empty())
            Q_EMIT news(tr("Already undone: %1.").arg(step.words), false);
        else
            save(std::move(act), {}, tr("Undone: %1.").arg(step.words));
        return;
    }
    m_replica.queries().record(kTickets, step.before[at].id).then(this, [this, step, at, act](const Result<std::optional<schema::Row>> &result) {
        if (!result)
            return fail(result.error());
        node::Act more = act;
        if (*result) {
            const bool undone = !undoAct(**result, step.before[at]);
            if (!undone && movedOn(**result, step.after[at])) {
                setBusy(false);
                m_queue.reload();
                Q_EMIT news(tr("Not undone: %1 was moved on at another desk meanwhile.").arg(isolated(schema::toQString((**result)[ticket::kLabel]))), false);
                return;
            }
            if (auto back = undoAct(**result, step.before[at]))
                more.changes.push_back(std::move(back->changes.front()));
        }
        restore(step, at + 1, std::move(more));
    });
}

} // namespace anteroom::ui
