// A patient's name, search key and phone as rules: what is shown, what is searched for, and the columns that follow
// from others. Pure functions over rows and changes; the write door, the importer and the demo use the same ones.
#pragma once

#include "core/result.h"
#include "domain/birth_date.h"
#include "schema/change.h"

#include <QString>

#include <string_view>
#include <vector>

namespace anteroom::domain {

// The name as the person is called: display_name where one was typed, else given, middle and family name; one of them
// is enough. Never empty: "Unnamed" where the row holds none.
[[nodiscard]] QString displayName(const schema::Row &patient);
// Of what a form holds, before there is a row.
[[nodiscard]] QString displayName(const QString &given, const QString &middle, const QString &family);
// What search compares: all parts of the name, folded.
[[nodiscard]] std::string foldedName(const QString &displayName, const QString &given, const QString &middle, const QString &family);

// Words where a change leaves a patient without any name who is not marked as unknown.
[[nodiscard]] Result<void> checkNamed(const schema::Change &change);

[[nodiscard]] BirthDate birthOf(const schema::Row &patient);
// On `today`, or on the day of death. Nothing where no birth date is known.
[[nodiscard]] std::optional<Age> ageOf(const schema::Row &patient, QDate today);
[[nodiscard]] bool isDeceased(const schema::Row &patient);
[[nodiscard]] Uuid mergedInto(const schema::Row &patient);       // null = not merged

// Fills the columns that follow from others in every group that the change writes (folded_name from the names,
// phone_digits from phone, tax and total of a bill's item …) so that no writer can forget them. Tables without such columns stay as they are. The door
// calls it on each change before it validates; calling it twice changes nothing.
void derive(schema::Change &change);
void derive(const schema::Table &table, schema::Row &row);

} // namespace anteroom::domain
