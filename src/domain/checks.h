// What a clinic's records may say together and yet be wrong: paid too much, given out twice, one person twice. Pure
// functions over rows that were accepted already (the money and the medicine have moved); each answers with one sentence
// for people, without names of persons, or with nothing. They change nothing and refuse nothing.
#pragma once

#include "schema/change.h"

#include <optional>
#include <span>
#include <string>

namespace anteroom::domain {

// Stable names of the rules, as sync_conflicts.rule holds them.
namespace check {
inline constexpr std::string_view kPaid = "paid_more_than_due";
inline constexpr std::string_view kDispensed = "dispensed_more_than_prescribed";
inline constexpr std::string_view kTicket = "second_ticket";
inline constexpr std::string_view kExternalId = "second_external_id";
inline constexpr std::string_view kLogin = "second_login";
inline constexpr std::string_view kPerson = "same_person";
inline constexpr std::string_view kStock = "stock_below_zero";
} // namespace check

// `items` and `payments` are all of this bill. A deposit on a draft is no payment yet; a bill that is void or cancelled
// has nothing due, and is looked at only where a payment just came (`paidNow`): its refund follows the voiding.
[[nodiscard]] std::optional<std::string> paidTooMuch(const schema::Row &bill, std::span<const schema::Row> items,
                                                     std::span<const schema::Row> payments, bool paidNow);

// `records` are dispense_records that may belong to the item; those of other items, cancelled and returned ones do not
// count, nor do those in another unit.
[[nodiscard]] std::optional<std::string> dispensedTooMuch(const schema::Row &item, std::span<const schema::Row> records);
// By its item; where the record names none, by the drug of the prescription that it names.
[[nodiscard]] bool belongsTo(const schema::Row &record, const schema::Row &item);

// `others` are tickets of the same patient.
[[nodiscard]] std::optional<std::string> secondTicket(const schema::Row &ticket, std::span<const schema::Row> others);

// `others` hold the same external_id.
[[nodiscard]] std::optional<std::string> secondDispensing(const schema::Row &record, std::span<const schema::Row> others);
// The same dispensing: what happened to it since (printed, handed over, matched with a patient) makes it no other one.
[[nodiscard]] bool sameDispensing(const schema::Row &asked, const schema::Row &here);

// `others` hold the same login.
[[nodiscard]] std::optional<std::string> secondLogin(const schema::Row &user, std::span<const schema::Row> others);

// `others` have the same folded name: one of them is born on the same day, in full, and of the same sex.
[[nodiscard]] std::optional<std::string> samePerson(const schema::Row &patient, std::span<const schema::Row> others);
// `others` hold the same value: one of another patient is of the same system and in force.
[[nodiscard]] std::optional<Uuid> sameIdentifier(const schema::Row &identifier, std::span<const schema::Row> others);
[[nodiscard]] std::string identifierNote(const schema::Row &identifier);

// `movements` are all of the lot.
[[nodiscard]] std::optional<std::string> stockBelowZero(const schema::Row &lot, std::span<const schema::Row> movements);

} // namespace anteroom::domain
