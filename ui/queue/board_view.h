// What the queue page shows of a board at a moment: lanes, the desk strip, words and times. Pure functions over rows
// that were read in one transaction; the clock is an argument.
#pragma once

#include "node/queries.h"
#include "ui/queue/lane_model.h"
#include "ui/queue/ticket_acts.h"

#include <QDate>

namespace anteroom::ui {

struct LaneView {
    Uuid point;
    QString name;
    QString rooms;                       // "Room 1, Room 2"
    QString wait;                        // "Wait 15–25 min", "No wait", or empty while nobody knows
    QString longest;                     // of those who wait: "38 min"
    bool longestPast = false;
    int waiting = 0;
    bool own = false;
    std::vector<TicketItem> tickets;     // in service, called, waiting in order of call
    std::vector<TicketItem> finished;    // latest first
};

struct DeskView {
    bool chosen = false;                 // this PC is a desk of a service point
    QString point, room;
    std::optional<TicketItem> current;
    std::optional<TicketItem> next;
    std::optional<domain::Reason> reason;
};

struct BoardView {
    std::vector<LaneView> lanes;         // the own one first
    DeskView desk;
    int waitingForDesk = 0;
};

[[nodiscard]] BoardView viewOf(const node::QueueBoard &board, const DeskIdentity &desk, std::int64_t now, QDate today);
[[nodiscard]] QString reasonWords(const domain::Reason &reason);          // a sentence behind "Why this one?"
[[nodiscard]] QString priorityWord(domain::Priority priority);            // "Urgent"
[[nodiscard]] QString durationText(std::int64_t ms);                      // "8 s", "41 min", "2 h 44 min"
[[nodiscard]] QString nameOf(const std::vector<schema::Row> &rows, const Uuid &id, int nameColumn);

} // namespace anteroom::ui
