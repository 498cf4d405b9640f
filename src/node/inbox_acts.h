// What a person decides about one thing of the inbox, as an act for Commands::save(): closing it is a compare-and-set of
// the row as it was shown (H3), and what it writes into records has the values of now as old (rule 4). Pure functions of
// the card as shown; nothing is saved here, and nothing of the card is ever left out of the closed row.
#pragma once

#include "node/inbox.h"

namespace anteroom::node {

enum class Side : std::uint8_t { Theirs, Mine };      // theirs: what stands now

struct Decider { Uuid user; std::int64_t at = 0; };

// For each column of the group; all theirs only closes. A record that was deleted meanwhile is restored first.
[[nodiscard]] Result<Act> decide(const InboxCard &card, const std::vector<Side> &sides, const Decider &who);
// The delete that lost is done after all, with its reason.
[[nodiscard]] Result<Act> deleteAfterAll(const InboxCard &card, const QString &reason, const Decider &who);
// It was read: the records stay as they are. The note is added below what it says.
[[nodiscard]] Result<Act> readAndClose(const InboxCard &card, const QString &note, const Decider &who);
// The changes of a review once more on what the records hold now, together with closing it.
[[nodiscard]] Result<Act> applyAgain(const InboxCard &card, const Decider &who);
[[nodiscard]] Result<Act> dropReview(const InboxCard &card, const QString &reason, const Decider &who);

// One value that a person wrote anew into a refused push.
struct Rewritten { std::size_t change = 0; int column = 0; schema::Value value; };
// The refused push once more, for Commands::sendAgain().
[[nodiscard]] Result<Act> againWith(const InboxCard &card, const std::vector<Rewritten> &values);
// Why it cannot be sent again from here, in words; empty where it can.
[[nodiscard]] QString whyNotAgain(const schema::Entry &entry);

// Letters that a note or reason may have beside what stands in the row already.
[[nodiscard]] int mostLetters(const InboxCard &card);

} // namespace anteroom::node
