// A birth date as people know it: a day, a month, a year, or only an age. One field takes all of them. Dates are text
// and calendar arithmetic, never a moment: no zone, no clock (today is an argument), so a birth date cannot shift.
#pragma once

#include "core/result.h"

#include <QDate>
#include <QString>

#include <cstdint>
#include <string>
#include <string_view>

namespace anteroom::domain {

// Day, Month, Year: known so far. Age: only an age was told, the date is counted back from the day it was told.
enum class BirthPrecision : std::uint8_t { Day, Month, Year, Age };

[[nodiscard]] std::string_view toText(BirthPrecision precision);             // "day", "month", "year", "age"
[[nodiscard]] BirthPrecision birthPrecision(std::string_view text, std::string_view date);   // falls back to the date's form

struct BirthDate {
    std::string date;                // "1988-11-20", "1988-11" or "1988"; empty = nobody knows
    BirthPrecision precision = BirthPrecision::Day;
    friend bool operator==(const BirthDate &, const BirthDate &) = default;
};

// How "3/4/1988" reads; a setting of the clinic. What only one order can mean is read so in either.
enum class DateOrder : std::uint8_t { DayFirst, MonthFirst };

inline constexpr int kMaxAgeYears = 130;     // the oldest documented human reached 122

// `34`, `34 y`, `8m`, `3w`, `5d`, `1y 6m`, `1988`, `1988-11`, `11/1988`, `1988-11-20`, `20/11/1988`, `20.11.88`,
// `20 nov 1988`; digits of any script. Empty text is an empty BirthDate. Errors are sentences that say what to write.
[[nodiscard]] Result<BirthDate> parseBirthDate(const QString &text, QDate today, DateOrder order = DateOrder::DayFirst);

// "YYYY", "YYYY-MM" or "YYYY-MM-DD" that names a day of the calendar; what a machine sent (FHIR), nothing else.
[[nodiscard]] Result<BirthDate> isoBirthDate(std::string_view text);

enum class AgeUnit : std::uint8_t { Days, Weeks, Months, Years };

struct Age {
    int value = 0;
    AgeUnit unit = AgeUnit::Years;
    bool about = false;              // the year is all that is known
    friend bool operator==(const Age &, const Age &) = default;
};

// Days below 4 weeks, weeks below 3 months, months below 2 years, then years. On the day of death, pass that day.
[[nodiscard]] std::optional<Age> ageOn(const BirthDate &birth, QDate day);
[[nodiscard]] QString ageText(const Age &age);       // "8 mo", "3 wk", "~40 y" with a no-break space; English

} // namespace anteroom::domain
