// What the stories about equal replicas share: heartbeats, what a PC keeps of its digests, rows about other rows.
#pragma once

#include "unit/node/story.h"

#include "sync/digest_healing.h"

namespace anteroom::test {

inline constexpr int kNoteText = col(notes, "text"), kSubjectTable = col(notes, "subject_table"), kSubject = col(notes, "subject_id"),
              kSubjectClass = col(notes, "subject_class");

// Heartbeats until nothing moves: each may heal a part.
inline void beats(Clinic &clinic, int times = 3)
{
    for (int i = 0; i < times; ++i) {
        clinic.beat();
        clinic.deliver();
    }
}

inline std::int64_t healings(Desk &desk)
{
    std::int64_t n = 0;
    (void)desk.tx([&](StoreTx &tx, Effects &) { n = stateInt(tx, key::kHealings); });
    return n;
}

inline bool sumsAreRight(Desk &desk)
{
    bool right = false;
    (void)desk.tx([&](StoreTx &tx, Effects &) { right = recountDigests(tx); });
    return right;
}

inline Uuid noteAbout(Desk &desk, const Uuid &patient, const char *text)
{
    return desk.add(notes, {{kSubjectTable, std::int64_t{patients.number}}, {kSubject, patient}, {kSubjectClass, std::int64_t{2}},
                            {kNoteText, words(text)}}).row;
}

} // namespace anteroom::test
