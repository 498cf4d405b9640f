// One lane: the tickets of a service point in the order in which they are served. Contents change at once, the order
// only when it is let (LOOK: "a list that reorders under the cursor calls the wrong patient"). Never talks to a replica.
#pragma once

#include "domain/queue.h"
#include "ui/desk/keyed_list_model.h"

namespace anteroom::ui {

struct TicketItem {
    Uuid id;
    QString label;                   // "T-018"; a provisional one while the host has not answered
    bool confirmed = true;
    domain::TicketState state = domain::TicketState::Waiting;
    domain::Priority priority = domain::Priority::Normal;
    QString name;
    QString who;                     // "34 y · F"
    QString stateWords;              // "In service · 6 min"; empty while it waits
    QString place;                   // under the number: the room once called, else how long it waits
    QString allergy;
    std::int64_t arrivedAt = 0;
    std::int64_t since = 0;          // UTC ms when its state began
    bool past = false;               // waits longer than the point's target
    bool mine = false;               // with this desk
    bool fresh = false;              // just changed by another PC
    schema::Row row;
    friend bool operator==(const TicketItem &, const TicketItem &) = default;
};

class LaneModel final : public KeyedListModel<TicketItem> {
public:
    using KeyedListModel::KeyedListModel;

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    // True if all is shown as wanted; false, only with hold: contents are, the order is not yet.
    bool update(std::vector<TicketItem> want, bool hold);
};

} // namespace anteroom::ui
