#include "ui/queue/desk_acts.h"

#include "core/when_ready.h"
#include "ui/queue/ticket_columns.h"
#include "schema/tables/devices.h"
#include "ui/common/paint.h"
#include "ui/desk/undo.h"

namespace anteroom::ui {

DeskActs::DeskActs(const Context &context, QueueModel &queue, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_queue(queue), m_clock(context.clock), m_random(context.random), m_undo(context.undo)
{
}

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
    const node::Act act = callNextAct(next.row, currentRow, m_queue.desk(), m_clock.utcMs());
    whenReady(m_replica.commands().callNext(act), this, [this, next, act](const Result<node::ClaimOutcome> &result) {
            if (!result)
                return fail(result.error());
            setBusy(false);
            onCalled(*result, next, act);
        });
}

void DeskActs::onCalled(const node::ClaimOutcome &outcome, const TicketItem &asked, const node::Act &act)
{
    Q_EMIT failed({});
    if (!outcome.differences.empty()) {
        m_queue.reload();
        const QString who = outcome.differences.front().changedBy;
        Q_EMIT news(who.isEmpty() ? tr("The ticket with you was changed at another desk. Look at it, then press F9 again.")
                                  : tr("%1 changed the ticket with you. Look at it, then press F9 again.").arg(isolated(who)), false);
        return;
    }
    if (outcome.inReview) {
        m_queue.reload();
        Q_EMIT news(tr("Nobody was called: somebody has to decide on this first."), false);
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
    const QString done = outcome.provisional ? tr("Called %1. The host has not answered yet.").arg(isolated(asked.label))
                                             : tr("Called %1, %2.").arg(isolated(asked.label), isolated(asked.name));
    m_undo.remember(tr("call %1").arg(isolated(asked.label)), act, done);
    Q_EMIT news(done, true);
}

void DeskActs::save(node::Act act, const QString &undoes, const QString &done)
{
    if (m_busy)
        return;
    setBusy(true);
    whenReady(m_replica.commands().save(act), this, [this, act, undoes, done](const Result<node::SaveOutcome> &result) {
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
        if (!undoes.isEmpty())
            m_undo.remember(undoes, act, *result, done);
        Q_EMIT news(done, !undoes.isEmpty());
    });
}

void DeskActs::serve(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::Start))
        save(serveAct(t.row, m_queue.desk(), m_clock.utcMs()), tr("serve %1").arg(isolated(t.label)),
             tr("%1 is in service.").arg(isolated(t.label)));
}

void DeskActs::finish(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::Finish))
        save(finishAct(t.row, m_clock.utcMs()), tr("finish %1").arg(isolated(t.label)), tr("Finished %1.").arg(isolated(t.label)));
}

void DeskActs::noShow(const TicketItem &t)
{
    if (domain::after(t.state, domain::TicketAct::NoShow))
        save(noShowAct(t.row, m_clock.utcMs()), tr("no-show %1").arg(isolated(t.label)), tr("%1 did not come.").arg(isolated(t.label)));
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
    save(transferAct(t.row, servicePoint, m_queue.desk()), tr("transfer %1").arg(isolated(t.label)),
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
    give(act, ticket.id, name);
}

void DeskActs::give(const node::Act &act, const Uuid &ticket, const QString &name)
{
    setBusy(true);
    whenReady(m_replica.commands().takeTicket(act), this, [this, act, id = ticket, name](const Result<node::ClaimOutcome> &result) {
        const bool waits = !result && result.error().code == ErrorCode::Unconfirmed;
        m_again = waits ? [this, act, id, name] { give(act, id, name); } : std::function<void()>();
        if (waits)
            Q_EMIT unconfirmed();
        if (!result)
            return fail(result.error());
        setBusy(false);
        Q_EMIT failed({});
        if (result->inReview) {
            Q_EMIT taken(id, {});
            Q_EMIT news(tr("%1 has no number yet: somebody has to decide on this ticket first.").arg(isolated(name)), false);
            return;
        }
        const QString label = QString::fromStdString(result->number);
        Q_EMIT taken(id, label);
        const QString done = result->provisional ? tr("%1 has ticket %2 for now. The host gives the number when it answers.").arg(isolated(name), isolated(label))
                                                 : tr("%1 has ticket %2.").arg(isolated(name), isolated(label));
        m_undo.remember(tr("ticket %1").arg(isolated(label)), act, done);
        Q_EMIT news(done, true);
    });
}

void DeskActs::giveNumbersNow()
{
    if (m_busy)
        return;
    setBusy(true);
    whenReady(m_replica.commands().confirmNumbers(), this, [this](const Result<void> &result) {
        setBusy(false);
        if (!result)
            return fail(result.error());
        if (const auto again = std::exchange(m_again, {}))
            again();
    });
}

} // namespace anteroom::ui
