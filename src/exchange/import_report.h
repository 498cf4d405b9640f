// What an import is given to work with and what it tells: hooks into the replica, progress, and the account of every
// resource. Plain values; what a report says names types, fields and codes, never a person.
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

namespace anteroom::exchange {

inline constexpr std::size_t kMaxBadLinesListed = 1000;      // the rest is counted: a wrong file must not fill memory
inline constexpr std::size_t kMaxTypesListed = 500;          // FHIR R4 has 148; the rest is counted together
inline constexpr std::size_t kMaxReasonsListed = 100;        // of one type; the rest is counted together

struct BadLine {
    std::int64_t number = 0;         // from 1: a line, or the entry of a bundle; 0: the file as a whole
    QString why;                     // names fields, never what a person is called
    bool entry = false;              // of a bundle
    QString file;                    // as it was given; empty where there is only one
};

struct TypeCount {                   // in = taken + what stands in notTaken
    int in = 0;
    int taken = 0;                   // stands in a record now: added, or here already
    int added = 0;                   // of them, new ones
    int kept = 0;                    // of them, changed or removed here since: left as they are
    int changed = 0;                 // of them, here with older words: a newer list of codes
    int retired = 0;                 // here, and marked inactive since a newer list has them no more; not among `in`
    std::map<QString, int> notTaken; // by reason
};

struct ImportReport {
    int created = 0;                 // patients that were not here
    int unchanged = 0;               // patients that were here, with equal content
    int kept = 0;                    // patients that somebody changed or removed since: left as they are
    int rowsAdded = 0;               // rows in all, further names and identifiers too
    int rowsChanged = 0;             // of a list of codes: new titles, and codes that are no more
    std::map<QString, TypeCount> types;
    std::map<QString, int> otherTypes;       // types that have no place here
    std::vector<BadLine> badLines;
    int badLineCount = 0;
    std::vector<QString> notes;      // sentences about the whole
    bool cancelled = false;          // what was given to the sink before stays
};

struct ImportProgress {
    std::int64_t bytesDone = 0;
    std::int64_t bytesTotal = 0;     // 0: unknown
    int patients = 0;
    int records = 0;                 // resources and codes that were decided on
};

struct ImportHooks {
    // The row as it is here now, also a deleted one; empty where there is none.
    std::function<Result<std::optional<schema::Row>>(const schema::Table &, const Uuid &)> lookup;
    // One transaction: ≤ 500 changes, ≤ 900 KiB, rows of a person together. A dry run gives one that does nothing.
    std::function<Result<void>(std::vector<schema::Change>)> sink;
    // Rows where a column has a value, by ascending id from behind `after` on, `limit` of them. For references to what an
    // earlier import brought, and for lists of codes; without it there are none.
    std::function<Result<std::vector<schema::Row>>(const schema::Table &, const schema::ColumnValue &, const Uuid &after, int limit)> where = {};
    std::function<Result<QString>()> newNumber = {};                  // next patient number; empty: rows get none
    std::function<void(const ImportProgress &)> progress = {};        // after each batch and every 200 lines
    const std::atomic<bool> *cancel = nullptr;                        // checked at every line
};

} // namespace anteroom::exchange
