// Text folding for search: two spellings that a receptionist would call the same become equal strings. For comparing
// only, never shown and never stored as what a person typed.
#pragma once

#include <QString>
#include <QStringView>

namespace anteroom {

// Lower case; accents, Arabic vowel signs and tatweel gone; ł ø ß đ æ œ þ ı ħ ŋ by a table; Arabic alef, yeh, kaf and
// teh marbuta forms as one each; Arabic, Persian and other digits as 0…9; apostrophes gone, dashes and runs of blanks as
// one blank. fold(fold(x)) = fold(x); the fold of a beginning is a beginning of the fold, but for a blank at its end.
[[nodiscard]] QString fold(QStringView text);
// The decimal digits of any script as 0…9, all else gone: "+221 76 12-40" → "221761240".
[[nodiscard]] QString digitsOnly(QStringView text);

} // namespace anteroom
