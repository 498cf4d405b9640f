// What the stories of the fake clinic share: columns by name, and what they look for in the inbox.
#pragma once

#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/notes.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "support/fake_clinic.h"
#include "sync/codec.h"

namespace anteroom::test {

using namespace sync;
using schema::col;
using schema::Value;
using schema::tables::active_patient_queue;
using schema::tables::bill_items;
using schema::tables::clinic_settings;
using schema::tables::notes;
using schema::tables::patient_bills;
using schema::tables::patients;
using schema::tables::payments;
using schema::tables::sync_conflicts;
using schema::tables::sync_reviews;
using transport::Way;

inline constexpr int kEmail = col(patients, "email"), kNote = col(patients, "note"), kLine = col(patients, "address_line"),
                     kCity = col(patients, "city"), kLanguage = col(patients, "language");
inline constexpr int kBillNote = col(patient_bills, "note"), kBillPatient = col(patient_bills, "patient_id"), kBillState = col(patient_bills, "state");
inline constexpr int kTicketState = col(active_patient_queue, "state"), kTicketDesk = col(active_patient_queue, "desk_id"),
                     kTicketNote = col(active_patient_queue, "note");
inline constexpr int kSettingKey = col(clinic_settings, "key"), kSettingValue = col(clinic_settings, "value");

inline Value words(const char *text) { return std::string(text); }

inline std::vector<Row> openConflicts(Desk &desk)
{
    return desk.rows(sync_conflicts, {{col(sync_conflicts, "status"), words("open")}});
}
inline std::vector<Row> openReviews(Desk &desk)
{
    return desk.rows(sync_reviews, {{col(sync_reviews, "status"), words("open")}});
}
inline const Value &of(const Row &row, const Table &table, std::string_view column)
{
    return row[schema::findColumn(table, column)];
}
// A group as a conflict keeps it.
inline Value picture(const Table &table, int column, const Row &row)
{
    const schema::GroupNo group = schema::columnAt(table, column).group;
    return encodeGroup(table, group, schema::groupValues(table, row, group));
}
inline Verdict verdict(Desk &desk, const Saved &saved)
{
    const auto reply = desk.answer(saved.entry);
    return reply ? reply->verdict : Verdict{};
}

} // namespace anteroom::test
