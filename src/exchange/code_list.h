// Imports a list of codes into code_concepts: ICD-10-CM as "code, billable, description" with tabs between them and that
// header in the first line. One row a code, the same id on every PC. A second import changes nothing; a newer list brings
// its titles and marks what it has no more as inactive; an older one changes nothing that is here.
#pragma once

#include "exchange/ndjson_import.h"

#include <QByteArrayView>

namespace anteroom::exchange {

inline constexpr int kMaxCodes = 500'000;            // ICD-10-CM has 95,000, the largest national ICD-10 below 200,000

struct CodeList {
    std::string_view system;
    QString version;                 // "2021": compared as text, so all of one list are written alike
    QString type;                    // what the report calls one: "ICD-10-CM code"
};

[[nodiscard]] bool isCodeList(QByteArrayView firstLine);
// The year in a file's name, "icd10cm_2021.tsv" → "2021"; empty where there is none.
[[nodiscard]] QString versionInName(const QString &fileName);

[[nodiscard]] Result<void> readCodes(QIODevice &file, const FilePlace &place, const CodeList &list, ImportWriter &writer);

} // namespace anteroom::exchange
