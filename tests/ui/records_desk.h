// A clinic with records to list: services in any number, and the Records page of its window.
#pragma once

#include "fake_desk.h"

#include "schema/registry.h"
#include "schema/tables/clinic_services.h"
#include "ui/records/records_list.h"
#include "ui/records/records_page.h"
#include "ui/shell/shell.h"

namespace anteroom::ui {

inline constexpr const schema::Table &kServices = schema::tables::clinic_services;

namespace service {
inline constexpr int kCode = schema::col(kServices, "code");
inline constexpr int kName = schema::col(kServices, "name");
inline constexpr int kCategory = schema::col(kServices, "category");
inline constexpr int kActive = schema::col(kServices, "active");
} // namespace service

inline schema::Change newService(const std::string &code, const std::string &name, const std::string &category = "Nursing")
{
    return schema::makeInsert(kServices, schema::naturalId(kServices, {code}),
                              {{service::kCode, code}, {service::kName, name}, {service::kCategory, category}, {service::kActive, std::int64_t{1}}});
}

inline bool save(node::Replica &replica, std::vector<schema::Change> changes)
{
    const auto outcome = answer(replica.commands().save({.name = "record.add", .changes = std::move(changes)}));
    return outcome && outcome->saved;
}

// S-0001 … , one act for every 500.
inline bool addServices(node::Replica &replica, int from, int to)
{
    std::vector<schema::Change> changes;
    for (int i = from; i <= to; ++i) {
        const std::string number = QStringLiteral("%1").arg(i, 4, 10, QLatin1Char('0')).toStdString();
        changes.push_back(newService("S-" + number, "Service number " + number));
        if (changes.size() == schema::kMaxChangesPerEntry || i == to)
            if (!save(replica, std::exchange(changes, {})))
                return false;
    }
    return true;
}

inline Uuid serviceId(const std::string &code) { return schema::naturalId(kServices, {code}); }

inline std::optional<schema::Row> rowOf(node::Replica &replica, const schema::Table &table, const Uuid &id)
{
    const auto row = answer(replica.queries().record(table, id));
    return row ? *row : std::nullopt;
}

inline bool change(node::Replica &replica, const Uuid &id, const std::vector<schema::ColumnValue> &values)
{
    const auto row = rowOf(replica, kServices, id);
    return row && save(replica, {schema::makeUpdate(kServices, *row, values)});
}

inline bool archive(node::Replica &replica, const Uuid &id)
{
    const auto row = rowOf(replica, kServices, id);
    return row && save(replica, {schema::makeDelete(kServices, *row, "not offered any more")});
}

inline RecordsPage *recordsPage(FakeDesk &desk)
{
    const QString id = QStringLiteral("records");
    return desk.window->shell()->open(id) ? static_cast<RecordsPage *>(desk.window->shell()->page(id)) : nullptr;
}

} // namespace anteroom::ui
