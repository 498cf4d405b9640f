#include "exchange/ndjson_import.h"

#include "exchange/fhir_patient.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"

#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>

#include <unordered_set>

namespace anteroom::exchange {
namespace {

using schema::Change;

constexpr int kProgressEvery = 200;
constexpr std::size_t kBatchBytes = 800 * 1024; // by estimate; leaves room below schema::kMaxEntryBytes

std::size_t estimatedBytes(const Change &change)
{
    std::size_t bytes = 64;
    for (const auto &group : change.groups)
        for (const auto &value : group.newValues) {
            bytes += 12;
            if (const auto *s = std::get_if<std::string>(&value))
                bytes += s->size();
        }
    return bytes;
}

// Equal where the import says something; a group that the import leaves empty is none of its business.
bool sameAs(const schema::Row &row, const Change &change)
{
    for (const auto &group : change.groups)
        if (schema::groupValues(*change.table, row, group.group) != group.newValues)
            return false;
    return true;
}

class Import {
public:
    Import(QIODevice &file, const ImportHooks &hooks) : m_file(file), m_hooks(hooks) { }
    Result<ImportReport> run();

private:
    enum class Line : std::uint8_t { Read, TooLong, End };
    Result<Line> readLine(QByteArray &line);
    Result<void> take(const QByteArray &line);
    Result<void> takePatient(std::vector<Change> changes);
    Result<void> giveNumber(Change &patient);
    Result<void> flush();
    void bad(const QString &why);
    void tellProgress() const;

    QIODevice &m_file;
    const ImportHooks &m_hooks;
    ImportReport m_report;
    std::vector<Change> m_batch;
    std::size_t m_batchBytes = 0;
    std::unordered_set<Uuid> m_added; // of this run: a resource twice in one file is one person
    std::int64_t m_line = 0;
    std::int64_t m_bytes = 0;
    int m_patients = 0;
};

Result<Import::Line> Import::readLine(QByteArray &line)
{
    line = m_file.readLine(kMaxLineBytes + 2);
    if (line.isEmpty()) {
        if (m_file.atEnd())
            return Line::End;
        return fail(ErrorCode::Io,
            QStringLiteral("The file could not be read to its end: %1. Copy it to this PC and try again.")
                .arg(m_file.errorString()));
    }
    ++m_line;
    m_bytes += line.size();
    if (line.endsWith('\n') || line.size() <= kMaxLineBytes)
        return line.size() <= kMaxLineBytes + 1 ? Line::Read : Line::TooLong;
    while (!line.endsWith('\n')) { // skipped in pieces, never held whole
        line = m_file.readLine(64 * 1024);
        if (line.isEmpty())
            break;
        m_bytes += line.size();
    }
    return Line::TooLong;
}

void Import::bad(const QString &why)
{
    ++m_report.badLineCount;
    if (m_report.badLines.size() < kMaxBadLinesListed)
        m_report.badLines.push_back({m_line, why});
}

void Import::tellProgress() const
{
    if (m_hooks.progress)
        m_hooks.progress({m_bytes, m_file.isSequential() ? 0 : m_file.size(), m_patients});
}

Result<void> Import::flush()
{
    if (m_batch.empty())
        return {};
    std::vector<Change> batch;
    batch.swap(m_batch);
    m_batchBytes = 0;
    const auto size = static_cast<int>(batch.size());
    if (auto done = m_hooks.sink(std::move(batch)); !done) {
        Error error = done.error();
        error.detail += QStringLiteral(" The import stopped at line %1; %2 rows were added before it. Importing the "
                                       "file again goes on from there.")
                            .arg(m_line)
                            .arg(m_report.rowsAdded);
        return tl::unexpected(error);
    }
    m_report.rowsAdded += size;
    tellProgress();
    return {};
}

Result<void> Import::giveNumber(Change &patient)
{
    if (!m_hooks.newNumber)
        return {};
    const auto number = m_hooks.newNumber();
    if (!number)
        return tl::unexpected(number.error());
    constexpr int kNumber = schema::col(schema::tables::patients, "number");
    const schema::GroupNo group = schema::columnAt(*patient.table, kNumber).group;
    std::vector<schema::Value> values(schema::groupColumns(*patient.table, group).size());
    values.front() = schema::text(*number);
    patient.groups.insert(patient.groups.begin(), {group, std::vector<schema::Value>(values.size()), values});
    return {};
}

Result<void> Import::takePatient(std::vector<Change> changes)
{
    const Uuid person = changes.front().id;
    bool differs = false;
    std::vector<Change> fresh;
    for (Change &change : changes) {
        if (m_added.contains(change.id))
            continue;
        const auto row = m_hooks.lookup(*change.table, change.id);
        if (!row)
            return tl::unexpected(row.error());
        if (*row)
            differs = differs || (*row)->deleted() || !sameAs(**row, change);
        else
            fresh.push_back(std::move(change));
    }
    const bool created = !fresh.empty() && fresh.front().id == person;
    if (created)
        if (const auto ok = giveNumber(fresh.front()); !ok)
            return ok;
    std::size_t bytes = 0;
    for (const Change &change : fresh)
        bytes += estimatedBytes(change);
    if (fresh.size() > schema::kMaxChangesPerEntry || bytes > kBatchBytes) {
        bad(QStringLiteral("This person has more rows than one transaction can hold."));
        return {};
    }
    if (m_batch.size() + fresh.size() > schema::kMaxChangesPerEntry || m_batchBytes + bytes > kBatchBytes)
        if (const auto ok = flush(); !ok)
            return ok;
    for (Change &change : fresh) {
        m_added.insert(change.id);
        m_batch.push_back(std::move(change));
    }
    m_batchBytes += bytes;
    ++m_patients;
    ++(created ? m_report.created : differs ? m_report.kept : m_report.unchanged);
    return {};
}

Result<void> Import::take(const QByteArray &line)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject()) {
        bad(error.error == QJsonParseError::NoError ? QStringLiteral("The line holds no JSON object.")
                                                    : QStringLiteral("The line is not JSON (%1, at character %2).")
                                                          .arg(error.errorString())
                                                          .arg(error.offset));
        return {};
    }
    const QJsonObject resource = document.object();
    const QString type = resource[QLatin1String("resourceType")].toString().left(64);
    if (type.isEmpty()) {
        bad(QStringLiteral("The line has no resourceType, so it is no FHIR resource."));
        return {};
    }
    if (type != QLatin1String("Patient")) {
        if (m_report.otherTypes.size() < 500 || m_report.otherTypes.contains(type))
            ++m_report.otherTypes[type];
        return {};
    }
    auto changes = patientChanges(resource);
    if (!changes) {
        bad(changes.error().detail);
        return {};
    }
    return takePatient(std::move(*changes));
}

Result<ImportReport> Import::run()
{
    QByteArray line;
    for (;;) {
        if (m_hooks.cancel && m_hooks.cancel->load(std::memory_order_relaxed)) {
            m_report.cancelled = true;
            break;
        }
        const auto read = readLine(line);
        if (!read)
            return tl::unexpected(read.error());
        if (*read == Line::End)
            break;
        if (*read == Line::TooLong) {
            bad(QStringLiteral("The line is longer than %1 MiB.").arg(kMaxLineBytes / (1024 * 1024)));
            continue;
        }
        if (m_line == 1 && line.startsWith("\xef\xbb\xbf"))
            line.remove(0, 3);
        line = line.trimmed();
        if (line.isEmpty())
            continue;
        if (m_line == 1 && (line == "{" || line == "["))
            return fail(ErrorCode::Invalid,
                QStringLiteral(
                    "This is one JSON document over many lines. The import needs NDJSON: one resource a line."));
        if (const auto ok = take(line); !ok)
            return tl::unexpected(ok.error());
        if (m_line % kProgressEvery == 0)
            tellProgress();
    }
    if (const auto ok = flush(); !ok) // after Cancel too: the report counts what was kept
        return tl::unexpected(ok.error());
    tellProgress();
    return m_report;
}

} // namespace

Result<ImportReport> importNdjson(QIODevice &file, const ImportHooks &hooks)
{
    return Import(file, hooks).run();
}

} // namespace anteroom::exchange
