// Patient numbers: the PC's prefix, an own serial, a check character ("AA-000123-7"), so that two PCs never give the
// same number, cable or not. Knows no counter of its own: the serial comes from what the replica already holds.
#pragma once

#include "core/result.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace anteroom::domain {

inline constexpr std::int64_t kMaxPatientSerial = 99'999'999;      // eight digits: nobody reads longer ones aloud

[[nodiscard]] Result<QString> patientNumber(QStringView pcPrefix, std::int64_t serial);
// The serial of a number that this prefix made; nothing for numbers of other PCs and for what is no number.
[[nodiscard]] std::optional<std::int64_t> patientSerial(QStringView number, QStringView pcPrefix);
// What a person typed in the search box: the number as it is stored, if it is one ("aa0001237" too).
[[nodiscard]] std::optional<QString> readPatientNumber(QStringView typed);

} // namespace anteroom::domain
