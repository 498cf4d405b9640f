// Queries: typed reads on a pool of read-only connections. One call is one read transaction; results come as futures
// that can be cancelled. Called from the UI thread; never blocks.
#pragma once

#include "domain/billing.h"
#include "node/types.h"

#include <QFuture>

#include <unordered_map>

namespace anteroom::node {

class Replica;
enum class InboxKind : std::uint8_t;           // node/inbox.h
struct InboxRequest;
struct InboxList;
struct InboxCard;

struct ListRequest {
    const schema::Table *table = nullptr;
    std::vector<schema::ColumnValue> where;       // column = value (NULL matches NULL)
    int prefixColumn = -1;                         // text column that must begin with `prefix`
    std::string prefix;
    std::vector<int> orderBy;                      // columns, ascending; then id
    int limit = 200;
    int offset = 0;
    std::optional<schema::Row> after;             // paging by key: last row of the page before
    bool deletedToo = false;
};

// Who a ticket is about, as a card needs it.
struct TicketView {
    schema::Row ticket;                            // of active_patient_queue
    std::optional<schema::Row> patient;
    QString allergy;                               // most serious known allergy, empty if none
    bool confirmed = true;                         // false: the host has not given the number yet
};

struct QueueBoard {                                // one read transaction: never half a change
    std::string day;                               // clinic's day, YYYY-MM-DD
    std::vector<schema::Row> points;               // service_points that are in use, by sort_order
    std::vector<schema::Row> rooms;
    std::vector<TicketView> tickets;               // of the day, every state
    std::vector<schema::Row> users, devices;       // to name who and where
};

struct PatientCard {
    schema::Row patient;
    std::vector<schema::Row> names, identifiers, contacts, history;
    std::vector<schema::Row> tickets;              // active today
    std::int64_t rev = 0;
};

// What rows are called, by id: rows of a page and every row they refer to. Words of the schema's `label` columns.
using Labels = std::unordered_map<Uuid, QString>;

struct BrowseRequest {                             // one page of a list of any table that the session may read
    enum class Deleted : std::uint8_t { Hidden, Too, Only };

    const schema::Table *table = nullptr;
    std::vector<schema::ColumnValue> where;        // column = value (NULL matches NULL)
    QString filter;                                // words, each somewhere in a text column or in what a reference is called
    int sortBy = -1;                               // column; -1 = latest change first
    bool descending = false;
    Deleted deleted = Deleted::Hidden;
    int limit = 100;
    std::optional<schema::Row> after;              // paging by key: last row of the page before
};

struct BrowsePage {
    std::vector<schema::Row> rows;                 // blobs are NULL: read the record before it is changed
    Labels labels;
    bool more = false;
    std::int64_t total = 0;                        // matching rows, counted to kMostCounted
    static constexpr std::int64_t kMostCounted = 100'000;
};

struct RecordCard {                                // what a form of any table needs, in one read transaction
    schema::Row row;
    Labels labels;
    std::optional<domain::BillTotals> bill;        // of patient_bills, and of the bill of an item or payment
};

struct HistoryValue { int column = 0; schema::Value before, after; };
struct HistoryStep {                               // one act on one record, from the activity log
    Uuid activity, entry;
    std::string act;                               // "patients.register"
    schema::Op op = schema::Op::Insert;
    std::int64_t at = 0;                           // UTC ms, author's clock
    QString person, device, reason;
    std::vector<HistoryValue> values;              // empty for an import: the batch is the record
};
struct History {
    std::vector<HistoryStep> steps;                // latest first
    Labels labels;                                 // of rows that values refer to
    bool more = false;
};

struct Pick { Uuid id; QString label, detail; };   // a row to refer to

struct Find {
    QString text;
    int limit = 20;
    bool onlyPatients = false;
};
struct Hit {
    const schema::Table *table = nullptr;          // patients, active_patient_queue, patient_bills …
    schema::Row row;
    QString label, detail;                         // a patient's name and number; a ticket or a bill, and whose it is
    std::optional<domain::BillTotals> bill;        // of a bill, where the role may read what it is made of
    bool similar = false;                          // lower band: a typo away, or sounds alike
};
struct Found {
    std::vector<Hit> hits;                         // exact ones first
    bool more = false;
    bool indexing = false;                         // the index is still behind what this PC holds
};

class Queries {
public:
    explicit Queries(Replica &replica) : m_replica(replica) {}

    // Refused, in words, where the session's role may not read the table.
    [[nodiscard]] QFuture<Result<BrowsePage>> browse(BrowseRequest request);
    [[nodiscard]] QFuture<Result<RecordCard>> recordCard(const schema::Table &table, const Uuid &id);
    [[nodiscard]] QFuture<Result<History>> history(const schema::Table &table, const Uuid &id, int limit = 100);
    // What waits for a person, or was decided; and one of it with all its values. What the role may not read is left out.
    [[nodiscard]] QFuture<Result<InboxList>> inbox(const InboxRequest &request);
    [[nodiscard]] QFuture<Result<InboxCard>> inboxCard(InboxKind kind, const Uuid &id);
    // Rows of a table to choose from while a person types; the first ones where nothing is typed.
    [[nodiscard]] QFuture<Result<std::vector<Pick>>> pick(const schema::Table &table, QString typed, int limit = 20);
    // The one search box: the index of this PC (PRODUCT: tokens in any order, prefixes, folded, digits; typos lower).
    [[nodiscard]] QFuture<Result<Found>> find(Find request);
    // Entries of an imported code list (ICD-10-CM): by the beginning of a code, or words of the title.
    [[nodiscard]] QFuture<Result<std::vector<schema::Row>>> findCodes(QString system, QString typed, int limit = 20);

    [[nodiscard]] QFuture<Result<std::vector<schema::Row>>> list(ListRequest request);
    [[nodiscard]] QFuture<Result<std::optional<schema::Row>>> record(const schema::Table &table, const Uuid &id);
    // Patients that find() finds, exact ones first; all by name where nothing is typed.
    [[nodiscard]] QFuture<Result<std::vector<schema::Row>>> searchPatients(QString text, int limit);
    [[nodiscard]] QFuture<Result<std::int64_t>> countPatients();
    [[nodiscard]] QFuture<Result<PatientCard>> patientCard(const Uuid &id);
    [[nodiscard]] QFuture<Result<QueueBoard>> queueBoard();

private:
    Replica &m_replica;
};

} // namespace anteroom::node
