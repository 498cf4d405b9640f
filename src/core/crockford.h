// Crockford base32: what people read aloud and type back. Access codes, PC prefixes, and numbers of patients, bills and
// receipts with a Luhn mod 32 check character, which finds every single wrong character and every swap of neighbours but
// one pair. Never used for anything secret by itself.
#pragma once

#include "core/result.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <optional>
#include <string_view>

namespace anteroom {

inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";      // without I, L, O, U

// Value 0…31 of a character as typed: lower case too, O as 0, I and L as 1. Nothing for any other.
[[nodiscard]] std::optional<int> crockfordValue(QChar c);
// As typed to canonical: upper case, O → 0, I and L → 1, blanks and dashes gone. Nothing if another character is in it.
[[nodiscard]] std::optional<QString> normaliseCrockford(QStringView typed);

// The Luhn mod 32 check character of canonical `body`; nothing if `body` is not canonical.
[[nodiscard]] std::optional<QChar> checkCharacter(QStringView body);

// Patient, bill and receipt numbers: "AA-000123-7" = prefix, serial in decimal with at least six digits, check character
// over both. Two replicas never share a prefix, so numbers made offline never meet.
[[nodiscard]] Result<QString> makeNumber(QStringView prefix, std::int64_t serial);
// What a person typed, with or without dashes, in any case, to the form that makeNumber() gives. An error says which
// part is wrong: too short, a strange character, or the check character.
[[nodiscard]] Result<QString> parseNumber(QStringView typed, int prefixLength = 2);

} // namespace anteroom
