#include "sync/audit.h"

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "sync/cbor.h"

#include <map>

namespace anteroom::sync {

using namespace schema;

namespace {

const Table &log() { return tables::user_activity_log; }

// [[table, id, op, [[group, [old…], [new…]]…]]…]; of an import only table and id: the batch itself is the record.
QByteArray details(const std::vector<const Change *> &changes, bool idsOnly)
{
    QByteArray out;
    CborWriter w(&out);
    w.array(changes.size());
    for (const Change *c : changes) {
        w.array(4);
        w.integer(c->table->number);
        w.id(c->id);
        w.integer(static_cast<int>(c->op));
        w.array(idsOnly ? 0 : c->groups.size());
        for (const GroupChange &g : c->groups) {
            if (idsOnly)
                break;
            w.array(3);
            w.integer(g.group);
            for (const auto *values : {&g.oldValues, &g.newValues}) {
                w.array(values->size());
                for (const Value &v : *values)
                    w.value(v);
                w.end();
            }
            w.end();
        }
        w.end();
        w.end();
    }
    w.end();
    return out;
}

} // namespace

std::vector<Change> auditChanges(const Entry &entry)
{
    static constexpr int kEntry = col(tables::user_activity_log, "entry_uuid"), kAction = col(tables::user_activity_log, "action"),
                         kTable = col(tables::user_activity_log, "subject_table"), kId = col(tables::user_activity_log, "subject_id"),
                         kClass = col(tables::user_activity_log, "subject_class"), kDetails = col(tables::user_activity_log, "details"),
                         kAt = col(tables::user_activity_log, "at"), kUser = col(tables::user_activity_log, "user_id"),
                         kDevice = col(tables::user_activity_log, "device_id");
    std::map<DataClass, std::vector<const Change *>> byClass;
    for (const Change &c : entry.changes)
        byClass[c.table->dataClass].push_back(&c);
    const bool import = entry.act.starts_with("import");
    std::vector<Change> out;
    for (const auto &[dataClass, changes] : byClass) {
        const auto number = static_cast<std::int64_t>(dataClass);
        const Uuid id = uuidV5(entry.uuid, "audit" + std::to_string(number));
        out.push_back(makeInsert(log(), id, {
            {kEntry, entry.uuid}, {kAction, entry.act},
            {kTable, std::int64_t{changes.front()->table->number}}, {kId, changes.front()->id}, {kClass, number},
            {kDetails, details(changes, import)},
            {kAt, entry.at}, {kUser, idOrNull(entry.user)}, {kDevice, idOrNull(entry.device)},
        }));
    }
    return out;
}

Entry withAudit(Entry entry)
{
    std::vector<Change> audit = auditChanges(entry);
    for (Change &c : audit)
        entry.changes.push_back(std::move(c));
    return entry;
}

} // namespace anteroom::sync
