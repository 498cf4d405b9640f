#include "exchange/ndjson_import.h"

#include "exchange/fhir_import.h"

#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace anteroom::exchange {
namespace {

constexpr int kProgressEvery = 200;
constexpr char kByteOrderMark[] = "\xef\xbb\xbf";

tl::unexpected<Error> unreadable(const QIODevice &file)
{
    return fail(ErrorCode::Io, QStringLiteral("The file could not be read to its end: %1. Copy it to this PC and try again.").arg(file.errorString()));
}

} // namespace

Result<Line> readLine(QIODevice &file, qint64 most, QByteArray &line, std::int64_t &bytes)
{
    line = file.readLine(most + 2);
    if (line.isEmpty()) {
        if (file.atEnd())
            return Line::End;
        return unreadable(file);
    }
    bytes += line.size();
    if (line.endsWith('\n') || line.size() <= most) {
        if (line.size() <= most + 1)
            return Line::Read;
    } else {
        do {
            line = file.readLine(64 * 1024);
            bytes += line.size();
        } while (!line.isEmpty() && !line.endsWith('\n'));
    }
    line.clear();
    return Line::TooLong;
}

Result<void> readNdjson(QIODevice &file, const FilePlace &place, ImportWriter &writer, FhirImport &fhir)
{
    QByteArray line;
    BadLine at{0, {}, false, place.name};
    std::int64_t bytes = 0;
    const auto bad = [&](const QString &why) {
        at.why = why;
        writer.bad(at);
    };
    for (;;) {
        if (writer.cancelled())
            return {};
        const auto read = readLine(file, kMaxLineBytes, line, bytes);
        if (!read)
            return tl::unexpected(read.error());
        if (*read == Line::End)
            break;
        ++at.number;
        writer.setProgress(place.bytesBefore + bytes, place.bytesTotal);
        writer.setPlace(QStringLiteral("line %1").arg(at.number));
        if (*read == Line::TooLong) {
            bad(QStringLiteral("The line is longer than %1 MiB.").arg(kMaxLineBytes / (1024 * 1024)));
            continue;
        }
        if (at.number == 1 && line.startsWith(kByteOrderMark))
            line.remove(0, 3);
        line = line.trimmed();
        if (line.isEmpty())
            continue;
        if (at.number == 1 && (line == "{" || line == "["))
            return fail(ErrorCode::Invalid, QStringLiteral("This is one JSON document over many lines. The import needs NDJSON: one resource a line."));
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(line, &error);
        if (document.isObject()) {
            if (const auto ok = fhir.take(document.object(), at); !ok)
                return ok;
        } else {
            bad(error.error == QJsonParseError::NoError
                    ? QStringLiteral("The line holds no JSON object.")
                    : QStringLiteral("The line is not JSON (%1, at character %2).").arg(error.errorString()).arg(error.offset));
        }
        if (at.number % kProgressEvery == 0)
            writer.tellProgress();
    }
    return {};
}

Result<void> readDocument(QIODevice &file, const FilePlace &place, ImportWriter &writer, FhirImport &fhir)
{
    BadLine at{0, {}, false, place.name};
    const auto bad = [&](const QString &why) -> Result<void> {
        at.why = why;
        writer.bad(at);
        return {};
    };
    const QByteArray text = file.read(kMaxDocumentBytes + 1);
    if (text.isEmpty() && !file.atEnd())
        return unreadable(file);
    if (text.size() > kMaxDocumentBytes)
        return bad(QStringLiteral("The file is larger than %1 MiB. Export it as NDJSON, one resource a line, or in several bundles.").arg(kMaxDocumentBytes / (1024 * 1024)));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.startsWith(kByteOrderMark) ? text.mid(3) : text, &error);
    if (error.error != QJsonParseError::NoError) {
        at.number = 1 + std::count(text.begin(), text.begin() + std::clamp<qsizetype>(error.offset, 0, text.size()), '\n');
        return bad(QStringLiteral("The file is not JSON from here on (%1). Nothing of it was taken.").arg(error.errorString()));
    }
    if (!document.isObject())
        return bad(QStringLiteral("The file holds no FHIR bundle and no resource."));
    writer.setPlace(QStringLiteral("the beginning of the file"));
    if (const auto ok = fhir.take(document.object(), at); !ok)
        return ok;
    writer.setProgress(place.bytesBefore + text.size(), place.bytesTotal);
    writer.tellProgress();
    return {};
}

Result<ImportReport> importNdjson(QIODevice &file, const ImportHooks &hooks)
{
    ImportReport report;
    ImportWriter writer(hooks, report);
    FhirImport fhir(writer);
    Result<void> done = readNdjson(file, {{}, 0, file.isSequential() ? 0 : file.size()}, writer, fhir);
    if (done)
        done = fhir.finish();
    if (done)
        done = writer.flush();       // after Cancel too: the report counts what was kept
    if (!done)
        return tl::unexpected(done.error());
    report.cancelled = writer.cancelled();
    writer.tellProgress();
    return report;
}

} // namespace anteroom::exchange
