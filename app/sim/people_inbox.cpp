// What people do with what waits for them: conflicts, reviews; and what an older program sends that the host refuses.
#include "app/sim/people.h"

#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/notes.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "sync/codec.h"

namespace anteroom::sim {

using namespace schema;
using tables::notes;
using tables::patient_history;
using tables::patients;
using tables::sync_conflicts;
using tables::sync_reviews;

namespace {

constexpr int kStatus = col(sync_conflicts, "status"), kReviewStatus = col(sync_reviews, "status");

Blob blob(const Value &v)
{
    const auto *b = std::get_if<Blob>(&v);
    return b ? *b : Blob();
}

} // namespace

// Mine, theirs, or something of both; the conflict is closed as it was shown, in the same act.
void People::resolve(Pc &pc, Form &form, Dice &dice)
{
    const RowPtr conflict = pick(pc, sync_conflicts, dice, [](const Row &r) { return toText(r[kStatus]) == "open"; });
    if (!conflict)
        return;
    const int choice = dice.below(3);
    form.act = "conflicts.resolve";
    form.parts.push_back({Op::Update, &sync_conflicts, conflict->id, conflict,
                          {{kStatus, std::string("closed")}, {col(sync_conflicts, "resolution"), std::string(choice == 0 ? "mine" : choice == 1 ? "theirs" : "by_field")},
                           {col(sync_conflicts, "resolved_by"), pc.who.user}, {col(sync_conflicts, "resolved_at"), pc.clock.utcMs()}}, {}});
    const Table *table = findTable(static_cast<std::uint16_t>(toInt((*conflict)[col(sync_conflicts, "subject_table")])));
    const auto group = static_cast<int>(toInt((*conflict)[col(sync_conflicts, "merge_group")]));
    const bool flagged = !isNull((*conflict)[col(sync_conflicts, "rule")]);
    if (choice == 1 || flagged || !table || table == &tables::active_patient_queue)
        return;                                  // a call that happened is read and closed
    const RowPtr row = shown(pc, *table, toUuid((*conflict)[col(sync_conflicts, "subject_id")]));
    if (!row)
        return;
    if (group == 255) {
        if (!row->deleted())
            form.parts.push_back({Op::Delete, table, row->id, row, {}, {}});
        return;
    }
    const auto number = static_cast<GroupNo>(group);
    const auto mine = sync::decodeGroup(*table, number, blob((*conflict)[col(sync_conflicts, "mine")]));
    const auto theirs = sync::decodeGroup(*table, number, blob((*conflict)[col(sync_conflicts, "theirs")]));
    const auto columns = groupColumns(*table, number);
    if (!mine || mine->size() != columns.size() || row->deleted())
        return;
    Part part{Op::Update, table, row->id, row, {}, {}};
    if (choice == 0) {
        part.exact.push_back({number, {}, *mine});
    } else {
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columnAt(*table, columns[i]).type == Type::Text && columnAt(*table, columns[i]).allowed.empty() && !columnAt(*table, columns[i]).name.ends_with("_digits")
                && columnAt(*table, columns[i]).name != "folded_name")
                part.values.push_back({columns[i], word()});
        if (part.values.empty())
            return;
    }
    Seen &seen = form.seen[{{table->number, row->id}, number}];
    seen.insert(hashOf(*mine));
    if (theirs)
        seen.insert(hashOf(*theirs));
    form.parts.push_back(std::move(part));
}

// The act again, on what the rows hold now; or it is dropped.
void People::review(Pc &pc, Form &form, Dice &dice)
{
    const RowPtr review = pick(pc, sync_reviews, dice, [](const Row &r) { return toText(r[kReviewStatus]) == "open"; });
    if (!review)
        return;
    const auto entry = sync::decodeEntry(blob((*review)[col(sync_reviews, "entry")]));
    const bool again = entry && dice.chance(70);
    form.act = again ? "reviews.apply" : "reviews.drop";
    form.parts.push_back({Op::Update, &sync_reviews, review->id, review,
                          {{kReviewStatus, std::string("closed")}, {col(sync_reviews, "resolution"), std::string(again ? "applied" : "dropped")},
                           {col(sync_reviews, "resolved_by"), pc.who.user}, {col(sync_reviews, "resolved_at"), pc.clock.utcMs()}}, {}});
    if (!again)
        return;
    for (const Change &c : entry->changes) {
        const RowPtr row = shown(pc, *c.table, c.id);
        if (c.op == Op::Insert && !row) {
            form.parts.push_back({Op::Insert, c.table, c.id, nullptr, {}, c.groups});
        } else if (row && (c.op == Op::Update || c.op == Op::Insert) && !row->deleted()) {
            form.parts.push_back({Op::Update, c.table, c.id, row, {}, c.groups});
        } else if (row && c.op == Op::Delete && !row->deleted()) {
            form.parts.push_back({Op::Delete, c.table, c.id, row, {}, {}});
        }
        for (const GroupChange &g : c.groups)
            form.seen[{{c.table->number, c.id}, g.group}].insert(hashOf(g.newValues));
    }
}

// Values that the host does not take, and then records that stand on them.
void People::invalid(Pc &pc, Form &form, Dice &dice)
{
    if (pc.isHost())
        return;                                  // its own door says so at once
    const RowPtr bad = pick(pc, patients, dice, [](const Row &r) { return toText(r[col(patients, "sex")]) == "wrong"; });
    form.pastTheDoor = true;
    if (bad && dice.chance(70)) {
        form.act = "history.add";
        form.parts.push_back(fresh(pc, patient_history, {{col(patient_history, "patient_id"), bad->id}, {col(patient_history, "kind"), std::string("allergy")}, {col(patient_history, "title"), word()}}));
        return;
    }
    const RowPtr some = dice.chance(40) ? pick(pc, patients, dice) : nullptr;
    form.act = some ? "patients.edit" : "patients.register";
    if (some)
        form.parts.push_back({Op::Update, &patients, some->id, some, {{col(patients, "sex"), std::string("wrong")}, {col(patients, "note"), word()}}, {}});
    else
        form.parts.push_back(fresh(pc, patients, {{col(patients, "family_name"), word()}, {col(patients, "sex"), std::string("wrong")}}));
}

} // namespace anteroom::sim
