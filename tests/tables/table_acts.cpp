#include "tables/table_acts.h"

#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/prescriptions.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/user_activity_log.h"
#include "sync/codec.h"

namespace anteroom::test {

using namespace node;
using namespace schema;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kDayMs = 24 * 3600 * 1000;

RowMaker::Known known(Replica &replica) { return {replica.identity().user, replica.identity().device}; }

} // namespace

TableActs::TableActs(const Table &table)
    : m_table(table)
    , m_maker(known(m_pair.host()), known(m_pair.client()))
{
}

std::vector<GroupNo> TableActs::groups() const
{
    std::vector<GroupNo> out;
    for (const Group &g : m_table.groups)
        for (const int column : groupColumns(m_table, g.number)) {
            const auto &key = m_table.naturalKey;
            if (std::find(key.begin(), key.end(), columnAt(m_table, column).name) == key.end()) {
                out.push_back(g.number);
                break;
            }
        }
    return out;
}

void TableActs::saveParents()
{
    const std::vector<Change> parents = m_maker.parents();
    if (parents.empty())
        return;
    (void)saved(host(), {"test.parents", parents, {}});
    m_pair.awaitEqual(*parents.back().table, parents.back().id, u"the rows it refers to"_s);
}

Change TableActs::prepared(const Table &table)
{
    Change change = m_maker.insert(table);
    saveParents();
    return change;
}

void TableActs::insert(Replica &replica, const Change &change)
{
    if (change.table == &tables::active_patient_queue) {
        const ClaimOutcome taken = take(replica.commands().takeTicket({"queue.take", {change}, {}}));
        check(!taken.number.empty() && taken.differences.empty(), u"a ticket has a label"_s);
    } else {
        (void)saved(replica, {"test.insert", {change}, {}});
    }
}

Uuid TableActs::ticket(Replica &replica)
{
    const Change change = prepared(tables::active_patient_queue);
    insert(replica, change);
    return change.id;
}

void TableActs::nextDay()
{
    m_pair.clock().ahead(kDayMs);
    m_pair.closeHost();
    m_pair.openHost();
}

Uuid TableActs::lostEdit(const Table &subject, GroupNo group)
{
    const Change insert = prepared(subject);
    (void)saved(host(), {"test.subject", {insert}, {}});
    m_pair.awaitEqual(subject, insert.id, u"the subject of a conflict"_s);
    const Row was = *rowOf(host(), subject, insert.id);
    const auto mine = m_maker.update(subject, was, group), theirs = m_maker.update(subject, was, group);
    check(mine && theirs && mine->groups != theirs->groups, u"two different edits of one group"_s);
    saveParents();
    m_pair.unplug();
    (void)saved(host(), {"test.theirs", {*theirs}, {}});
    (void)saved(client(), {"test.mine", {*mine}, {}});
    m_pair.plug();
    return insert.id;
}

// A conflict names its subject; a review holds the entry that changed it, and is the newest.
Uuid TableActs::aboutSubject(const Uuid &subject)
{
    Uuid id;
    await(host(), u"a row about the subject"_s, [&] {
        for (const Row &row : rowsWhere(host(), m_table, {})) {
            const int named = findColumn(m_table, "subject_id"), entry = findColumn(m_table, "entry");
            const auto *blob = entry < 0 ? nullptr : std::get_if<Blob>(&row[entry]);
            const auto held = blob ? sync::decodeEntry(*blob) : Result<Entry>(Entry{});
            const bool holds = held && !held->changes.empty() && held->changes.front().id == subject;
            if (holds || (named >= 0 && toUuid(row[named]) == subject))
                id = row.id;
        }
        return !id.isNull();
    });
    return id;
}

Uuid TableActs::made(Replica &replica)
{
    Uuid id;
    if (madeByPeople()) {
        const Change change = prepared(m_table);
        insert(replica, change);
        id = change.id;
    } else if (m_table.name == "devices") {
        id = m_pair.joined(u"more%1"_s.arg(++m_devices))->identity().device;
    } else if (&m_table == &tables::sync_conflicts) {
        id = aboutSubject(lostEdit(tables::patients, columnAt(tables::patients, col(tables::patients, "note")).group));
    } else if (&m_table == &tables::sync_reviews) {
        id = aboutSubject(lostEdit(tables::prescriptions, columnAt(tables::prescriptions, col(tables::prescriptions, "note")).group));
    } else if (&m_table == &tables::patient_queue) {
        id = ticket(replica);
        m_pair.awaitEqual(tables::active_patient_queue, id, u"a ticket of today"_s);
        nextDay();
    } else {
        const Change change = m_maker.insert(tables::patients);
        std::vector<Change> all = m_maker.parents();
        all.push_back(change);
        const SaveOutcome act = saved(replica, {"patients.register", all, {}});
        await(replica, u"the act in the log"_s, [&] {
            for (const Row &row : rowsWhere(replica, m_table, {{col(tables::user_activity_log, "entry_uuid"), act.entry}}))
                id = row.id;
            return !id.isNull();
        });
    }
    m_pair.awaitEqual(m_table, id, u"made"_s);
    return id;
}

Row TableActs::shown(Replica &replica, const Uuid &id)
{
    const auto row = rowOf(replica, m_table, id);
    check(row.has_value(), u"the row is not there"_s);
    return *row;
}

Change TableActs::update(Replica &replica, const Uuid &id, GroupNo group)
{
    const auto change = m_maker.update(m_table, shown(replica, id), group);
    check(change.has_value(), u"the group can be changed"_s);
    std::vector<Change> all = m_maker.parents();
    all.push_back(*change);
    (void)saved(replica, {"test.update", all, {}});
    return *change;
}

Change TableActs::erase(Replica &replica, const Uuid &id)
{
    const Change change = makeDelete(m_table, shown(replica, id), "entered twice");
    (void)saved(replica, {"test.delete", {change}, {}});
    return change;
}

} // namespace anteroom::test
