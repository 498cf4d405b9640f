// What waits for a person to decide: differences between two desks, checks that the host raised, acts that wait as a
// whole, and pushes that the host refused on this PC. A list, and one of them with every value that anybody typed and
// what the rows hold now. Plain values; read by Queries::inbox() and inboxCard(), in the role of the session.
#pragma once

#include "node/queries.h"

namespace anteroom::node {

enum class InboxKind : std::uint8_t {
    Difference,      // a group of a record that two desks changed
    Deleted,         // deleted at one desk, changed at another
    Check,           // a rule of the clinic that does not hold: paid more than due, one person twice
    Review,          // a whole act that waits
    Refused,         // a push of this PC that the host did not take
};

struct InboxBy {                                   // empty where nobody knows
    Uuid user;
    QString person, device;
    std::int64_t at = 0;
    friend bool operator==(const InboxBy &, const InboxBy &) = default;
};

struct InboxItem {
    InboxKind kind = InboxKind::Difference;
    Uuid id;                                       // of the conflict or review; of a refused push its entry
    bool open = true;
    const schema::Table *table = nullptr;          // what it is about, the first record of an act; null: unknown to this program
    Uuid subject;
    QString label;                                 // what that record is called
    schema::GroupNo group = 0;                     // of a difference
    std::string act, rule;
    QString words;                                 // why it was raised, refused or put aside
    InboxBy mine, theirs;                          // who lost, or typed the act; whose values stand
    int changes = 0;                               // of an act
    std::string how;                               // closed: the resolution, or "sent", "dropped"
    QString closing;                               // the note or reason it was closed with
    InboxBy closed;
    friend bool operator==(const InboxItem &, const InboxItem &) = default;
};

struct InboxRequest { bool closed = false; int limit = 200; };      // more than anybody decides in a day; `more` says so
struct InboxList {
    std::vector<InboxItem> items;                  // latest first
    bool more = false;
    int elsewhere = 0;                             // open ones that this role may not read
};

struct InboxCard {
    InboxItem item;
    schema::Row row;                               // of sync_conflicts or sync_reviews as shown: what closing compares
    std::optional<schema::Row> now;                // the subject of a conflict
    bool happened = false;                         // a state that was reached: it is read and closed, nothing is put back
    std::vector<schema::Value> base, mine, theirs; // of a difference, in the order of schema::groupColumns()
    schema::Entry entry;                           // of a review or a refused push
    std::vector<std::optional<schema::Row>> nows;  // for each change of it
    std::vector<QString> names;                    // what their records are called
    int elsewhere = 0;                             // changes that this role may not read: they are not in `entry`
    Labels labels;
};

} // namespace anteroom::node
