// Reads FHIR resources from a file: NDJSON, one JSON object a line, streamed, so that the file may be larger than memory;
// or one JSON document, which is a bundle or a single resource. An import adds and never overwrites: what is there and
// equal stays untouched (importing twice changes nothing), what a person changed since is kept. Runs on any thread; writes
// only through the hooks' `sink`, reads only through `lookup` and `where`.
#pragma once

#include "exchange/import_report.h"

class QIODevice;

namespace anteroom::exchange {

class FhirImport;
class ImportWriter;

inline constexpr qint64 kMaxLineBytes = 4 * 1024 * 1024;           // a resource; one with an embedded photo is below 2 MiB
inline constexpr qint64 kMaxDocumentBytes = 64 * 1024 * 1024;      // held whole, and about six times that while it is read

struct FilePlace {
    QString name;                    // as it was given; empty where there is only one
    std::int64_t bytesBefore = 0;    // of the files before it
    std::int64_t bytesTotal = 0;     // of all files; 0: unknown
};

// Errors stop the import (unreadable file, a refused batch); bad lines and documents are in the report.
[[nodiscard]] Result<void> readNdjson(QIODevice &file, const FilePlace &place, ImportWriter &writer, FhirImport &fhir);
[[nodiscard]] Result<void> readDocument(QIODevice &file, const FilePlace &place, ImportWriter &writer, FhirImport &fhir);

// One line without its end. `line` is empty where it is longer than `most`: it is skipped in pieces and never held whole.
enum class Line : std::uint8_t { Read, TooLong, End };
[[nodiscard]] Result<Line> readLine(QIODevice &file, qint64 most, QByteArray &line, std::int64_t &bytes);

// One NDJSON file, from its first line to the last decision.
[[nodiscard]] Result<ImportReport> importNdjson(QIODevice &file, const ImportHooks &hooks);

} // namespace anteroom::exchange
