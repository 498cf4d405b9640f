// The rows that benchmarks move: patients of about 181 bytes, from a TSV (id, family, given, birth, sex, phone, address,
// allergies, created_at) or made from a seed; the same seed makes the same rows everywhere.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QString>

#include <vector>

namespace anteroom::app {

// Inserts in the order in which they must be saved: a patient before its history. `file` empty: `count` made rows.
[[nodiscard]] Result<std::vector<schema::Change>> patientInserts(const QString &file, int count);

} // namespace anteroom::app
