#include "sync/audit.h"

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "sync/cbor.h"
#include "sync/codec_rows.h"
#include "sync/merge.h"

#include <limits>
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

GroupChange readGroup(CborReader &r, const Table &table)
{
    GroupChange group;
    r.exactArray(3);
    const std::int64_t number = r.integer();
    if (number <= kHostFilled || number > std::numeric_limits<GroupNo>::max() || !findGroup(table, static_cast<GroupNo>(number)))
        r.bad();
    group.group = static_cast<GroupNo>(number);
    const auto columns = r.ok() ? groupColumns(table, group.group) : std::span<const int>{};
    for (auto *values : {&group.oldValues, &group.newValues}) {
        const std::size_t count = r.array(detail::kMaxColumns);
        for (std::size_t i = 0; i < count && r.ok(); ++i) {
            if (i >= columns.size()) {
                r.skip();                               // a column that a newer program wrote
                continue;
            }
            const Column &column = columnAt(table, columns[i]);
            const bool hash = column.content && values == &group.oldValues;
            values->push_back(r.value(hash ? Type::Blob : column.type));
        }
        r.leave();
    }
    r.leave();
    return group;
}

// True if the details name this row and group, with these values as the new ones.
bool wrote(const Blob &details, const Table &table, const Uuid &id, int group, const std::vector<Value> &values)
{
    const auto columns = groupColumns(table, static_cast<GroupNo>(group));
    CborReader r(details);
    bool found = false;
    for (std::size_t n = r.array(kMaxChangesPerEntry); n > 0 && r.ok() && !found; --n) {
        r.exactArray(4);
        const bool here = r.integer() == table.number;
        const bool same = r.id() == id && here;
        r.skip();
        if (same && group == kWholeRow)
            return r.ok();
        if (!same) {
            r.skip();
            r.leave();
            continue;
        }
        for (std::size_t groups = r.array(detail::kMaxColumns); groups > 0 && r.ok(); --groups) {
            r.exactArray(3);
            const bool asked = r.integer() == group;
            r.skip();
            if (!asked) {
                r.skip();
            } else {
                std::vector<Value> now;
                const std::size_t count = r.array(detail::kMaxColumns);
                for (std::size_t i = 0; i < count && i < columns.size(); ++i)
                    now.push_back(r.value(columnAt(table, columns[i]).type));
                found = found || (r.ok() && now == values);
                r.leave();
            }
            r.leave();
        }
        r.leave();
        r.leave();
    }
    return found && r.ok();
}

} // namespace

std::vector<AuditStep> auditSteps(const Row &activity, const Table &table, const Uuid &id)
{
    const auto *details = std::get_if<Blob>(&activity[col(tables::user_activity_log, "details")]);
    if (!details)
        return {};
    std::vector<AuditStep> steps;
    CborReader r(*details);
    for (std::size_t n = r.array(kMaxChangesPerEntry); n > 0 && r.ok(); --n) {
        r.exactArray(4);
        const bool here = r.integer() == table.number;
        const bool same = r.id() == id && here;
        const std::int64_t op = r.integer();
        if (!same || op < static_cast<int>(Op::Insert) || op > static_cast<int>(Op::Restore)) {
            r.skip();
            r.leave();
            continue;
        }
        AuditStep step{static_cast<Op>(op), {}};
        for (std::size_t groups = r.array(detail::kMaxColumns); groups > 0 && r.ok(); --groups)
            step.groups.push_back(readGroup(r, table));
        r.leave();
        r.leave();
        if (r.ok())
            steps.push_back(std::move(step));
    }
    return steps;
}

std::vector<std::pair<std::uint16_t, Uuid>> auditSubjects(const Row &activity)
{
    const auto *details = std::get_if<Blob>(&activity[col(tables::user_activity_log, "details")]);
    if (!details)
        return {};
    std::vector<std::pair<std::uint16_t, Uuid>> subjects;
    CborReader r(*details);
    for (std::size_t n = r.array(kMaxChangesPerEntry); n > 0 && r.ok(); --n) {
        r.exactArray(4);
        const auto number = static_cast<std::uint16_t>(r.integer());
        subjects.emplace_back(number, r.id());
        r.skip();
        r.skip();
        r.leave();
    }
    return subjects;
}

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

std::optional<Writing> whoWrote(const Row &row, const Table &table, int group, const Uuid &not_, StoreTx &tx)
{
    static constexpr int kEntry = col(tables::user_activity_log, "entry_uuid"), kId = col(tables::user_activity_log, "subject_id"),
                         kDetails = col(tables::user_activity_log, "details"), kAt = col(tables::user_activity_log, "at"),
                         kUser = col(tables::user_activity_log, "user_id"), kDevice = col(tables::user_activity_log, "device_id");
    const std::vector<Value> values = group == kWholeRow ? std::vector<Value>{} : groupValues(table, row, static_cast<GroupNo>(group));
    std::optional<Writing> last;
    std::int64_t lastRev = -1;
    for (const Row &told : tx.find(log(), {{kId, row.id}})) {
        const auto *details = std::get_if<Blob>(&told[kDetails]);
        if (!details || toUuid(told[kEntry]) == not_ || !wrote(*details, table, row.id, group, values))
            continue;
        const auto at = tx.touched(log(), told.id);
        const std::int64_t rev = at ? at->rev : std::numeric_limits<std::int64_t>::max();     // not sent yet: the newest
        if (rev >= lastRev) {
            lastRev = rev;
            last = Writing{toUuid(told[kUser]), toUuid(told[kDevice]), toInt(told[kAt])};
        }
    }
    const bool asCreated = row[kCreatedAt] == row[kUpdatedAt] && row[kCreatedBy] == row[kUpdatedBy];
    if (!last && asCreated)
        last = Writing{toUuid(row[kUpdatedBy]), toUuid(row[kUpdatedDevice]), toInt(row[kUpdatedAt])};
    return last;
}

} // namespace anteroom::sync
