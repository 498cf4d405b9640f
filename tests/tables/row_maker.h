// RowMaker: rows of any table out of its description: values that fit type, length, range and allowed words, another
// one each time, and the rows that they refer to. Makes changes; saves nothing.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "schema/change.h"

#include <map>

namespace anteroom::test {

class RowMaker {
public:
    // Rows of users and devices exist already: the two that references may name.
    struct Known { Uuid user, device; };
    RowMaker(Known first, Known second) : m_known{first, second} {}

    // An insert that fills every column people write. The inserts of the rows it refers to are added to parents().
    [[nodiscard]] schema::Change insert(const schema::Table &table);
    // An update that gives every column of the group another value, or nothing where the group is only a natural key.
    [[nodiscard]] std::optional<schema::Change> update(const schema::Table &table, const schema::Row &shown, schema::GroupNo group);
    // The inserts that were made since the last call, in an order in which they can be saved.
    [[nodiscard]] std::vector<schema::Change> parents();

private:
    [[nodiscard]] schema::Value value(const schema::Table &table, int column, int variant);
    [[nodiscard]] schema::Value other(const schema::Table &table, int column, const schema::Value &now);
    [[nodiscard]] schema::Value parent(const schema::Table &table, int variant);
    [[nodiscard]] schema::Change insertOf(const schema::Table &table, bool all);

    std::array<Known, 2> m_known;
    std::map<std::pair<std::uint16_t, int>, Uuid> m_parents;
    std::vector<schema::Change> m_new;
    SystemClock m_clock;
    SystemRandom m_random;
    int m_n = 0;
};

// What the door makes of a change before it is saved: canonical values and derived columns.
[[nodiscard]] schema::Change asSaved(schema::Change change);
// Columns of a new row that the door decides or completes: numbers, and the day on which a ticket is taken.
[[nodiscard]] bool doorFills(const schema::Table &table, int column);
// The row holds the new values of all groups of the change; the columns that the door fills itself are passed over.
[[nodiscard]] bool holds(const schema::Row &row, const schema::Change &change);

} // namespace anteroom::test
