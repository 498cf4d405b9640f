// Imports files as a person chose them: finds out what each is, reads them in the order in which nothing has to wait, and
// gives one account of all. FHIR R4 bundles, NDJSON of FHIR resources, ICD-10-CM lists.
#pragma once

#include "exchange/import_report.h"

#include <QStringList>

namespace anteroom::exchange {

enum class FileKind : std::uint8_t { Ndjson, Document, Codes };

struct FileOptions {
    QString codesVersion;            // of lists of codes; empty: the year in each file's name
};

[[nodiscard]] FileKind kindOfFile(QByteArrayView beginning);

// Errors: a file that cannot be opened or read, a batch that was refused. Everything else is in the report.
[[nodiscard]] Result<ImportReport> importFiles(const QStringList &paths, const FileOptions &options, const ImportHooks &hooks);

} // namespace anteroom::exchange
