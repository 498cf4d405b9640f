// Small readings of FHIR's JSON that every resource shares: words, codes, days, moments, references. Strangers wrote the
// JSON: every field may be missing or of another type. Knows no table and no rule.
#pragma once

#include "core/result.h"
#include "schema/value.h"

#include <QJsonObject>
#include <QString>

namespace anteroom::exchange {

inline constexpr qsizetype kMaxListed = 50;      // names, codes, notes … of one resource; a real one has a few

[[nodiscard]] QString textOf(const QJsonValue &value);
[[nodiscard]] QString joined(const QJsonValue &list, const QString &separator);
// Words of a CodeableConcept: its text, else the first display, else the first code.
[[nodiscard]] QString conceptText(const QJsonObject &coded);

struct Coding { QString system, code; };
// The first coding with a code; empty where there is none.
[[nodiscard]] Coding codingOf(const QJsonObject &coded);
// A status is a code or a CodeableConcept, by resource.
[[nodiscard]] QString statusOf(const QJsonValue &value);

// The day of a date or dateTime as it is written there, in its own zone; NULL where there is none. Whether it is a day of
// the calendar is asked with the row's other values.
[[nodiscard]] schema::Value dayOf(const QJsonValue &value);
// UTC milliseconds of an instant or dateTime. A day without a time is its noon in UTC, which is
// that day in every zone from −12 to +11; a month or a time without a zone is no moment. NULL where there is nothing.
[[nodiscard]] Result<schema::Value> momentOf(const QJsonValue &value, const QString &field);
// Text of the annotations, one a line.
[[nodiscard]] QString notesOf(const QJsonObject &resource);

// A code as it may stand in a report: what is no plain code is not repeated.
[[nodiscard]] QString shownCode(const QString &code);
[[nodiscard]] tl::unexpected<Error> notTaken(const QString &why);

} // namespace anteroom::exchange
