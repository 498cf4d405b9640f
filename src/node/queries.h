// Queries: typed reads on a pool of read-only connections. One call is one read transaction; results come as futures
// that can be cancelled. Called from the UI thread; never blocks.
#pragma once

#include "node/types.h"

#include <QFuture>

namespace anteroom::node {

class Replica;

struct ListRequest {
    const schema::Table *table = nullptr;
    std::vector<schema::ColumnValue> where;       // column = value (NULL matches NULL)
    int prefixColumn = -1;                         // text column that must begin with `prefix`
    std::string prefix;
    std::vector<int> orderBy;                      // columns, ascending; then id
    int limit = 200;
    int offset = 0;
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

class Queries {
public:
    explicit Queries(Replica &replica) : m_replica(replica) {}

    [[nodiscard]] QFuture<Result<std::vector<schema::Row>>> list(ListRequest request);
    [[nodiscard]] QFuture<Result<std::optional<schema::Row>>> record(const schema::Table &table, const Uuid &id);
    // Tokens in any order as prefixes of the folded name words; digits match phone, patient number, ticket label.
    [[nodiscard]] QFuture<Result<std::vector<schema::Row>>> searchPatients(QString text, int limit);
    [[nodiscard]] QFuture<Result<std::int64_t>> countPatients();
    [[nodiscard]] QFuture<Result<PatientCard>> patientCard(const Uuid &id);
    [[nodiscard]] QFuture<Result<QueueBoard>> queueBoard();

private:
    Replica &m_replica;
};

} // namespace anteroom::node
