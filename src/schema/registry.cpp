#include "schema/registry.h"

#include "schema/schema_checks.h"

#include "all_tables.inc"

#include <algorithm>
#include <array>

namespace anteroom::schema {

namespace {

#define ANTEROOM_ADDRESS(name) &tables::name,
constexpr auto kTables = [] {
    std::array list{ANTEROOM_TABLES(ANTEROOM_ADDRESS)};
    std::sort(list.begin(), list.end(), [](const Table *a, const Table *b) { return a->number < b->number; });
    return list;
}();
#undef ANTEROOM_ADDRESS

// What a mistake in a table file looks like: the build stops at the name of the rule. Not under sanitizers: GCC 12 then
// takes no comparison of addresses for a constant.
#ifndef __SANITIZE_ADDRESS__
static_assert(checks::tableNumbersAreUniqueAndAscending(kTables));
static_assert(checks::tableNamesAreUnique(kTables));
static_assert(checks::columnNumbersStartAt16AndAscend(kTables));
static_assert(checks::columnNamesAreUniqueAndSqlSafe(kTables));
static_assert(checks::everyColumnHasAGroupThatExists(kTables));
static_assert(checks::everyGroupHasAColumn(kTables));
static_assert(checks::groupNumbersAscendBelow255(kTables));
static_assert(checks::stateGroupsBeginWithAStateColumn(kTables));
static_assert(checks::transitionsNameAllowedStates(kTables));
static_assert(checks::referencesExist(kTables));
static_assert(checks::keysNameColumns(kTables));
static_assert(checks::defaultsAreAllowed(kTables));
static_assert(checks::classesAndScopesAreSet(kTables));
static_assert(checks::namesForPeopleAreGiven(kTables));
static_assert(checks::ledgersAreNotChanged(kTables));
#endif

constexpr std::size_t kHighestNumber = kTables.back()->number;

// The position of each group's columns, all tables behind one another: `first[g]` … `first[g + 1]` of a table.
struct GroupRange { std::uint32_t begin = 0, end = 0; };
constexpr std::size_t kPositions = [] {
    std::size_t n = 0;
    for (const Table *t : kTables)
        n += static_cast<std::size_t>(columnCount(*t));
    return n;
}();
constexpr std::size_t kRanges = [] {
    std::size_t n = 0;
    for (const Table *t : kTables)
        n += t->groups.back().number + 1U;
    return n;
}();

struct GroupIndex {
    std::array<int, kPositions> positions{};
    std::array<GroupRange, kRanges> ranges{};
    std::array<std::uint32_t, kTables.size() + 1> firstRange{};      // by index in kTables
};

constexpr GroupIndex kGroups = [] {
    GroupIndex index;
    std::uint32_t position = 0, range = 0;
    for (std::size_t i = 0; i < kTables.size(); ++i) {
        const Table &t = *kTables[i];
        index.firstRange[i] = range;
        for (int group = 0; group <= t.groups.back().number; ++group) {
            index.ranges[range].begin = position;
            for (int c = 0; c < columnCount(t); ++c)
                if (columnAt(t, c).group == group)
                    index.positions[position++] = c;
            index.ranges[range++].end = position;
        }
    }
    index.firstRange[kTables.size()] = range;
    return index;
}();

constexpr auto kIndexByNumber = [] {
    std::array<int, kHighestNumber + 1> byNumber{};
    byNumber.fill(-1);
    for (std::size_t i = 0; i < kTables.size(); ++i)
        byNumber[kTables[i]->number] = static_cast<int>(i);
    return byNumber;
}();

constexpr auto kByName = [] {
    auto list = kTables;
    std::sort(list.begin(), list.end(), [](const Table *a, const Table *b) { return a->name < b->name; });
    return list;
}();

} // namespace

std::span<const Table *const> allTables() { return kTables; }

const Table *findTable(std::string_view name)
{
    const auto at = std::lower_bound(kByName.begin(), kByName.end(), name,
                                     [](const Table *t, std::string_view wanted) { return t->name < wanted; });
    return at != kByName.end() && (*at)->name == name ? *at : nullptr;
}

const Table *findTable(std::uint16_t number)
{
    if (number > kHighestNumber || kIndexByNumber[number] < 0)
        return nullptr;
    return kTables[static_cast<std::size_t>(kIndexByNumber[number])];
}

int findColumnByNumber(const Table &table, std::uint16_t number)
{
    if (number >= 1 && number <= kStandardCount)
        return number - 1;
    const auto at = std::lower_bound(table.columns.begin(), table.columns.end(), number,
                                     [](const Column &c, std::uint16_t wanted) { return c.number < wanted; });
    if (at == table.columns.end() || at->number != number)
        return -1;
    return kStandardCount + static_cast<int>(at - table.columns.begin());
}

std::span<const int> groupColumns(const Table &table, GroupNo group)
{
    if (findTable(table.number) != &table)
        return {};
    const auto i = static_cast<std::size_t>(kIndexByNumber[table.number]);
    const std::uint32_t at = kGroups.firstRange[i] + group;
    if (at >= kGroups.firstRange[i + 1])
        return {};
    const GroupRange range = kGroups.ranges[at];
    return std::span<const int>(kGroups.positions).subspan(range.begin, range.end - range.begin);
}

} // namespace anteroom::schema
