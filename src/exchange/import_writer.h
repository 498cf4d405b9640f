// Puts rows of an import into batches for the sink: looks what is here already, adds only what is not, never touches what
// a person changed. Rows of one resource stay together in one batch, in their order. One for all files of a run, so that
// a resource that comes twice is one record.
#pragma once

#include "exchange/import_report.h"

#include <unordered_map>

namespace anteroom::exchange {

class ImportWriter {
public:
    ImportWriter(const ImportHooks &hooks, ImportReport &report) : m_hooks(hooks), m_report(report) {}

    enum class Put : std::uint8_t { Added, Unchanged, Kept, TooLarge };
    // Inserts, checked; the first one is the record, the others hang on it. `owner` is remembered with every id.
    [[nodiscard]] Result<Put> put(std::vector<schema::Change> changes, const Uuid &owner);
    [[nodiscard]] Result<void> change(schema::Change update);
    [[nodiscard]] Result<void> flush();

    // Whose row of this run it is; nothing where this run did not add it.
    [[nodiscard]] std::optional<Uuid> ownerOf(const Uuid &id) const;
    [[nodiscard]] const ImportHooks &hooks() const { return m_hooks; }
    [[nodiscard]] ImportReport &report() { return m_report; }
    [[nodiscard]] bool cancelled() const { return m_hooks.cancel && m_hooks.cancel->load(std::memory_order_relaxed); }

    // One resource of this type stands in a record, or does not and why.
    void taken(const QString &type, Put how);
    void notTaken(const QString &type, const QString &why);
    void bad(BadLine line);

    void setProgress(std::int64_t bytesDone, std::int64_t bytesTotal);
    void tellProgress() const;
    void setPlace(QString place) { m_place = std::move(place); }      // where the file is read: "line 12", for the words of a refusal

private:
    [[nodiscard]] TypeCount &countOf(const QString &type);
    [[nodiscard]] Result<void> giveNumber(schema::Change &patient);
    [[nodiscard]] Result<void> room(std::size_t changes, std::size_t bytes);

    const ImportHooks &m_hooks;
    ImportReport &m_report;
    std::vector<schema::Change> m_batch;
    std::size_t m_batchBytes = 0;
    int m_batchInserts = 0;
    std::unordered_map<Uuid, Uuid> m_added;
    QString m_place;
    ImportProgress m_progress;
};

// Canonical, derived and valid, or the field that is not.
[[nodiscard]] Result<void> makeReady(std::vector<schema::Change> &changes);

} // namespace anteroom::exchange
