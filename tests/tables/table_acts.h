// TableActs: how a row of each table comes to be, is changed and is deleted on a pair of replicas. Most tables: a save
// of a generated row. Those that only the host or the write door writes: the act of people that makes it do so.
#pragma once

#include "tables/replica_pair.h"
#include "tables/row_maker.h"

namespace anteroom::test {

class TableActs {
public:
    explicit TableActs(const schema::Table &table);

    [[nodiscard]] ReplicaPair &pair() { return m_pair; }
    [[nodiscard]] node::Replica &host() { return m_pair.host(); }
    [[nodiscard]] node::Replica &client() { return m_pair.client(); }
    [[nodiscard]] const schema::Table &table() const { return m_table; }
    [[nodiscard]] RowMaker &maker() { return m_maker; }

    // What people may do with a row of it, by its description.
    [[nodiscard]] bool madeByPeople() const { return m_table.writer == schema::Writer::People; }
    [[nodiscard]] bool changeable() const { return !m_table.insertOnly && m_table.permissions.change != schema::kNobody; }
    [[nodiscard]] bool erasable() const { return m_table.permissions.erase != schema::kNobody; }
    [[nodiscard]] std::vector<schema::GroupNo> groups() const;       // that an update can change

    // Made, with what it refers to saved and known to both; not saved itself.
    [[nodiscard]] schema::Change prepared(const schema::Table &table);
    // Saves an insert of the table: a ticket is taken, everything else is saved.
    void insert(node::Replica &replica, const schema::Change &change);
    // An act at `replica` that makes a new row, live; its id. Both sides have it.
    [[nodiscard]] Uuid made(node::Replica &replica);
    // Saves an update of one group on top of what this replica shows now; the change as it was saved.
    schema::Change update(node::Replica &replica, const Uuid &id, schema::GroupNo group);
    schema::Change erase(node::Replica &replica, const Uuid &id);
    [[nodiscard]] schema::Row shown(node::Replica &replica, const Uuid &id);

    // The acts behind the tables that people do not write.
    [[nodiscard]] Uuid ticket(node::Replica &replica);               // taken there; known to both where the line stands
    void nextDay();                                                  // the host's PC is started on the next day
    [[nodiscard]] Uuid lostEdit(const schema::Table &subject, schema::GroupNo group);       // on both sides of a cut line; the subject
    [[nodiscard]] Uuid aboutSubject(const Uuid &subject);            // the host's row of this table about it

private:
    void saveParents();                          // at the host, and both have them

    const schema::Table &m_table;
    ReplicaPair m_pair;
    RowMaker m_maker;
    int m_devices = 0;
};

} // namespace anteroom::test
