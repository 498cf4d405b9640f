#include "exchange/import_files.h"

#include "exchange/code_list.h"
#include "exchange/fhir_import.h"
#include "exchange/ndjson_import.h"
#include "schema/tables/code_concepts.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace anteroom::exchange {
namespace {

constexpr qint64 kPeek = 64 * 1024;

// The first type that the file names: a file of patients is read before one of allergies.
QString firstType(QByteArrayView beginning)
{
    static const QRegularExpression type(QStringLiteral("\"resourceType\"\\s*:\\s*\"([A-Za-z]{1,64})\""));
    return type.match(QString::fromLatin1(beginning)).captured(1);
}

struct Chosen {
    QString path;
    FileKind kind = FileKind::Ndjson;
    int rank = 0;
    qint64 size = 0;
};

int rankOf(FileKind kind, const QString &type)
{
    if (kind == FileKind::Codes)
        return 0;
    const QStringList order{QStringLiteral("Patient"), QStringLiteral("Bundle"), QStringLiteral("Medication"), QStringLiteral("Encounter")};
    const auto at = order.indexOf(type);
    return at < 0 ? 9 : static_cast<int>(at) + 1;
}

tl::unexpected<Error> cannotRead(const QString &path)
{
    return fail(ErrorCode::NotFound, QStringLiteral("%1 cannot be read").arg(path), path);
}

Result<void> readOne(const Chosen &chosen, const FilePlace &place, const FileOptions &options, ImportWriter &writer, FhirImport &fhir)
{
    QFile file(chosen.path);
    if (!file.open(QIODevice::ReadOnly))
        return cannotRead(chosen.path);
    if (chosen.kind == FileKind::Ndjson)
        return readNdjson(file, place, writer, fhir);
    if (chosen.kind == FileKind::Document)
        return readDocument(file, place, writer, fhir);
    const QString version = options.codesVersion.isEmpty() ? versionInName(chosen.path) : options.codesVersion;
    if (version.isEmpty())
        return fail(ErrorCode::Invalid, QStringLiteral("The year of the list is not in the name of %1. Name the file like icd10cm_2021.tsv").arg(chosen.path), chosen.path);
    return readCodes(file, place, {schema::tables::kIcd10CmSystem, version, QStringLiteral("ICD-10-CM code")}, writer);
}

} // namespace

FileKind kindOfFile(QByteArrayView beginning)
{
    QByteArray text = beginning.toByteArray();
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    text = text.right(text.size() - std::distance(text.begin(), std::find_if(text.begin(), text.end(), [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; })));
    const qsizetype end = text.indexOf('\n');
    const QByteArray line = (end < 0 ? text : text.left(end)).trimmed();
    if (isCodeList(line))
        return FileKind::Codes;
    if (!line.startsWith('{'))
        return FileKind::Ndjson;                 // each line will say what is wrong with it
    const bool bundle = firstType(text) == QLatin1String("Bundle");
    QJsonParseError error;
    const QJsonDocument first = QJsonDocument::fromJson(line, &error);
    if (first.isObject())
        return bundle && text.size() == line.size() ? FileKind::Document : FileKind::Ndjson;
    // A first line that ends in the middle: the document goes on below, or the line is longer than what was looked at.
    const bool goesOn = error.error == QJsonParseError::UnterminatedObject || error.error == QJsonParseError::UnterminatedArray
        || error.error == QJsonParseError::MissingObject || error.error == QJsonParseError::IllegalValue || line == "{";
    return bundle || (goesOn && end >= 0 && line.size() < 200) ? FileKind::Document : FileKind::Ndjson;
}

Result<ImportReport> importFiles(const QStringList &paths, const FileOptions &options, const ImportHooks &hooks)
{
    std::vector<Chosen> files;
    FilePlace place;
    for (const QString &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return cannotRead(path);
        const QByteArray beginning = file.peek(kPeek);
        const FileKind kind = kindOfFile(beginning);
        files.push_back({path, kind, rankOf(kind, firstType(beginning)), file.isSequential() ? 0 : file.size()});
        place.bytesTotal += files.back().size;
    }
    std::stable_sort(files.begin(), files.end(), [](const Chosen &a, const Chosen &b) { return a.rank < b.rank; });
    ImportReport report;
    ImportWriter writer(hooks, report);
    FhirImport fhir(writer);
    for (const Chosen &file : files) {
        place.name = file.path;
        if (const auto ok = readOne(file, place, options, writer, fhir); !ok)
            return tl::unexpected(ok.error());
        if (writer.cancelled())
            break;
        place.bytesBefore += file.size;
    }
    Result<void> done = fhir.finish();
    if (done)
        done = writer.flush();                   // after Cancel too: the report counts what was kept
    if (!done)
        return tl::unexpected(done.error());
    report.cancelled = writer.cancelled();
    writer.setProgress(place.bytesTotal, place.bytesTotal);
    writer.tellProgress();
    return report;
}

} // namespace anteroom::exchange
