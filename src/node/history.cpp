#include "node/history.h"

#include "domain/permissions.h"
#include "node/labels.h"
#include "node/replica.h"
#include "node/replica_parts.h"
#include "schema/registry.h"
#include "schema/tables/devices.h"
#include "schema/tables/user_activity_log.h"
#include "schema/tables/users.h"
#include "storage/activity_index.h"
#include "storage/records.h"
#include "sync/audit.h"

namespace anteroom::node {

using namespace schema;
using storage::Connection;

namespace {

constexpr const Table &kLog = tables::user_activity_log;

// A change names all values of a group; a person is told the ones that differ. Of content the log holds the former hash
// alone, which says nothing to anybody.
std::vector<HistoryValue> valuesOf(const Table &table, const sync::AuditStep &step)
{
    std::vector<HistoryValue> values;
    for (const GroupChange &group : step.groups) {
        const auto columns = groupColumns(table, group.group);
        for (std::size_t i = 0; i < columns.size() && i < group.newValues.size(); ++i) {
            const bool known = i < group.oldValues.size() && !columnAt(table, columns[i]).content;
            HistoryValue value{columns[i], known && step.op != Op::Insert ? group.oldValues[i] : Value{}, group.newValues[i]};
            if (value.before != value.after)
                values.push_back(std::move(value));
        }
    }
    return values;
}

void addSteps(History &history, Labeller &labels, const Row &activity, const Table &table, const Row &record)
{
    const auto at = [&](std::string_view column) -> const Value & { return activity[findColumn(kLog, column)]; };
    const auto named = [&](std::string_view column, const Table &of) { return isNull(at(column)) ? QString() : labels.of(of, toUuid(at(column))); };
    const auto steps = sync::auditSteps(activity, table, record.id);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {      // the latest first, within an act too
        HistoryStep told;
        told.activity = activity.id;
        told.entry = toUuid(at("entry_uuid"));
        told.act = std::string(toText(at("action")));
        told.op = step->op;
        told.at = toInt(at("at"));
        told.person = named("user_id", tables::users);
        told.device = named("device_id", tables::devices);
        told.reason = toQString(at("reason"));
        told.values = valuesOf(table, *step);
        const bool lastDelete = step->op == Op::Delete && record.deleted() && toInt(record[kDeletedAt]) == told.at;
        if (told.reason.isEmpty() && lastDelete)
            told.reason = toQString(record[kDeletedReason]);
        for (const HistoryValue &value : told.values)
            for (const Value *side : {&value.before, &value.after})
                labels.addReference(table, value.column, *side, &record);
        history.steps.push_back(std::move(told));
    }
}

} // namespace

Result<History> historyOf(Connection &connection, const Table &table, const Uuid &id, int limit, schema::Role role)
{
    if (const auto may = domain::checkRead(role, table); !may)
        return tl::unexpected(may.error());
    const auto record = storage::readRow(connection, table, id);
    if (!record)
        return fail(ErrorCode::NotFound, QStringLiteral("This record is not on this PC. It may have been taken back, or not have come yet."), id.toString());
    auto activities = storage::activitiesOf(connection, table, id, limit + 1);
    History history;
    history.more = static_cast<int>(activities.size()) > limit;
    if (history.more)
        activities.pop_back();
    Labeller labels(connection, role);
    for (const Row &activity : activities)
        addSteps(history, labels, activity, table, *record);
    history.labels = labels.take();
    return history;
}

QFuture<Result<History>> Queries::history(const Table &table, const Uuid &id, int limit)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([t = &table, id, limit, role](Connection &connection) { return historyOf(connection, *t, id, limit, role); });
}

} // namespace anteroom::node
