// The acts of the queue as node::Act: what a desk does to tickets, built from the rows as they were shown.
// Pure functions: no I/O, no clock. The words an act leaves behind (undo) are made in the model.
#pragma once

#include "domain/queue.h"
#include "node/types.h"

#include <optional>

namespace anteroom::ui {

struct DeskIdentity {
    Uuid device;
    Uuid user;
    Uuid servicePoint;
    Uuid room;
};

struct NewTicket {
    Uuid id;
    Uuid patient;
    Uuid servicePoint;
    domain::Priority priority = domain::Priority::Normal;
    QString reason;
    std::string day;                 // clinic's day, YYYY-MM-DD
};

[[nodiscard]] schema::Change insertTicket(const NewTicket &ticket, std::int64_t now);

// changes[0] calls `next` to this desk; the ticket that is with the desk is finished in the same act.
[[nodiscard]] node::Act callNextAct(const schema::Row &next, const std::optional<schema::Row> &current, const DeskIdentity &desk,
                                    std::int64_t now);
[[nodiscard]] node::Act serveAct(const schema::Row &ticket, const DeskIdentity &desk, std::int64_t now);
[[nodiscard]] node::Act finishAct(const schema::Row &ticket, std::int64_t now);
[[nodiscard]] node::Act noShowAct(const schema::Row &ticket, std::int64_t now);
[[nodiscard]] node::Act recallAct(const schema::Row &ticket, std::int64_t now);
// Same ticket, same arrival, another service point, waiting again (PRODUCT: "Transfer keeps arrival time and ticket").
[[nodiscard]] node::Act transferAct(const schema::Row &ticket, const Uuid &servicePoint, const DeskIdentity &desk);

} // namespace anteroom::ui
