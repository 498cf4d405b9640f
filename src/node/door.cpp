#include "node/door.h"

#include "domain/billing.h"
#include "domain/patient.h"
#include "domain/patient_number.h"
#include "domain/queue.h"
#include "node/act_rules.h"
#include "node/clinic_policy.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/users.h"
#include "schema/validation.h"
#include "sync/audit.h"
#include "sync/codec.h"
#include "sync/merge.h"
#include "sync/references.h"

#include <algorithm>

namespace anteroom::node {

using namespace schema;

namespace {

constexpr int kNumber = col(tables::patients, "number");
constexpr int kDay = col(tables::active_patient_queue, "clinic_day"), kArrived = col(tables::active_patient_queue, "arrived_at"),
              kProvisional = col(tables::active_patient_queue, "provisional_label");

GroupChange &groupOf(Change &change, int column)
{
    const GroupNo number = columnAt(*change.table, column).group;
    for (GroupChange &g : change.groups)
        if (g.group == number)
            return g;
    const std::size_t n = groupColumns(*change.table, number).size();
    const auto at = std::ranges::lower_bound(change.groups, number, {}, &GroupChange::group);      // groups ascend
    return *change.groups.insert(at, {number, std::vector<Value>(n), std::vector<Value>(n)});
}

// The value that an insert gives to a column; a reference, so that it can be filled.
Value &newValue(Change &change, int column)
{
    GroupChange &g = groupOf(change, column);
    const auto columns = groupColumns(*change.table, g.group);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i] == column)
            return g.newValues[i];
    return g.newValues.front();
}

Uuid naturalIdOfChange(const Change &change)
{
    std::vector<ColumnValue> values;
    for (const GroupChange &g : change.groups) {
        const auto columns = groupColumns(*change.table, g.group);
        for (std::size_t i = 0; i < columns.size() && i < g.newValues.size(); ++i)
            values.push_back({columns[i], g.newValues[i]});
    }
    return naturalIdOf(*change.table, values).value_or(change.id);
}

void numberPatient(Change &change, sync::StoreTx &tx)
{
    const auto prefix = tx.state(sync::key::kPrefix);
    Value &number = newValue(change, kNumber);
    if (!isNull(number) || !prefix || prefix->isEmpty())
        return;                                     // without a prefix the host numbers it
    const std::int64_t serial = sync::stateInt(tx, "serial.patients") + 1;
    if (const auto made = domain::patientNumber(QString::fromLatin1(*prefix), serial)) {
        sync::setStateInt(tx, "serial.patients", serial);
        number = made->toStdString();
    }
}

void numberTicket(Change &change, std::int64_t at, bool provisional, sync::StoreTx &tx)
{
    newValue(change, kDay) = clinicDay(tx, at);
    if (Value &arrived = newValue(change, kArrived); isNull(arrived))
        arrived = at;
    const auto prefix = tx.state(sync::key::kPrefix);
    if (!provisional || !prefix || !isNull(newValue(change, kProvisional)))
        return;
    const std::int64_t n = sync::stateInt(tx, "serial.tickets") + 1;
    sync::setStateInt(tx, "serial.tickets", n);
    newValue(change, kProvisional) = domain::provisionalLabel(QString::fromLatin1(*prefix), n).toStdString();
}

} // namespace

Result<Entry> Door::prepare(const Act &act, const Identity &who, Claim claim) const
{
    Entry entry;
    entry.uuid = uuidV7(m_clock, m_random);
    entry.claim = claim;
    entry.act = act.name;
    entry.at = m_clock.utcMs();
    entry.user = act.user.isNull() ? who.user : act.user;
    entry.device = who.device;
    entry.changes = act.changes;
    if (entry.changes.empty())
        return fail(ErrorCode::Invalid, QStringLiteral("Nothing was changed."));
    std::erase_if(entry.changes, [](const Change &c) { return c.op == Op::Update && c.groups.empty(); });      // nothing differs
    if (entry.changes.size() > kMaxChangesPerEntry)
        return fail(ErrorCode::Invalid, QStringLiteral("One act changes at most %1 records. Split it.").arg(kMaxChangesPerEntry));
    for (Change &c : entry.changes) {
        if (const auto why = forbidden(c))
            return fail(ErrorCode::Refused, *why);
        if (c.op == Op::Insert && !c.table->naturalKey.empty() && c.id != naturalIdOfChange(c))
            return fail(ErrorCode::Invalid, QStringLiteral("id: leave it out; it is made of the key, so that two PCs make the same record."), QStringLiteral("id"));
        if (const auto ok = canonicalise(c); !ok)
            return tl::unexpected(ok.error());
        domain::derive(c);
        for (const auto &ok : {domain::checkNamed(c), domain::checkAmounts(c), validate(c)})
            if (!ok)
                return tl::unexpected(ok.error());
    }
    if (sync::encodeEntry(entry).size() > kMaxEntryBytes)
        return fail(ErrorCode::Invalid, QStringLiteral("One act holds at most %1 KiB. Split it.").arg(kMaxEntryBytes / 1024));
    return entry;
}

std::optional<Error> Door::refused(const Entry &entry, sync::StoreTx &tx) const
{
    for (auto rule : {&Door::taken, &Door::missing})
        if (auto words = (this->*rule)(entry, tx))
            return words;
    return ofClosedBill(entry, tx);
}

std::optional<Error> Door::taken(const Entry &entry, sync::StoreTx &tx) const
{
    for (const Change &c : entry.changes) {
        if (c.op != Op::Insert && c.op != Op::Update)
            continue;
        std::optional<Row> after = tx.row(*c.table, c.id);
        sync::overlay(entry, c, after);
        for (const Index &index : c.table->unique) {
            std::vector<sync::Condition> same{{kDeletedAt, Value{}}};
            bool open = !after.has_value();
            for (const std::string_view name : index.columns) {
                const int column = findColumn(*c.table, name);
                open = open || isNull((*after)[column]);
                if (!open)
                    same.push_back({column, (*after)[column]});
            }
            if (open)
                continue;
            for (const Row &other : tx.find(*c.table, same, 2))
                if (other.id != c.id) {
                    const QString column = QString::fromUtf8(index.columns.front().data(), static_cast<qsizetype>(index.columns.front().size()));
                    return Error{ErrorCode::Refused, Severity::Failure,
                                 QStringLiteral("%1: another record has this value already (%2). Open that one, or write another value.").arg(column, other.id.toString()), column};
                }
        }
    }
    return std::nullopt;
}

std::optional<Error> Door::missing(const Entry &entry, sync::StoreTx &tx) const
{
    for (const Change &c : entry.changes)
        for (const sync::RowKey &need : sync::needs(c)) {
            const bool itself = need.table == c.table && need.id == c.id;      // a row that is gone is shown as a difference
            if (itself || sync::creates(entry, need) || tx.row(*need.table, need.id))
                continue;
            return Error{ErrorCode::Refused, Severity::Failure, QString::fromStdString(sync::missingWords(need)), {}};
        }
    return std::nullopt;
}

void Door::number(Entry &entry, bool provisionalLabels, sync::StoreTx &tx) const
{
    // Who is imported here may be imported at the host too, and must not come with two numbers: the host gives it.
    const bool numberedByHost = provisionalLabels && entry.act.starts_with("import");
    for (Change &c : entry.changes) {
        if (c.op != Op::Insert)
            continue;
        if (c.table == &tables::patients && !numberedByHost)
            numberPatient(c, tx);
        else if (c.table == &tables::active_patient_queue)
            numberTicket(c, entry.at, provisionalLabels, tx);
    }
}

std::vector<Difference> Door::differences(const Entry &entry, sync::StoreTx &tx) const
{
    std::vector<Difference> out;
    for (const sync::Mismatch &m : sync::compareShown(entry, tx)) {
        const Change &c = entry.changes[m.change];
        Difference d;
        d.table = c.table;
        d.id = c.id;
        d.group = static_cast<GroupNo>(m.group);
        const std::optional<Row> now = tx.row(*c.table, c.id);
        for (const GroupChange &g : c.groups)
            if (g.group == m.group) {
                d.shown = g.oldValues;
                d.mine = g.newValues;
                d.now = now ? groupValues(*c.table, *now, g.group) : std::vector<Value>{};
            }
        if (const auto by = now ? sync::whoWrote(*now, *c.table, m.group, entry.uuid, tx) : std::nullopt) {
            d.changedAt = by->at;
            if (const auto user = tx.row(tables::users, by->user))
                d.changedBy = toQString((*user)[col(tables::users, "name")]);
        }
        out.push_back(std::move(d));
    }
    return out;
}

std::vector<Row> Door::rowsOf(const Entry &entry, sync::StoreTx &tx)
{
    std::vector<Row> rows;
    for (const Change &c : entry.changes)
        if (auto row = tx.row(*c.table, c.id))
            rows.push_back(std::move(*row));
    return rows;
}

} // namespace anteroom::node
