#include "ui/records/record_groups.h"

#include "schema/registry.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace anteroom::ui {
namespace {

struct Group {
    const char *title;
    std::array<std::string_view, 8> tables;
};

constexpr std::array kGroups = {
    Group{QT_TRANSLATE_NOOP("Records", "Patients"),
          {"patients", "patient_names", "patient_identifiers", "patient_contacts", "attachments", "attachment_parts", "patient_merges"}},
    Group{QT_TRANSLATE_NOOP("Records", "Care"),
          {"visits", "medical_records", "patient_history", "vitals", "diagnoses", "prescriptions", "prescription_items"}},
    Group{QT_TRANSLATE_NOOP("Records", "Schedule"), {"appointments", "books", "events", "notes", "schedule_drawings"}},
    Group{QT_TRANSLATE_NOOP("Records", "Money"),
          {"patient_bills", "bill_items", "payments", "clinic_services", "prices", "cash_shifts", "cash_movements"}},
    Group{QT_TRANSLATE_NOOP("Records", "Pharmacy"), {"dispense_records", "drugs", "stock_lots", "stock_movements"}},
    Group{QT_TRANSLATE_NOOP("Records", "Clinic"),
          {"active_patient_queue", "patient_queue", "service_points", "rooms", "users", "devices", "clinic_settings"}},
    Group{QT_TRANSLATE_NOOP("Records", "Oversight"), {"sync_conflicts", "sync_reviews", "user_activity_log", "user_sessions", "sync_log"}},
};
constexpr std::size_t kClinic = 5;

bool isNamed(std::string_view table)
{
    return std::any_of(kGroups.begin(), kGroups.end(),
                       [&](const Group &group) { return std::find(group.tables.begin(), group.tables.end(), table) != group.tables.end(); });
}

} // namespace

std::vector<TableGroup> readableGroups(const session::CurrentSession &session)
{
    std::vector<TableGroup> out;
    for (std::size_t i = 0; i < kGroups.size(); ++i) {
        TableGroup group{.title = QCoreApplication::translate("Records", kGroups[i].title), .tables = {}};
        for (const std::string_view name : kGroups[i].tables)
            if (const schema::Table *table = name.empty() ? nullptr : schema::findTable(name); table && session.mayRead(*table))
                group.tables.push_back(table);
        if (i == kClinic)
            for (const schema::Table *table : schema::allTables())
                if (!isNamed(table->name) && session.mayRead(*table))
                    group.tables.push_back(table);
        if (!group.tables.empty())
            out.push_back(std::move(group));
    }
    return out;
}

} // namespace anteroom::ui
