// Positions of the columns of a patient that the desk shows, by name at compile time, and how a person is named in one
// line. Pure functions.
#pragma once

#include "domain/birth_date.h"
#include "schema/change.h"
#include "schema/tables/patients.h"

#include <QDate>

namespace anteroom::ui {

inline constexpr const schema::Table &kPatients = schema::tables::patients;

namespace patient {
inline constexpr int kNumber = schema::col(kPatients, "number");
inline constexpr int kFamily = schema::col(kPatients, "family_name");
inline constexpr int kGiven = schema::col(kPatients, "given_name");
inline constexpr int kDisplay = schema::col(kPatients, "display_name");
inline constexpr int kUnknown = schema::col(kPatients, "unknown");
inline constexpr int kBirthDate = schema::col(kPatients, "birth_date");
inline constexpr int kBirthPrecision = schema::col(kPatients, "birth_precision");
inline constexpr int kBirthCapturedOn = schema::col(kPatients, "birth_captured_on");
inline constexpr int kSex = schema::col(kPatients, "sex");
inline constexpr int kPhone = schema::col(kPatients, "phone");
inline constexpr int kSecondPhone = schema::col(kPatients, "second_phone");
inline constexpr int kEmail = schema::col(kPatients, "email");
inline constexpr int kAddress = schema::col(kPatients, "address_line");
inline constexpr int kDistrict = schema::col(kPatients, "district");
inline constexpr int kCity = schema::col(kPatients, "city");
inline constexpr int kDeceased = schema::col(kPatients, "deceased");
inline constexpr int kDeceasedOn = schema::col(kPatients, "deceased_on");
inline constexpr int kNationalId = schema::col(kPatients, "national_id");
inline constexpr int kOccupation = schema::col(kPatients, "occupation");
inline constexpr int kNote = schema::col(kPatients, "note");
} // namespace patient

[[nodiscard]] QString patientName(const schema::Row &patient);                    // never empty
[[nodiscard]] QString sexLetter(const schema::Row &patient);                      // "F", "M", "O", or empty
[[nodiscard]] QString sexWord(const QString &value);                              // "Female"
[[nodiscard]] QString patientAge(const schema::Row &patient, QDate today);        // "34 y", "8 mo", "~40 y" or empty
[[nodiscard]] QString ageWords(const domain::Age &age);                           // translated; from two weeks on in weeks
[[nodiscard]] QString ageAndSex(const schema::Row &patient, QDate today);         // "34 y · F"
[[nodiscard]] domain::BirthDate birthOf(const schema::Row &patient);
[[nodiscard]] QString birthText(const domain::BirthDate &birth);                  // "12 Mar 1992", "Mar 1992", "about 1992"
[[nodiscard]] QString dateText(QDate day);                                        // "12 Mar 1992"
[[nodiscard]] QString addressText(const schema::Row &patient);                    // one line, parts that are known
[[nodiscard]] bool hasDied(const schema::Row &patient);

} // namespace anteroom::ui
