#include "node/setup.h"

#include "node/core_context.h"
#include "schema/registry.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/devices.h"
#include "schema/tables/service_points.h"
#include "schema/tables/users.h"

#include <QDir>
#include <QTimeZone>

namespace anteroom::node {

using namespace schema;

namespace {

Row stamped(const Table &table, const Uuid &id, const Identity &who, std::int64_t nowMs)
{
    Row row = emptyRow(table, id);
    row[kCreatedAt] = row[kUpdatedAt] = nowMs;
    row[kCreatedBy] = row[kUpdatedBy] = idOrNull(who.user);
    row[kUpdatedDevice] = idOrNull(who.device);
    return row;
}

void addSetting(MadeRows &rows, const Identity &who, std::int64_t nowMs, const std::string &key, const QString &value)
{
    Row row = stamped(tables::clinic_settings, naturalId(tables::clinic_settings, {key}), who, nowMs);
    row[col(tables::clinic_settings, "key")] = key;
    row[col(tables::clinic_settings, "value")] = text(value);
    rows.emplace_back(&tables::clinic_settings, std::move(row));
}

void addPoint(MadeRows &rows, const Identity &who, std::int64_t nowMs, const char *name, const char *prefix, int order)
{
    // made of the clinic and the name, so that starting twice cannot double them
    Row row = stamped(tables::service_points, uuidV5(who.clinic, std::string("service_point/") + name), who, nowMs);
    row[col(tables::service_points, "name")] = std::string(name);
    row[col(tables::service_points, "prefix")] = std::string(prefix);
    row[col(tables::service_points, "sort_order")] = std::int64_t{order};
    row[col(tables::service_points, "policy")] = std::string("strict");
    row[col(tables::service_points, "target_minutes")] = std::int64_t{30};
    row[col(tables::service_points, "active")] = std::int64_t{1};
    rows.emplace_back(&tables::service_points, std::move(row));
}

QString storedText(sync::StoreTx &tx, std::string_view key)
{
    return QString::fromUtf8(tx.state(key).value_or(QByteArray()));
}

Uuid storedId(sync::StoreTx &tx, std::string_view key)
{
    return Uuid::fromBytes(tx.state(key).value_or(QByteArray())).value_or(Uuid{});
}

} // namespace

MadeRows clinicRows(const Identity &identity, std::int64_t nowMs)
{
    MadeRows rows;
    addSetting(rows, identity, nowMs, "clinic.id", identity.clinic.toString());
    addSetting(rows, identity, nowMs, "clinic.name", identity.clinicName);
    addSetting(rows, identity, nowMs, "clinic.time_zone", QString::fromLatin1(QTimeZone::systemTimeZoneId()));
    if (identity.demo)
        return rows;                                 // the demo brings its own points, rooms and people
    addPoint(rows, identity, nowMs, "Triage", "T", 1);
    addPoint(rows, identity, nowMs, "Consultation", "C", 2);
    addPoint(rows, identity, nowMs, "Cashier", "B", 3);
    addPoint(rows, identity, nowMs, "Pharmacy", "P", 4);
    return rows;
}

MadeRows deviceAndUserRows(const Identity &identity, const std::string &program, std::int64_t nowMs)
{
    MadeRows rows;
    Row device = stamped(tables::devices, identity.device, identity, nowMs);
    device[col(tables::devices, "name")] = text(identity.deviceName);
    device[col(tables::devices, "scope")] = std::string("full");
    device[col(tables::devices, "standby")] = std::int64_t{0};
    device[col(tables::devices, "program_version")] = program;
    device[col(tables::devices, "added_at")] = nowMs;
    device[col(tables::devices, "added_by")] = identity.user;
    rows.emplace_back(&tables::devices, std::move(device));
    Row user = stamped(tables::users, identity.user, identity, nowMs);
    user[col(tables::users, "name")] = text(identity.personName);
    user[col(tables::users, "role")] = std::string("admin");
    user[col(tables::users, "active")] = std::int64_t{1};
    rows.emplace_back(&tables::users, std::move(user));
    return rows;
}

void storeIdentity(const Identity &identity, sync::StoreTx &tx)
{
    tx.setState(key::kClinic, identity.clinic.toBytes());
    tx.setState(key::kDevice, identity.device.toBytes());
    tx.setState(key::kUser, identity.user.toBytes());
    tx.setState(key::kClinicName, identity.clinicName.toUtf8());
    tx.setState(key::kDeviceName, identity.deviceName.toUtf8());
    tx.setState(key::kPersonName, identity.personName.toUtf8());
    tx.setState(key::kDemo, identity.demo ? QByteArrayLiteral("1") : QByteArray());
}

Identity loadIdentity(sync::StoreTx &tx)
{
    Identity who;
    who.clinic = storedId(tx, key::kClinic);
    who.device = storedId(tx, key::kDevice);
    who.user = storedId(tx, key::kUser);
    who.clinicName = storedText(tx, key::kClinicName);
    who.deviceName = storedText(tx, key::kDeviceName);
    who.personName = storedText(tx, key::kPersonName);
    who.demo = !tx.state(key::kDemo).value_or(QByteArray()).isEmpty();
    return who;
}

QString tokenPath(const QString &dataDir)
{
    return QDir(dataDir).filePath(QStringLiteral("device.token"));
}

} // namespace anteroom::node
