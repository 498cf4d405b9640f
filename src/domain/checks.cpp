#include "domain/checks.h"

#include "core/text.h"
#include "domain/billing.h"
#include "domain/patient.h"
#include "domain/queue.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/stock_lots.h"
#include "schema/tables/stock_movements.h"
#include "schema/tables/users.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace anteroom::domain {

using namespace schema;
using schema::toText;         // domain has others of this name

namespace {

constexpr double kSameQuantity = 1e-6;       // sums of halves and thirds of a tablet

namespace bill {
constexpr int kState = col(tables::patient_bills, "state"), kNumber = col(tables::patient_bills, "number");
}
namespace item {
constexpr const Table &kTable = tables::prescription_items;
constexpr int kPrescription = col(kTable, "prescription_id"), kDrug = col(kTable, "drug_id"), kName = col(kTable, "drug_name"),
              kQuantity = col(kTable, "quantity"), kUnit = col(kTable, "quantity_unit"), kRefills = col(kTable, "refills");
} // namespace item
namespace record {
constexpr const Table &kTable = tables::dispense_records;
constexpr int kPrescription = col(kTable, "prescription_id"), kItem = col(kTable, "prescription_item_id"), kDrug = col(kTable, "drug_id"),
              kName = col(kTable, "drug_name"), kQuantity = col(kTable, "quantity"), kUnit = col(kTable, "unit"),
              kState = col(kTable, "state"), kExternal = col(kTable, "external_id"), kPatient = col(kTable, "patient_id");
} // namespace record

std::string named(const Row &row, int column, std::string_view otherwise)
{
    const auto text = toText(row[column]);
    return std::string(text.empty() ? otherwise : text);
}

std::string quantityText(double quantity) { return QString::number(quantity, 'g', 10).toStdString(); }

bool sameWords(const Value &a, const Value &b) { return fold(toQString(a)) == fold(toQString(b)); }

double quantityOf(const Row &row, int column)
{
    const auto *real = std::get_if<double>(&row[column]);
    return real ? *real : static_cast<double>(toInt(row[column]));
}

// Of the same unit, or one of them does not say which.
bool countsIn(const Row &r, const Row &i)
{
    return isNull(r[record::kUnit]) || isNull(i[item::kUnit]) || sameWords(r[record::kUnit], i[item::kUnit]);
}

bool givenOut(const Row &r)
{
    const auto state = toText(r[record::kState]);
    return !r.deleted() && state != "cancelled" && state != "returned";
}

bool standsAsPatient(const Row &patient) { return !patient.deleted() && mergedInto(patient).isNull(); }

} // namespace

std::optional<std::string> paidTooMuch(const Row &row, std::span<const Row> items, std::span<const Row> payments, bool paidNow)
{
    const auto state = toText(row[bill::kState]);
    const bool closed = state == "void" || state == "cancelled" || row.deleted();
    const bool draft = state.empty() || state == "draft";
    if (closed && !paidNow)
        return std::nullopt;
    std::vector<Row> counted;
    for (const Row &p : payments)
        if (!draft || toText(p[col(tables::payments, "kind")]) != "deposit")
            counted.push_back(p);
    const auto totals = billTotals(row, closed ? std::span<const Row>{} : items, counted);
    if (!totals)
        return std::nullopt;                 // amounts beyond 64 bits are refused where they are written
    const std::int64_t tooMuch = closed ? totals->paid.minor : -totals->open.minor;
    if (tooMuch <= 0 || (draft && totals->due.minor <= 0))
        return std::nullopt;
    const std::string number = named(row, bill::kNumber, "");
    const std::string which = number.empty() ? "This bill" : "Bill " + number;
    return closed ? which + " is void and was paid all the same. Give the money back, or pay another bill with it."
                  : which + " was paid more than is due. Give back what is too much, or keep it for another bill.";
}

bool belongsTo(const Row &r, const Row &i)
{
    if (!isNull(r[record::kItem]))
        return toUuid(r[record::kItem]) == i.id;
    if (isNull(r[record::kPrescription]) || r[record::kPrescription] != i[item::kPrescription])
        return false;
    if (!isNull(r[record::kDrug]) && !isNull(i[item::kDrug]))
        return r[record::kDrug] == i[item::kDrug];
    return sameWords(r[record::kName], i[item::kName]);
}

std::optional<std::string> dispensedTooMuch(const Row &i, std::span<const Row> records)
{
    if (isNull(i[item::kQuantity]))
        return std::nullopt;
    const double prescribed = quantityOf(i, item::kQuantity) * static_cast<double>(1 + toInt(i[item::kRefills]));
    double given = 0;
    for (const Row &r : records)
        if (givenOut(r) && belongsTo(r, i) && countsIn(r, i))
            given += quantityOf(r, record::kQuantity);
    if (given <= prescribed + kSameQuantity)
        return std::nullopt;
    const std::string unit = named(i, item::kUnit, "");
    return named(i, item::kName, "This medicine") + ": " + quantityText(given) + (unit.empty() ? "" : " " + unit) + " given out, "
        + quantityText(prescribed) + " prescribed. Check what the patient has, and correct the record that is wrong.";
}

std::optional<std::string> secondTicket(const Row &ticket, std::span<const Row> others)
{
    constexpr int kDay = col(tables::active_patient_queue, "clinic_day"), kLabel = col(tables::active_patient_queue, "label");
    const Ticket mine = ticketOf(ticket);
    if (mine.deleted || mine.patient.isNull() || !isActive(mine.state))
        return std::nullopt;
    for (const Row &row : others) {
        const Ticket other = ticketOf(row);
        if (other.id == mine.id || other.deleted || !isActive(other.state) || other.patient != mine.patient
            || other.servicePoint != mine.servicePoint || row[kDay] != ticket[kDay])
            continue;
        return "This patient waits here under " + named(row, kLabel, "another ticket") + " already. Take one of the two away.";
    }
    return std::nullopt;
}

bool sameDispensing(const Row &asked, const Row &here)
{
    // What happens to a dispensing after it was recorded.
    constexpr std::array later{columnAt(tables::dispense_records, col(tables::dispense_records, "printed_at")).group,
                               columnAt(tables::dispense_records, col(tables::dispense_records, "audit_note")).group,
                               columnAt(tables::dispense_records, record::kState).group};
    constexpr GroupNo patientGroup = columnAt(tables::dispense_records, record::kPatient).group;
    for (int i = kStandardCount; i < columnCount(tables::dispense_records); ++i) {
        const GroupNo group = columnAt(tables::dispense_records, i).group;
        const bool isLater = group == kHostFilled || std::ranges::find(later, group) != later.end();
        const bool foundSince = group == patientGroup && isNull(asked[i]);      // the patient is matched afterwards
        if (!isLater && !foundSince && asked[i] != here[i])
            return false;
    }
    return true;
}

std::optional<std::string> secondDispensing(const Row &r, std::span<const Row> others)
{
    if (!givenOut(r) || isNull(r[record::kExternal]))
        return std::nullopt;
    for (const Row &other : others) {
        if (other.id == r.id || !givenOut(other) || other[record::kExternal] != r[record::kExternal])
            continue;
        const std::string which = "The dispensing " + named(r, record::kExternal, "");
        return sameDispensing(r, other) || sameDispensing(other, r)
            ? which + " is recorded twice. Cancel one of the two records."
            : which + " is recorded twice, and the two records say different things. Cancel the one that is wrong.";
    }
    return std::nullopt;
}

std::optional<std::string> secondLogin(const Row &user, std::span<const Row> others)
{
    constexpr int kLogin = col(tables::users, "login");
    if (user.deleted() || toText(user[kLogin]).empty())
        return std::nullopt;
    for (const Row &other : others)
        if (other.id != user.id && !other.deleted() && other[kLogin] == user[kLogin])
            return "The user name " + named(user, kLogin, "") + " belongs to two people. Give one of them another one.";
    return std::nullopt;
}

std::optional<std::string> samePerson(const Row &patient, std::span<const Row> others)
{
    constexpr int kFolded = col(tables::patients, "folded_name"), kSex = col(tables::patients, "sex"), kUnknown = col(tables::patients, "unknown");
    const BirthDate born = birthOf(patient);
    if (!standsAsPatient(patient) || toText(patient[kFolded]).empty() || born.date.empty() || born.precision != BirthPrecision::Day || toInt(patient[kUnknown]) != 0)
        return std::nullopt;
    for (const Row &other : others)
        if (other.id != patient.id && standsAsPatient(other) && other[kFolded] == patient[kFolded] && birthOf(other) == born && other[kSex] == patient[kSex])
            return std::string("This person seems to be registered twice: the same name, day of birth and sex. Compare the two records, and merge them if it is one person.");
    return std::nullopt;
}

std::optional<Uuid> sameIdentifier(const Row &identifier, std::span<const Row> others)
{
    constexpr const Table &t = tables::patient_identifiers;
    constexpr int kPatient = col(t, "patient_id"), kSystem = col(t, "system"), kValue = col(t, "value"), kUse = col(t, "use");
    const auto inForce = [](const Row &row) { return !row.deleted() && toText(row[kUse]) != "old"; };
    if (!inForce(identifier) || toText(identifier[kValue]).empty())
        return std::nullopt;
    for (const Row &other : others)
        if (inForce(other) && other[kPatient] != identifier[kPatient] && other[kSystem] == identifier[kSystem] && other[kValue] == identifier[kValue])
            return toUuid(other[kPatient]);
    return std::nullopt;
}

std::string identifierNote(const Row &identifier)
{
    const std::string kind = named(identifier, col(tables::patient_identifiers, "kind"), "number");
    return "Two patients have the same " + kind + ". Compare the two records; correct the number, or merge them if it is one person.";
}

std::optional<std::string> stockBelowZero(const Row &lot, std::span<const Row> movements)
{
    constexpr int kKind = col(tables::stock_movements, "kind"), kQuantity = col(tables::stock_movements, "quantity_milli");
    std::int64_t left = 0;
    for (const Row &m : movements) {
        if (m.deleted())
            continue;
        const auto kind = toText(m[kKind]);
        const std::int64_t quantity = toInt(m[kQuantity]);
        if (kind == "received")
            left += std::abs(quantity);
        else if (kind == "dispensed" || kind == "expired" || kind == "damaged")
            left -= std::abs(quantity);      // goes out, whichever sign it was written with
        else
            left += quantity;
    }
    if (left >= 0 || lot.deleted())
        return std::nullopt;
    const std::string number = named(lot, col(tables::stock_lots, "lot_number"), "");
    return (number.empty() ? std::string("This lot") : "Lot " + number) + " holds less than nothing: more went out than came in. Count it, and correct the stock.";
}

} // namespace anteroom::domain
