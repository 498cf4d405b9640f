#include "node/clinic_policy.h"

#include "domain/patient.h"
#include "domain/patient_number.h"
#include "domain/queue.h"
#include "node/act_rules.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/devices.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/service_points.h"
#include "schema/tables/users.h"
#include "schema/validation.h"
#include "sync/merge.h"

#include <QDateTime>

#include <set>

namespace anteroom::node {

using namespace schema;
using sync::ClaimResult;
using sync::StoreTx;

namespace {

namespace ticket {
constexpr const Table &kTable = tables::active_patient_queue;
constexpr int kPatient = col(kTable, "patient_id"), kPoint = col(kTable, "service_point_id"), kDay = col(kTable, "clinic_day"),
              kArrived = col(kTable, "arrived_at"), kNumber = col(kTable, "number"), kNumberEpoch = col(kTable, "number_epoch"),
              kEpoch = col(kTable, "epoch_number"), kLabel = col(kTable, "label"), kState = col(kTable, "state"),
              kDesk = col(kTable, "desk_id"), kClaim = col(kTable, "claim_uuid");
} // namespace ticket
namespace closed {
constexpr const Table &kTable = tables::patient_queue;
constexpr int kPoint = col(kTable, "service_point_id"), kDay = col(kTable, "clinic_day"), kNumber = col(kTable, "number"), kEpoch = col(kTable, "epoch_number");
} // namespace closed
constexpr int kPatientNumber = col(tables::patients, "number");

std::string words(const QString &text) { return text.toStdString(); }

ClaimResult refusedClaim(std::string why)
{
    ClaimResult out;
    out.refused = std::move(why);
    return out;
}

// H13: unique by (clinic day, service point, epoch, n), n from 1; closed tickets of the day count too.
std::int64_t nextNumber(const Row &row, const Epoch &epoch, StoreTx &tx)
{
    const std::int64_t open = tx.maxOf(ticket::kTable, ticket::kNumber,
        {{ticket::kDay, row[ticket::kDay]}, {ticket::kPoint, row[ticket::kPoint]}, {ticket::kEpoch, epoch.number}});
    const std::int64_t done = tx.maxOf(closed::kTable, closed::kNumber,
        {{closed::kDay, row[ticket::kDay]}, {closed::kPoint, row[ticket::kPoint]}, {closed::kEpoch, epoch.number}});
    return std::max(open, done) + 1;
}

// The first epoch of the day as this host remembers it. A lost part of the history may have given tickets that nobody
// holds any more: of the epoch before the current one it is believed that it gave some today.
std::int64_t rememberedFirstEpoch(const std::string &day, std::int64_t current, StoreTx &tx)
{
    constexpr std::string_view key = "ticket_epochs";                // "2025-11-20 1 2": day, its first epoch, its last
    const QByteArray stored = tx.state(key).value_or(QByteArray());
    const QList<QByteArray> known = stored.split(' ');
    std::int64_t first = std::max<std::int64_t>(1, current - 1);     // a host that took over
    if (known.size() == 3)
        first = std::min(current, std::int64_t{known[known[0].toStdString() == day ? 1 : 2].toLongLong()});
    if (const QByteArray now = QByteArray::fromStdString(day + ' ' + std::to_string(first) + ' ' + std::to_string(current)); now != stored)
        tx.setState(key, now);
    return first;
}

// How far the epoch is from the first that gave tickets on this day. Epochs between that nobody here knows count: they may
// come back by an offer, with their labels.
int epochOfDay(const Value &day, const Epoch &epoch, StoreTx &tx)
{
    std::int64_t first = rememberedFirstEpoch(std::string(toText(day)), epoch.number, tx);
    for (const Row &r : tx.find(ticket::kTable, {{ticket::kDay, day}}, 100000))
        if (!isNull(r[ticket::kEpoch]))
            first = std::min(first, toInt(r[ticket::kEpoch]));
    return static_cast<int>(epoch.number - first);
}

// Day as the host dates it, number, label: what no desk writes (H12, H13). Words where it cannot be queued.
std::optional<std::string> numberTicket(Row &row, std::int64_t at, std::int64_t now, const Epoch &epoch, StoreTx &tx)
{
    const auto point = tx.row(tables::service_points, toUuid(row[ticket::kPoint]));
    if (!point || point->deleted())
        return "This service point is no more. Choose another one.";
    if (const auto patient = tx.row(tables::patients, toUuid(row[ticket::kPatient])); patient && domain::isDeceased(*patient))
        return "This patient is recorded as deceased and cannot be queued.";
    row[ticket::kDay] = clinicDay(tx, now);
    if (isNull(row[ticket::kArrived]))
        row[ticket::kArrived] = at;
    const std::int64_t n = nextNumber(row, epoch, tx);
    const int ordinal = epochOfDay(row[ticket::kDay], epoch, tx);
    row[ticket::kNumber] = n;
    row[ticket::kEpoch] = epoch.number;
    row[ticket::kNumberEpoch] = std::int64_t{ordinal};
    row[ticket::kLabel] = words(domain::ticketLabel(toQString((*point)[col(tables::service_points, "prefix")]), n, ordinal));
    return std::nullopt;
}

// Numbers are counted in what is written: a second ticket of the same act would get the number of the first.
bool takesTwice(const Entry &entry)
{
    std::set<Uuid> points;
    for (const Change &c : entry.changes) {
        if (c.table != &ticket::kTable || c.op != Op::Insert)
            continue;
        std::optional<Row> row;
        sync::overlay(entry, c, row);
        if (!points.insert(toUuid((*row)[ticket::kPoint])).second)
            return true;
    }
    return false;
}

ClaimResult called(const Row &row)
{
    ClaimResult out;
    out.called = row.id;
    out.desk = toUuid(row[ticket::kDesk]);
    out.number = std::string(toText(row[ticket::kLabel]));
    return out;
}

} // namespace

std::optional<QString> forbidden(const Change &c)
{
    const Table &table = *c.table;
    const QString title = QString::fromUtf8(table.title.data(), static_cast<qsizetype>(table.title.size()));
    if (table.writer == Writer::Door || (table.writer == Writer::Host && c.op == Op::Insert))
        return QStringLiteral("%1 entries are made by Anteroom itself.").arg(title);
    if ((c.op == Op::Update || c.op == Op::Restore) && table.permissions.change == kNobody)
        return QStringLiteral("%1 entries are never changed; add one that corrects it.").arg(title);
    if (c.op == Op::Delete && table.permissions.erase == kNobody)
        return QStringLiteral("%1 entries are never deleted; correct or close it instead.").arg(title);
    return std::nullopt;
}

QTimeZone zoneFromSetting(const std::string &name)
{
    const QTimeZone zone(QByteArray::fromStdString(name));
    return !name.empty() && zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

std::string clinicDay(StoreTx &tx, std::int64_t utcMs)
{
    const auto row = tx.row(tables::clinic_settings, naturalId(tables::clinic_settings, {"clinic.time_zone"}));
    const std::string zone = row ? std::string(toText((*row)[col(tables::clinic_settings, "value")])) : std::string();
    return words(QDateTime::fromMSecsSinceEpoch(utcMs, zoneFromSetting(zone)).date().toString(Qt::ISODate));
}

bool ClinicPolicy::standby(const Uuid &device, StoreTx &tx)
{
    const auto row = tx.row(tables::devices, device);
    return row && !row->deleted() && toInt((*row)[col(tables::devices, "standby")]) == 1 && isNull((*row)[col(tables::devices, "retired_at")]);
}

std::optional<std::string> ClinicPolicy::refuse(const Entry &entry, const sync::Author &, StoreTx &tx)
{
    if (entry.changes.empty())
        return "Nothing was changed.";
    if (!entry.user.isNull() && !tx.row(tables::users, entry.user))      // the audit entry could not name the person
        return "The person who did this is not a user of this clinic (" + entry.user.toString().toStdString() + "). Do it again as somebody who is.";
    // A person who is not known here is taken as before: their row may still be on its way.
    if (const auto role = roleOfUser(entry.user, tx))
        if (const auto no = notPermitted(entry, *role))
            return words(no->detail);
    if (takesTwice(entry))
        return "One act takes one ticket at a service point. Take them one after another.";
    for (const Change &c : entry.changes) {
        if (const auto why = forbidden(c))
            return words(*why);
        if (const auto valid = validate(c); !valid)
            return words(valid.error().detail);
    }
    if (const auto closed = ofClosedBill(entry, tx))
        return words(closed->detail);
    return std::nullopt;
}

// A patient that was registered before this PC had its prefix is numbered by the host, and so is a ticket that a script
// put there without claiming it.
void ClinicPolicy::fillHostColumns(const Entry &entry, const sync::Author &, const Table &table, Row &row, StoreTx &tx)
{
    if (&table == &ticket::kTable && isNull(row[ticket::kNumber]) && toText(row[ticket::kState]) == "waiting")
        (void)numberTicket(row, entry.at, m_clock.utcMs(), sync::stateEpoch(tx), tx);
    if (&table != &tables::patients || !isNull(row[kPatientNumber]))
        return;
    const std::int64_t serial = sync::stateInt(tx, "serial.patients") + 1;
    const auto prefix = tx.state(sync::key::kPrefix);
    const auto number = domain::patientNumber(QString::fromLatin1(prefix.value_or("AA")), serial);
    if (!number)
        return;
    sync::setStateInt(tx, "serial.patients", serial);
    row[kPatientNumber] = words(*number);
}

ClaimResult ClinicPolicy::claim(const Entry &entry, const sync::Author &author, const Epoch &epoch, StoreTx &tx)
{
    if (entry.changes.front().table != &ticket::kTable)
        return refusedClaim("Only a ticket can be claimed.");
    return entry.claim == Claim::Take ? take(entry, epoch, tx) : call(entry, author, tx);
}

ClaimResult ClinicPolicy::take(const Entry &entry, const Epoch &epoch, StoreTx &tx)
{
    const Change &c = entry.changes.front();
    if (c.op != Op::Insert)
        return refusedClaim("Taking a ticket makes a new one.");
    ClaimResult out;
    if (const auto have = tx.row(ticket::kTable, c.id)) {       // H9: a clone or a restored host repeats it
        out.number = std::string(toText((*have)[ticket::kLabel]));
        return out;
    }
    std::optional<Row> row;
    sync::overlay(entry, c, row);
    if (auto why = numberTicket(*row, entry.at, m_clock.utcMs(), epoch, tx))
        return refusedClaim(std::move(*why));
    out.number = std::string(toText((*row)[ticket::kLabel]));
    out.rows.emplace_back(&ticket::kTable, std::move(*row));
    return out;
}

ClaimResult ClinicPolicy::call(const Entry &entry, const sync::Author &author, StoreTx &tx)
{
    const Change &c = entry.changes.front();
    const auto wanted = tx.row(ticket::kTable, c.id);
    if (!wanted)
        return refusedClaim("This ticket is not in today's queue.");
    const std::vector<Row> lane = tx.find(ticket::kTable,
        {{ticket::kDay, (*wanted)[ticket::kDay]}, {ticket::kPoint, (*wanted)[ticket::kPoint]}}, 100000);
    for (const Row &r : lane)
        if (toUuid(r[ticket::kClaim]) == entry.uuid)
            return called(r);                                     // H9: known by the entry, wherever it arrives again
    std::optional<Row> granted;
    if (toText((*wanted)[ticket::kState]) == "waiting" && !wanted->deleted()) {
        granted = *wanted;
    } else {
        const auto point = tx.row(tables::service_points, toUuid((*wanted)[ticket::kPoint]));
        const auto tickets = domain::ticketsAt(lane, toUuid((*wanted)[ticket::kPoint]));
        const auto next = domain::next(tickets, point ? domain::policyOf(*point) : domain::QueuePolicy{}, m_clock.utcMs());
        if (next)
            for (const Row &r : lane)
                if (r.id == tickets[next->index].id)
                    granted = r;
    }
    if (!granted) {
        if (entry.changes.size() == 1)
            return refusedClaim("Nobody waits here.");
        ClaimResult out;
        out.note = "Nobody waits here.";
        return out;
    }
    Change onGranted = c;
    onGranted.id = granted->id;
    sync::overlay(entry, onGranted, granted);
    (*granted)[ticket::kClaim] = entry.uuid;
    if (isNull((*granted)[ticket::kDesk]))
        (*granted)[ticket::kDesk] = author.device;
    ClaimResult out = called(*granted);
    out.rows.emplace_back(&ticket::kTable, std::move(*granted));
    return out;
}

} // namespace anteroom::node
