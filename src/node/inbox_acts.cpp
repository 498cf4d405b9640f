#include "node/inbox_acts.h"

#include "schema/registry.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"

#include <algorithm>

namespace anteroom::node {

using namespace schema;

namespace {

constexpr const Table &kConflicts = tables::sync_conflicts, &kReviews = tables::sync_reviews;
constexpr int kMostLetters = 300;                     // what a reason may have

const Table &tableOf(const InboxCard &card) { return card.item.kind == InboxKind::Review ? kReviews : kConflicts; }
int noteColumn(const InboxCard &card) { return findColumn(tableOf(card), card.item.kind == InboxKind::Review ? "why" : "note"); }

tl::unexpected<Error> gone() { return fail(ErrorCode::NotFound, QStringLiteral("The record is not on this PC. It may have been taken back, or not have come yet.")); }

Change closing(const InboxCard &card, const char *resolution, const QString &note, const Decider &who)
{
    const Table &table = tableOf(card);
    std::vector<ColumnValue> values{{findColumn(table, "status"), std::string("closed")},
                                    {findColumn(table, "resolution"), std::string(resolution)},
                                    {findColumn(table, "resolved_by"), idOrNull(who.user)},
                                    {findColumn(table, "resolved_at"), who.at}};
    if (const QString words = note.simplified(); !words.isEmpty()) {
        const int column = noteColumn(card);
        values.push_back({column, schema::text(toQString(card.row[column]) + QLatin1Char('\n') + words)});
    }
    return makeUpdate(table, card.row, values);
}

// A record that was deleted meanwhile comes back first; both changes say that they saw it deleted.
void addUpdate(const Table &table, const Row &now, const std::vector<ColumnValue> &values, std::vector<Change> &changes)
{
    Change update = makeUpdate(table, now, values);
    if (update.groups.empty())
        return;
    if (now.deleted())
        changes.push_back(makeRestore(table, now));
    changes.push_back(std::move(update));
}

std::vector<ColumnValue> valuesOf(const Change &change)
{
    std::vector<ColumnValue> values;
    for (const GroupChange &g : change.groups) {
        const auto columns = groupColumns(*change.table, g.group);
        for (std::size_t i = 0; i < columns.size() && i < g.newValues.size(); ++i)
            values.push_back({columns[i], g.newValues[i]});
    }
    return values;
}

// The change once more on what the row holds now. Nothing is added where that is there already.
Result<void> addAgain(const Change &change, const std::optional<Row> &now, const std::vector<ColumnValue> &values, std::vector<Change> &changes)
{
    const Table &table = *change.table;
    switch (change.op) {
    case Op::Insert:
        if (now)
            addUpdate(table, *now, values, changes);
        else
            changes.push_back(makeInsert(table, naturalIdOf(table, values).value_or(change.id), values));
        return {};
    case Op::Update:
        if (!now)
            return gone();
        addUpdate(table, *now, values, changes);
        return {};
    case Op::Delete:
        if (now && !now->deleted())
            changes.push_back(makeDelete(table, *now, change.reason));
        return {};
    case Op::Restore:
        if (!now)
            return gone();
        if (now->deleted())
            changes.push_back(makeRestore(table, *now));
        return {};
    }
    return {};
}

Act act(const char *name, std::vector<Change> changes) { return {.name = name, .changes = std::move(changes)}; }

} // namespace

Result<Act> decide(const InboxCard &card, const std::vector<Side> &sides, const Decider &who)
{
    const bool mine = std::ranges::all_of(sides, [](Side s) { return s == Side::Mine; });
    const bool theirs = std::ranges::all_of(sides, [](Side s) { return s == Side::Theirs; });
    if (theirs)
        return act("conflict.theirs", {closing(card, "theirs", {}, who)});
    if (!card.now || !card.item.table)
        return gone();
    if (card.happened)
        return fail(ErrorCode::Refused, QStringLiteral("What has happened is not taken back. Read it and close it."));
    const auto columns = groupColumns(*card.item.table, card.item.group);
    std::vector<ColumnValue> values;
    for (std::size_t i = 0; i < columns.size() && i < sides.size(); ++i)
        if (sides[i] == Side::Mine)
            values.push_back({columns[i], card.mine[i]});
    std::vector<Change> changes{closing(card, mine ? "mine" : "by_field", {}, who)};
    addUpdate(*card.item.table, *card.now, values, changes);
    return act(mine ? "conflict.mine" : "conflict.by_field", std::move(changes));
}

Result<Act> deleteAfterAll(const InboxCard &card, const QString &reason, const Decider &who)
{
    if (!card.now || !card.item.table)
        return gone();
    std::vector<Change> changes{closing(card, "mine", {}, who)};
    if (!card.now->deleted())
        changes.push_back(makeDelete(*card.item.table, *card.now, reason.simplified().toStdString()));
    return act("conflict.mine", std::move(changes));
}

Result<Act> readAndClose(const InboxCard &card, const QString &note, const Decider &who)
{
    return act("conflict.read", {closing(card, "theirs", note, who)});
}

Result<Act> applyAgain(const InboxCard &card, const Decider &who)
{
    if (card.elsewhere > 0)
        return fail(ErrorCode::Refused, QStringLiteral("A part of this act is not for your role. Ask somebody whose role may see all of it."));
    std::vector<Change> changes{closing(card, "applied", {}, who)};
    for (std::size_t i = 0; i < card.entry.changes.size(); ++i)
        if (const auto added = addAgain(card.entry.changes[i], card.nows[i], valuesOf(card.entry.changes[i]), changes); !added)
            return tl::unexpected(added.error());
    return act("review.apply", std::move(changes));
}

Result<Act> dropReview(const InboxCard &card, const QString &reason, const Decider &who)
{
    return act("review.drop", {closing(card, "dropped", reason, who)});
}

QString whyNotAgain(const Entry &entry)
{
    if (entry.changes.empty())
        return QStringLiteral("A newer Anteroom wrote this. Update Anteroom on this PC, or read it and drop it.");
    if (entry.claim != Claim::None)
        return QStringLiteral("A ticket is taken or called anew in the queue.");
    if (std::ranges::any_of(entry.changes, [](const Change &c) { return c.table->policy == MergePolicy::Compare; }))
        return QStringLiteral("Somebody else decided first. What stands open is in this list; decide on what it says now.");
    return {};
}

Result<Act> againWith(const InboxCard &card, const std::vector<Rewritten> &values)
{
    if (const QString why = whyNotAgain(card.entry); !why.isEmpty())
        return fail(ErrorCode::Refused, why);
    if (card.elsewhere > 0)
        return fail(ErrorCode::Refused, QStringLiteral("A part of this act is not for your role. Ask somebody whose role may see all of it."));
    std::vector<Change> changes;
    for (std::size_t i = 0; i < card.entry.changes.size(); ++i) {
        std::vector<ColumnValue> typed = valuesOf(card.entry.changes[i]);
        for (const Rewritten &r : values) {
            if (r.change != i)
                continue;
            const auto same = std::ranges::find(typed, r.column, &ColumnValue::column);
            if (same != typed.end())
                same->value = r.value;
            else
                typed.push_back({r.column, r.value});
        }
        if (const auto added = addAgain(card.entry.changes[i], card.nows[i], typed, changes); !added)
            return tl::unexpected(added.error());
    }
    if (changes.empty())
        return fail(ErrorCode::Invalid, QStringLiteral("The records hold all of this already. Drop it."));
    return act(card.entry.act.c_str(), std::move(changes));
}

int mostLetters(const InboxCard &card)
{
    if (card.item.kind == InboxKind::Refused)
        return kMostLetters;
    const int column = noteColumn(card);
    const auto room = static_cast<int>(columnAt(tableOf(card), column).maxLength) - static_cast<int>(toQString(card.row[column]).toUcs4().size()) - 1;
    return std::clamp(room, 0, kMostLetters);
}

} // namespace anteroom::node
