#include "sync/host_working.h"

#include "schema/registry.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "sync/audit.h"
#include "sync/codec.h"
#include "sync/references.h"
#include "sync/tuning.h"

#include <algorithm>
#include <limits>

namespace anteroom::sync {

using namespace schema;

namespace {

namespace conflicts {
constexpr const Table &kTable = tables::sync_conflicts;
constexpr int kSubjectTable = col(kTable, "subject_table"), kSubjectId = col(kTable, "subject_id"), kClass = col(kTable, "subject_class"),
              kGroup = col(kTable, "merge_group"), kBase = col(kTable, "base"), kMine = col(kTable, "mine"), kTheirs = col(kTable, "theirs"),
              kMineUser = col(kTable, "mine_user"), kMineDevice = col(kTable, "mine_device"), kMineAt = col(kTable, "mine_at"),
              kTheirsUser = col(kTable, "theirs_user"), kTheirsDevice = col(kTable, "theirs_device"), kTheirsAt = col(kTable, "theirs_at"),
              kStatus = col(kTable, "status"), kEntry = col(kTable, "entry_uuid");
} // namespace conflicts

namespace reviews {
constexpr const Table &kTable = tables::sync_reviews;
constexpr int kEntryUuid = col(kTable, "entry_uuid"), kDevice = col(kTable, "author_device"), kUser = col(kTable, "author_user"),
              kSeq = col(kTable, "seq"), kEntry = col(kTable, "entry"), kClass = col(kTable, "subject_class"), kStatus = col(kTable, "status"),
              kWhy = col(kTable, "why"), kAct = col(kTable, "act"), kAt = col(kTable, "at");
} // namespace reviews

void stamp(const Entry &entry, Row &row, bool isNew)
{
    if (isNew) {
        row[kCreatedAt] = entry.at;
        row[kCreatedBy] = idOrNull(entry.user);
    }
    row[kUpdatedAt] = entry.at;
    row[kUpdatedBy] = idOrNull(entry.user);
    row[kUpdatedDevice] = idOrNull(entry.device);
}

Value blobOf(const Table &table, int group, const std::vector<Value> &values)
{
    return group == kWholeRow ? Value{} : Value{encodeGroup(table, static_cast<GroupNo>(group), values)};
}

// H1: a second loss updates the open conflict only where it was typed on top of the first.
std::optional<Row> earlierLoss(const LostGroup &l, const Entry &entry, const Value &old, const Value &mine, const Working &working, StoreTx &tx)
{
    const std::vector<Condition> same{{conflicts::kSubjectTable, std::int64_t{l.change->table->number}}, {conflicts::kSubjectId, l.change->id},
                                      {conflicts::kGroup, std::int64_t{l.group}}, {conflicts::kMineDevice, entry.device},
                                      {conflicts::kStatus, std::string("open")}};
    for (const Row &stored : tx.find(conflicts::kTable, same)) {
        std::optional<Row> row = working.get(conflicts::kTable, stored.id, tx);
        if (row && ((*row)[conflicts::kMine] == old || (*row)[conflicts::kMine] == mine))
            return row;
    }
    return std::nullopt;
}

Row newConflict(const LostGroup &l, const Entry &entry, const Uuid &id, const Value &base)
{
    Row row = emptyRow(conflicts::kTable, id);
    stamp(entry, row, true);
    row[conflicts::kSubjectTable] = std::int64_t{l.change->table->number};
    row[conflicts::kSubjectId] = l.change->id;
    row[conflicts::kClass] = static_cast<std::int64_t>(l.change->table->dataClass);
    row[conflicts::kGroup] = std::int64_t{l.group};
    row[conflicts::kBase] = base;
    row[conflicts::kStatus] = std::string("open");
    row[conflicts::kEntry] = entry.uuid;
    return row;
}

} // namespace

std::optional<Row> Working::get(const Table &table, const Uuid &id, StoreTx &tx) const
{
    const auto found = m_at.find({table.number, id});
    return found == m_at.end() ? tx.row(table, id) : std::optional<Row>(m_rows[found->second].row);
}

void Working::put(const Table &table, Row row)
{
    const auto [at, isNew] = m_at.try_emplace({table.number, row.id}, m_rows.size());
    if (isNew)
        m_rows.push_back({&table, std::move(row), {}});
    else
        m_rows[at->second].row = std::move(row);
}

std::vector<RowAt> Working::take(std::int64_t rev)
{
    m_at.clear();
    std::int32_t pos = 0;
    for (RowAt &r : m_rows)
        r.at = {rev, pos++};
    return std::move(m_rows);
}

bool fitConflicts(const std::vector<LostGroup> &lost)
{
    for (const LostGroup &l : lost) {
        std::size_t bytes = 0;
        for (const auto *values : {&l.base, &l.mine, &l.theirs})
            if (l.group != kWholeRow)
                bytes += static_cast<std::size_t>(encodeGroup(*l.change->table, static_cast<GroupNo>(l.group), *values).size());
        if (bytes > tuning::kPictureBytes)
            return false;
    }
    return true;
}

bool inOpenReview(const RowKey &key, StoreTx &tx)
{
    constexpr int kAll = std::numeric_limits<int>::max();
    for (const Row &row : tx.find(reviews::kTable, {{reviews::kStatus, std::string("open")}}, kAll)) {
        const auto *blob = std::get_if<Blob>(&row[reviews::kEntry]);
        const auto entry = blob ? decodeEntry(*blob) : Result<Entry>(fail(ErrorCode::Protocol, {}));
        if (entry && creates(*entry, key))
            return true;
    }
    return false;
}

void openConflicts(const Entry &entry, const std::vector<LostGroup> &lost, Working &working, StoreTx &tx)
{
    for (const LostGroup &l : lost) {
        const Table &table = *l.change->table;
        const Value base = l.baseKnown ? blobOf(table, l.group, l.base) : Value{}, mine = blobOf(table, l.group, l.mine);
        const std::string cause = std::to_string(table.number) + '/' + l.change->id.toString().toStdString() + '/' + std::to_string(l.group);
        const Uuid id = uuidV5(entry.uuid, cause);          // H18: the same loss makes the same row
        std::optional<Row> row = l.group == kWholeRow ? std::nullopt : earlierLoss(l, entry, base, mine, working, tx);
        if (!row && working.get(conflicts::kTable, id, tx))
            continue;
        if (!row)
            row = newConflict(l, entry, id, base);
        else
            stamp(entry, *row, false);
        const std::optional<Row> held = tx.row(table, l.change->id);          // before this entry: its other groups may be taken
        const std::optional<Writing> theirs = held ? whoWrote(*held, table, l.group, entry.uuid, tx) : std::nullopt;
        (*row)[conflicts::kMine] = mine;
        (*row)[conflicts::kTheirs] = blobOf(table, l.group, l.theirs);
        (*row)[conflicts::kMineUser] = idOrNull(entry.user);
        (*row)[conflicts::kMineDevice] = idOrNull(entry.device);
        (*row)[conflicts::kMineAt] = entry.at;
        (*row)[conflicts::kTheirsUser] = theirs ? idOrNull(theirs->user) : Value{};
        (*row)[conflicts::kTheirsDevice] = theirs ? idOrNull(theirs->device) : Value{};
        (*row)[conflicts::kTheirsAt] = theirs ? Value{theirs->at} : Value{};
        working.put(conflicts::kTable, std::move(*row));
    }
}

void openReview(const Entry &entry, std::int64_t seq, const std::string &why, Working &working, StoreTx &tx)
{
    const Uuid id = uuidV5(entry.uuid, "review");
    if (tx.row(reviews::kTable, id))
        return;
    Row row = emptyRow(reviews::kTable, id);
    stamp(entry, row, true);
    DataClass highest = DataClass::Operational;
    for (const Change &c : entry.changes)
        highest = std::max(highest, c.table->dataClass);
    row[reviews::kEntryUuid] = entry.uuid;
    row[reviews::kDevice] = idOrNull(entry.device);
    row[reviews::kUser] = idOrNull(entry.user);
    row[reviews::kSeq] = seq;
    row[reviews::kEntry] = encodeEntry(entry);
    row[reviews::kClass] = static_cast<std::int64_t>(highest);
    row[reviews::kStatus] = std::string("open");
    row[reviews::kWhy] = why;
    if (!entry.act.empty() && entry.act.size() <= columnAt(reviews::kTable, reviews::kAct).maxLength)      // never cut: it is UTF-8
        row[reviews::kAct] = entry.act;
    row[reviews::kAt] = entry.at;
    working.put(reviews::kTable, std::move(row));
}

} // namespace anteroom::sync
