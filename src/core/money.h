// Money: an amount in minor units of the clinic's one currency (cents, fils, whole francs). Every operation that can
// overflow says so. Knows no exchange rates and never touches floating point.
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringView>

#include <compare>
#include <cstdint>

class QLocale;

namespace anteroom {

struct Money {
    std::int64_t minor = 0;
    friend auto operator<=>(const Money &, const Money &) = default;
};

[[nodiscard]] Result<Money> add(Money a, Money b);
[[nodiscard]] Result<Money> subtract(Money a, Money b);
[[nodiscard]] Result<Money> multiply(Money price, std::int64_t quantity);
// amount × numerator / denominator, halves away from zero: a discount of 12.5 % is portion(amount, 125, 1000).
[[nodiscard]] Result<Money> portion(Money amount, std::int64_t numerator, std::int64_t denominator);

// Digits after the separator of an ISO 4217 currency: 2 for most and for unknown ones, 0 for XOF, 3 for KWD.
[[nodiscard]] int currencyDigits(QStringView iso4217);

// "-1234.50": for files, JSON, logs. `digits` is 0…4.
[[nodiscard]] QString plainMoney(Money amount, int digits);
// "1,234.50" as people of that locale write it, without the currency's sign.
[[nodiscard]] QString formatMoney(Money amount, int digits, const QLocale &locale);
// What a person types: "1234.5", "1 234,50", "-3". One separator followed by exactly three digits groups thousands
// where the currency has fewer than three digits ("6,500" is 6500). Refuses more digits than the currency has.
[[nodiscard]] Result<Money> parseMoney(QStringView text, int digits);

} // namespace anteroom
