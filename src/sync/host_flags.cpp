#include "sync/host_flags.h"

#include "schema/registry.h"
#include "schema/tables/sync_conflicts.h"
#include "sync/digest.h"

namespace anteroom::sync {

using namespace schema;

namespace {

constexpr const Table &kTable = tables::sync_conflicts;
constexpr int kSubjectTable = col(kTable, "subject_table"), kSubjectId = col(kTable, "subject_id"), kClass = col(kTable, "subject_class"),
              kGroup = col(kTable, "merge_group"), kMineUser = col(kTable, "mine_user"), kMineDevice = col(kTable, "mine_device"),
              kMineAt = col(kTable, "mine_at"), kStatus = col(kTable, "status"), kEntry = col(kTable, "entry_uuid"),
              kRule = col(kTable, "rule"), kNote = col(kTable, "note");

Row conflictOf(const Flag &flag, const FlagCause &cause, const Uuid &id)
{
    Row row = emptyRow(kTable, id);
    row[kCreatedAt] = row[kUpdatedAt] = row[kMineAt] = cause.at;
    row[kCreatedBy] = row[kUpdatedBy] = row[kMineUser] = idOrNull(cause.user);
    row[kUpdatedDevice] = row[kMineDevice] = idOrNull(cause.device);
    row[kSubjectTable] = std::int64_t{flag.table->number};
    row[kSubjectId] = flag.id;
    row[kClass] = static_cast<std::int64_t>(flag.table->dataClass);
    row[kGroup] = std::int64_t{0};
    row[kStatus] = std::string("open");
    row[kEntry] = cause.uuid;
    row[kRule] = flag.rule;
    row[kNote] = flag.note;
    return row;
}

} // namespace

void flagRows(Policy &policy, const FlagCause &cause, std::vector<RowAt> &rows, StoreTx &tx)
{
    if (rows.empty())
        return;
    for (const Flag &flag : policy.flags(cause.entry, rows, tx)) {
        const Uuid id = uuidV5(cause.uuid, flag.rule + '/' + std::to_string(flag.table->number) + '/' + flag.id.toString().toStdString());
        if (tx.row(kTable, id) || !tx.find(kTable, {{kSubjectId, flag.id}, {kRule, flag.rule}, {kStatus, std::string("open")}}, 1).empty())
            continue;
        RowAt made{&kTable, conflictOf(flag, cause, id), {rows.back().at.rev, rows.back().at.pos + 1}};
        touch({&made, 1}, tx);
        tx.putRow(kTable, made.row);
        rows.push_back(std::move(made));
    }
}

} // namespace anteroom::sync
