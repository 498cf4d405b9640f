// Validation from the description: what the door and the host check before a change is taken. Words say what to write.
// Replicas that apply the host's rows never call it: last year's program must take next year's allowed value.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QJsonObject>

namespace anteroom::schema {

// '' → NULL, numbers to the column's type, text to NFC without trailing blanks; error where the type cannot hold it.
[[nodiscard]] Result<Value> canonical(const Column &column, Value value);
// Types, lengths, ranges, allowed values of what the change writes; required columns of an insert. First offence.
[[nodiscard]] Result<void> validate(const Change &change);
// Applies canonical() to every old and new value, in place.
[[nodiscard]] Result<void> canonicalise(Change &change);
// JSON of the command line (GOALS.md): keys are column names, ids text, times ISO 8601 UTC, blobs base64.
[[nodiscard]] Result<Value> valueFromJson(const Column &column, const QJsonValue &json);
[[nodiscard]] QJsonValue valueToJson(const Column &column, const Value &value);
[[nodiscard]] QJsonObject rowToJson(const Table &table, const Row &row);       // "id" first, then every column

} // namespace anteroom::schema
