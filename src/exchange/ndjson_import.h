// Imports FHIR resources from a file with one JSON object a line. Streams: the file may be larger than memory. An import
// adds and never overwrites: what is there and equal stays untouched (importing twice changes nothing), what a person
// changed since is kept. Runs on any thread; writes only through `sink`, reads only through `lookup`.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QString>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

class QIODevice;

namespace anteroom::exchange {

inline constexpr qint64 kMaxLineBytes = 4 * 1024 * 1024;     // a resource; one with an embedded photo is below 2 MiB
inline constexpr std::size_t kMaxBadLinesListed = 1000;      // the rest is counted: a wrong file must not fill memory

struct BadLine {
    std::int64_t number = 0;         // from 1
    QString why;                     // names fields, never what a person is called
};

struct ImportReport {
    int created = 0;                 // patients that were not here
    int unchanged = 0;               // patients that were here, with equal content
    int kept = 0;                    // patients that somebody changed or removed since: left as they are
    int rowsAdded = 0;               // rows in all, further names and identifiers too
    std::map<QString, int> otherTypes;
    std::vector<BadLine> badLines;
    int badLineCount = 0;
    bool cancelled = false;          // what was given to the sink before stays
};

struct ImportProgress {
    std::int64_t bytesDone = 0;
    std::int64_t bytesTotal = 0;     // 0: unknown
    int patients = 0;
};

struct ImportHooks {
    // The row as it is here now, also a deleted one; empty where there is none.
    std::function<Result<std::optional<schema::Row>>(const schema::Table &, const Uuid &)> lookup;
    // One transaction: ≤ 500 changes, ≤ 900 KiB, rows of a person together. A dry run gives one that does nothing.
    std::function<Result<void>(std::vector<schema::Change>)> sink;
    std::function<Result<QString>()> newNumber = {};                  // next patient number; empty: rows get none
    std::function<void(const ImportProgress &)> progress = {};        // after each batch and every 200 lines
    const std::atomic<bool> *cancel = nullptr;                        // checked at every line
};

// The error is one that stops the import (unreadable file, a refused batch); bad lines are in the report.
[[nodiscard]] Result<ImportReport> importNdjson(QIODevice &file, const ImportHooks &hooks);

} // namespace anteroom::exchange
