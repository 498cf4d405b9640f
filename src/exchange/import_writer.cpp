#include "exchange/import_writer.h"

#include "domain/patient.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"
#include "schema/validation.h"

namespace anteroom::exchange {
namespace {

using schema::Change;

constexpr std::size_t kBatchBytes = 800 * 1024;      // by estimate; leaves room below schema::kMaxEntryBytes

std::size_t estimatedBytes(const Change &change)
{
    std::size_t bytes = 64;
    for (const auto &group : change.groups)
        for (const auto *values : {&group.oldValues, &group.newValues})
            for (const auto &value : *values) {
                bytes += 6;
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

} // namespace

Result<void> makeReady(std::vector<Change> &changes)
{
    for (Change &change : changes) {
        if (const auto ok = schema::canonicalise(change); !ok)
            return tl::unexpected(ok.error());
        domain::derive(change);
        if (const auto ok = schema::validate(change); !ok)
            return tl::unexpected(ok.error());
    }
    return {};
}

std::optional<Uuid> ImportWriter::ownerOf(const Uuid &id) const
{
    const auto at = m_added.find(id);
    return at == m_added.end() ? std::nullopt : std::optional(at->second);
}

TypeCount &ImportWriter::countOf(const QString &type)
{
    const bool room = m_report.types.size() < kMaxTypesListed || m_report.types.contains(type);
    ++m_progress.records;
    return m_report.types[room ? type : QStringLiteral("further types")];
}

void ImportWriter::taken(const QString &type, Put how)
{
    TypeCount &count = countOf(type);
    ++count.in;
    ++count.taken;
    count.added += how == Put::Added ? 1 : 0;
    count.kept += how == Put::Kept ? 1 : 0;
}

void ImportWriter::notTaken(const QString &type, const QString &why)
{
    TypeCount &count = countOf(type);
    ++count.in;
    const bool room = count.notTaken.size() < kMaxReasonsListed || count.notTaken.contains(why);
    ++count.notTaken[room ? why : QStringLiteral("further reasons")];
}

void ImportWriter::bad(BadLine line)
{
    ++m_report.badLineCount;
    if (m_report.badLines.size() < kMaxBadLinesListed)
        m_report.badLines.push_back(std::move(line));
}

void ImportWriter::setProgress(std::int64_t bytesDone, std::int64_t bytesTotal)
{
    m_progress.bytesDone = bytesDone;
    m_progress.bytesTotal = bytesTotal;
}

void ImportWriter::tellProgress() const
{
    if (m_hooks.progress)
        m_hooks.progress(m_progress);
}

Result<void> ImportWriter::flush()
{
    if (m_batch.empty())
        return {};
    std::vector<Change> batch;
    batch.swap(m_batch);
    m_batchBytes = 0;
    const int size = static_cast<int>(batch.size()), inserts = std::exchange(m_batchInserts, 0);
    if (auto done = m_hooks.sink(std::move(batch)); !done) {
        Error error = done.error();
        error.detail += QStringLiteral(" The import stopped at %1; %2 rows were added before it. Importing the file again goes on from there.")
                            .arg(m_place.isEmpty() ? QStringLiteral("its end") : m_place)
                            .arg(m_report.rowsAdded);
        return tl::unexpected(error);
    }
    m_report.rowsAdded += inserts;
    m_report.rowsChanged += size - inserts;
    tellProgress();
    return {};
}

Result<void> ImportWriter::room(std::size_t changes, std::size_t bytes)
{
    if (m_batch.size() + changes > schema::kMaxChangesPerEntry || m_batchBytes + bytes > kBatchBytes)
        return flush();
    return {};
}

Result<void> ImportWriter::giveNumber(Change &patient)
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

Result<ImportWriter::Put> ImportWriter::put(std::vector<Change> changes, const Uuid &owner)
{
    const Uuid record = changes.front().id;
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
    const bool created = !fresh.empty() && fresh.front().id == record;
    const bool patient = changes.front().table == &schema::tables::patients;
    if (created && patient)
        if (const auto ok = giveNumber(fresh.front()); !ok)
            return tl::unexpected(ok.error());
    std::size_t bytes = 0;
    for (const Change &change : fresh)
        bytes += estimatedBytes(change);
    if (fresh.size() > schema::kMaxChangesPerEntry || bytes > kBatchBytes)
        return Put::TooLarge;
    if (const auto ok = room(fresh.size(), bytes); !ok)
        return tl::unexpected(ok.error());
    m_batchInserts += static_cast<int>(fresh.size());
    m_batchBytes += bytes;
    for (Change &change : fresh) {
        m_added.emplace(change.id, owner);
        m_batch.push_back(std::move(change));
    }
    const Put how = created ? Put::Added : differs ? Put::Kept : Put::Unchanged;
    if (patient) {
        ++m_progress.patients;
        ++(created ? m_report.created : differs ? m_report.kept : m_report.unchanged);
    }
    return how;
}

Result<void> ImportWriter::change(Change update)
{
    const std::size_t bytes = estimatedBytes(update);
    if (const auto ok = room(1, bytes); !ok)
        return ok;
    m_batchBytes += bytes;
    m_batch.push_back(std::move(update));
    return {};
}

} // namespace anteroom::exchange
