#include "ui/queue/ticket_acts.h"

#include "ui/queue/ticket_columns.h"

namespace anteroom::ui {
namespace {

using domain::TicketState;
using schema::ColumnValue;
using schema::Value;

Value state(TicketState s) { return Value{std::string(domain::toText(s))}; }

node::Act one(const char *name, const schema::Row &ticket, const std::vector<ColumnValue> &values)
{
    return {.name = name, .changes = {schema::makeUpdate(kTickets, ticket, values)}};
}

} // namespace

schema::Change insertTicket(const NewTicket &t, std::int64_t now)
{
    return schema::makeInsert(kTickets, t.id,
                              {{ticket::kPatient, schema::idOrNull(t.patient)},
                               {ticket::kServicePoint, Value{t.servicePoint}},
                               {ticket::kPriority, Value{std::string(domain::toText(t.priority))}},
                               {ticket::kState, state(TicketState::Waiting)},
                               {ticket::kNote, schema::text(t.reason)},
                               {ticket::kDay, Value{t.day}},
                               {ticket::kArrivedAt, Value{now}}});
}

node::Act callNextAct(const schema::Row &next, const std::optional<schema::Row> &current, const DeskIdentity &desk, std::int64_t now)
{
    node::Act act{.name = "queue.call", .changes = {}};
    act.changes.push_back(schema::makeUpdate(kTickets, next,
                                             {{ticket::kState, state(TicketState::Called)},
                                              {ticket::kDesk, Value{desk.device}},
                                              {ticket::kRoom, schema::idOrNull(desk.room)},
                                              {ticket::kServedBy, schema::idOrNull(desk.user)},
                                              {ticket::kCalledAt, Value{now}}}));
    if (current)
        act.changes.push_back(finishAct(*current, now).changes.front());
    return act;
}

node::Act serveAct(const schema::Row &t, const DeskIdentity &desk, std::int64_t now)
{
    std::vector<ColumnValue> values{{ticket::kState, state(TicketState::InService)},
                                    {ticket::kDesk, Value{desk.device}},
                                    {ticket::kRoom, schema::idOrNull(desk.room)},
                                    {ticket::kServedBy, schema::idOrNull(desk.user)},
                                    {ticket::kStartedAt, Value{now}}};
    if (schema::isNull(t[ticket::kCalledAt]))
        values.push_back({ticket::kCalledAt, Value{now}});
    return one("queue.serve", t, values);
}

node::Act finishAct(const schema::Row &t, std::int64_t now)
{
    return one("queue.finish", t, {{ticket::kState, state(TicketState::Done)}, {ticket::kFinishedAt, Value{now}}});
}

node::Act noShowAct(const schema::Row &t, std::int64_t now)
{
    return one("queue.no_show", t, {{ticket::kState, state(TicketState::NoShow)}, {ticket::kFinishedAt, Value{now}}});
}

node::Act recallAct(const schema::Row &t, std::int64_t now)
{
    return one("queue.recall", t,
               {{ticket::kRecalledAt, Value{now}}, {ticket::kRecalls, Value{schema::toInt(t[ticket::kRecalls]) + 1}}});
}

node::Act transferAct(const schema::Row &t, const Uuid &servicePoint, const DeskIdentity &desk)
{
    return one("queue.transfer", t,
               {{ticket::kServicePoint, Value{servicePoint}},
                {ticket::kTransferredFrom, t[ticket::kServicePoint]},
                {ticket::kTransferredBy, schema::idOrNull(desk.user)},
                {ticket::kState, state(TicketState::Waiting)},
                {ticket::kRoom, Value{}},
                {ticket::kDesk, Value{}},
                {ticket::kServedBy, Value{}},
                {ticket::kCalledAt, Value{}},
                {ticket::kStartedAt, Value{}},
                {ticket::kFinishedAt, Value{}}});
}

} // namespace anteroom::ui
