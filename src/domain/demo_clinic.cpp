#include "domain/demo_maker.h"

#include "domain/demo_names.h"
#include "domain/patient.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/prices.h"
#include "schema/tables/rooms.h"
#include "schema/tables/service_points.h"
#include "schema/tables/users.h"
#include "schema/validation.h"

namespace anteroom::domain {
namespace demo {

using schema::col;
using schema::Value;
namespace tables = schema::tables;

namespace {

struct Place {
    std::string_view name, prefix, policy;
    int targetMin;
};
constexpr Place kPoints[] = {{"Triage", "T", "strict", 30}, {"Consultation", "C", "strict", 50},
    {"Cashier", "B", "ratio", 15}, {"Pharmacy", "P", "aged", 20}};

struct Room {
    std::string_view name;
    int point;
};
constexpr Room kRooms[] = {{"Room 1", Triage}, {"Room 2", Triage}, {"Room 3", Consultation}, {"Room 4", Consultation},
    {"Window 1", Cashier}, {"Window 2", Pharmacy}};

struct Member {
    std::string_view name, role, speciality;
};
constexpr Member kStaff[] = {{"Amina Diallo", "nurse", ""}, {"Dr Samuel Adjei", "doctor", "General practice"},
    {"Dr Inés Ibáñez", "doctor", "Paediatrics"}, {"Rosa Quispe", "receptionist", ""}, {"Tomás Núñez", "cashier", ""},
    {"Leila Haddad", "pharmacist", ""}};

constexpr Service kServices[] = {
    {"CONS", "Consultation", "Consultation", Consultation, 20, 1500},
    {"CONS-FU", "Follow-up consultation", "Consultation", Consultation, 10, 800},
    {"TRIAGE", "Triage and vitals", "Nursing", Triage, 8, 300},
    {"DRESS", "Wound dressing", "Nursing", Triage, 15, 650},
    {"INJ", "Injection", "Nursing", Triage, 5, 400},
    {"ANC", "Antenatal visit", "Consultation", Consultation, 25, 1200},
    {"MAL-RDT", "Malaria rapid test", "Laboratory", Triage, 10, 500},
    {"CERT", "Medical certificate", "Paper", Consultation, 5, 1000},
};

} // namespace

QString Maker::pick(std::span<const std::string_view> list)
{
    const auto text = list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Uuid Maker::id()
{
    Uuid out;
    m_random.fill(out.bytes.data(), out.bytes.size());
    for (int i = 0; i < 6; ++i)
        out.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(setup.nowMs >> (8 * (5 - i)));
    out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0f) | 0x70);
    out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3f) | 0x80);
    return out;
}

schema::Change Maker::row(
    const schema::Table &table, const Uuid &rowId, const std::vector<schema::ColumnValue> &values) const
{
    schema::Change change = schema::makeInsert(table, rowId, values);
    // Cannot fail: the values are ours, and demo_clinic_test validates each.
    (void)schema::canonicalise(change);
    derive(change);
    return change;
}

void addHouse(Maker &maker)
{
    DemoAct staff{.name = "demo.staff"};
    for (const Member &m : kStaff) {
        maker.staff.push_back(maker.id());
        const auto &t = tables::users;
        staff.changes.push_back(maker.row(t, maker.staff.back(),
            {{col(t, "name"), std::string(m.name)}, {col(t, "role"), std::string(m.role)},
                {col(t, "speciality"), std::string(m.speciality)}}));
    }
    DemoAct places{.name = "demo.places"};
    for (const Place &p : kPoints) {
        maker.points.push_back(maker.id());
        const auto &t = tables::service_points;
        places.changes.push_back(maker.row(t, maker.points.back(),
            {{col(t, "name"), std::string(p.name)}, {col(t, "prefix"), std::string(p.prefix)},
                {col(t, "policy"), std::string(p.policy)}, {col(t, "target_minutes"), std::int64_t{p.targetMin}},
                {col(t, "sort_order"), static_cast<std::int64_t>(maker.points.size())}}));
    }
    for (const Room &r : kRooms) {
        maker.rooms.push_back(maker.id());
        const auto &t = tables::rooms;
        places.changes.push_back(maker.row(t, maker.rooms.back(),
            {{col(t, "name"), std::string(r.name)},
                {col(t, "service_point_id"), maker.points[static_cast<std::size_t>(r.point)]},
                {col(t, "sort_order"), static_cast<std::int64_t>(maker.rooms.size())}}));
    }
    DemoAct services{.name = "demo.services"};
    for (const Service &s : kServices) {
        const auto &t = tables::clinic_services;
        const Uuid id = schema::naturalId(t, {std::string(s.code)});
        services.changes.push_back(maker.row(t, id,
            {{col(t, "code"), std::string(s.code)}, {col(t, "name"), std::string(s.name)},
                {col(t, "category"), std::string(s.category)}, {col(t, "duration_minutes"), std::int64_t{s.minutes}},
                {col(t, "service_point_id"), maker.points[static_cast<std::size_t>(s.point)]}}));
        const auto &p = tables::prices;
        const std::string from = maker.setup.clinicDay.addDays(-90).toString(Qt::ISODate).toStdString();
        services.changes.push_back(maker.row(p, schema::naturalId(p, {std::string(s.code), "standard", from}),
            {{col(p, "item_code"), std::string(s.code)}, {col(p, "price_list"), std::string("standard")},
                {col(p, "valid_from"), from}, {col(p, "service_id"), id}, {col(p, "amount"), s.price}}));
    }
    maker.acts.insert(maker.acts.end(), {std::move(staff), std::move(places), std::move(services)});
}

std::span<const Service> services()
{
    return kServices;
}

} // namespace demo

std::vector<DemoAct> demoClinic(const DemoSetup &setup)
{
    demo::Maker maker(setup);
    demo::addHouse(maker);
    demo::addPeople(maker);
    demo::addQueue(maker);
    demo::addAppointments(maker);
    demo::addBills(maker);
    demo::addBooks(maker);
    return std::move(maker.acts);
}

} // namespace anteroom::domain
