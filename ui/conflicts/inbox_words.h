// The inbox in words: what a thing of it is called in the list and in its pane, who did what where and when, what became
// of it. Pure functions; zone and day are arguments. They never decide anything.
#pragma once

#include "node/inbox_acts.h"
#include "ui/common/paint.h"
#include "ui/records/record_words.h"

namespace anteroom::ui {

struct InboxWords {
    ValueStyle style;
    QDate today;
    Uuid me;                             // who sits here: "You"
};

[[nodiscard]] QString inboxTitle(const node::InboxItem &item);                            // the record, or the act
[[nodiscard]] QString inboxWhat(const node::InboxItem &item);                             // "Phone: changed at two desks"
[[nodiscard]] QString inboxWho(const node::InboxItem &item, const InboxWords &words);     // "You at Desk 2 · Marta at Reception"
[[nodiscard]] ChipSpec inboxChip(const node::InboxItem &item);
[[nodiscard]] QString decidedWords(const node::InboxItem &item, const InboxWords &words); // "Marta decided today 10:44: …"; empty while open
[[nodiscard]] QString decidedHow(const node::InboxItem &item);                            // "Kept Marta Silva's"

// "You", "Marta Silva"; where both sides are the same person, the desk tells them apart.
[[nodiscard]] QString sideName(const node::InboxItem &item, bool mine, const InboxWords &words);
[[nodiscard]] QString sideTitle(const node::InboxItem &item, bool mine, const InboxWords &words);      // "Yours", "Marta Silva's"
[[nodiscard]] QString sideDetail(const node::InboxBy &by, const InboxWords &words);       // "Desk 2, today 10:28"
[[nodiscard]] QString keepWords(const node::InboxItem &item, bool mine, const InboxWords &words);      // "Keep mine", "Keep Marta Silva's"
// The side that stands first and has the key M: the person's own, also where it is the one that stands now.
[[nodiscard]] node::Side firstSide(const node::InboxItem &item, const Uuid &me);
// One sentence or two: what happened, and what stands until somebody decides.
[[nodiscard]] QString inboxSentence(const node::InboxCard &card, const InboxWords &words);
[[nodiscard]] QString opWords(schema::Op op);                                             // "Added"
// A value of a record in words; "nothing" where there is none.
[[nodiscard]] QString wordsOf(const schema::Table &table, int column, const schema::Value &value, const node::Labels &labels, const ValueStyle &style);

} // namespace anteroom::ui
