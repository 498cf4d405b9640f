#include "tables/row_maker.h"

#include "domain/patient.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"
#include "schema/validation.h"
#include "tables/replica_pair.h"

#include <algorithm>

namespace anteroom::test {

using namespace schema;
using namespace Qt::StringLiterals;

namespace {

bool isKey(const Table &table, int column)
{
    const auto name = columnAt(table, column).name;
    return std::find(table.naturalKey.begin(), table.naturalKey.end(), name) != table.naturalKey.end();
}

std::int64_t between(std::int64_t wanted, const Column &column)
{
    if (wanted >= column.min && wanted <= column.max)
        return wanted;
    const std::int64_t low = std::max<std::int64_t>(column.min, -1'000'000'000'000), high = std::min<std::int64_t>(column.max, 4'000'000'000'000);
    return low + wanted % (high - low + 1);
}

std::string date(int n) { return QDate(2020, 1, 1).addDays(n).toString(Qt::ISODate).toStdString(); }

// A person who decides on a conflict or a review writes these; the rest of the row is the host's.
constexpr std::string_view kDecided[] = {"status", "resolution", "resolved_by", "resolved_at"};

} // namespace

Value RowMaker::parent(const Table &table, int variant)
{
    const Known &known = m_known[std::size_t(variant % 2)];
    if (table.name == "users")
        return known.user;
    if (table.name == "devices")
        return known.device;
    const auto found = m_parents.find({table.number, variant % 2});
    if (found != m_parents.end())
        return found->second;
    const Change made = insertOf(table, false);
    m_parents.emplace(std::pair(table.number, variant % 2), made.id);
    m_new.push_back(made);
    return made.id;
}

Value RowMaker::value(const Table &table, int position, int variant)
{
    const Column &column = columnAt(table, position);
    const int n = ++m_n;
    if (!column.references.empty())
        return parent(*findTable(column.references), variant);
    if (!column.allowed.empty())
        return std::string(column.allowed[std::size_t(variant) % column.allowed.size()]);
    switch (column.type) {
    case Type::Uuid: return uuidV7(m_clock, m_random);
    case Type::Text: {
        const QString text = QString::fromLatin1(column.name.data(), qsizetype(column.name.size())) + u"ñ%1"_s.arg(n);
        return text.right(column.maxLength ? qsizetype(column.maxLength) : 255).toStdString();
    }
    case Type::Integer:
    case Type::Money: return between(n, column);
    case Type::Real: return double(between(n, column)) + (column.max > n ? 0.5 : 0.0);
    case Type::Boolean: return std::int64_t{variant % 2};
    case Type::Date: return date(n);
    case Type::Timestamp: return between(1'700'000'000'000 + n * 60'000, column);
    case Type::Json: return "{\"n\":" + std::to_string(n) + '}';
    case Type::Blob: return Blob(8, char(n)) + QByteArray::number(n);
    }
    return {};
}

Value RowMaker::other(const Table &table, int column, const Value &now)
{
    for (int variant = 0; variant < 8; ++variant) {
        const auto candidate = canonical(columnAt(table, column), value(table, column, variant));
        check(candidate.has_value(), u"the maker's value breaks the schema"_s);
        if (*candidate != now)
            return *candidate;
    }
    return {};
}

Change RowMaker::insertOf(const Table &table, bool all)
{
    std::vector<ColumnValue> values;
    for (int i = kStandardCount; i < columnCount(table); ++i) {
        const Column &column = columnAt(table, i);
        const bool named = &table == &tables::patients && column.name == "family_name";      // a rule of the door
        if (column.group != kHostFilled && (all || column.required || named || isKey(table, i)))
            values.push_back({i, value(table, i, 0)});
    }
    const auto natural = naturalIdOf(table, values);
    return makeInsert(table, natural ? *natural : uuidV7(m_clock, m_random), values);
}

Change RowMaker::insert(const Table &table) { return insertOf(table, true); }

std::optional<Change> RowMaker::update(const Table &table, const Row &shown, GroupNo group)
{
    std::vector<ColumnValue> values;
    const Group *description = findGroup(table, group);
    for (const int column : groupColumns(table, group)) {
        const bool decided = table.policy != MergePolicy::Compare || std::ranges::count(kDecided, columnAt(table, column).name) > 0;
        if (isKey(table, column) || !decided)
            continue;
        Value next = other(table, column, shown[column]);
        if (description->kind == GroupKind::State && column == groupColumns(table, group).front())
            for (const Transition &t : description->transitions)
                if (t.from == toText(shown[column])) {
                    next = std::string(t.to);
                    break;
                }
        values.push_back({column, std::move(next)});
    }
    if (values.empty())
        return std::nullopt;
    Change change = makeUpdate(table, shown, values);
    check(change.groups.size() == 1, u"an update of one group touches one group"_s);
    return change;
}

std::vector<Change> RowMaker::parents() { return std::exchange(m_new, {}); }

Change asSaved(Change change)
{
    const auto ok = canonicalise(change);
    check(ok.has_value(), ok ? QString() : ok.error().detail);
    domain::derive(change);
    return change;
}

bool doorFills(const Table &table, int column)
{
    const auto name = columnAt(table, column).name;
    if (table.name == "patients")
        return name == "number";
    return table.name == "active_patient_queue" && (name == "clinic_day" || name == "arrived_at" || name == "provisional_label");
}

bool holds(const Row &row, const Change &change)
{
    const Change saved = asSaved(change);
    for (const GroupChange &g : saved.groups) {
        const auto columns = groupColumns(*saved.table, g.group);
        for (std::size_t i = 0; i < g.newValues.size(); ++i)
            if (row[columns[i]] != g.newValues[i] && !(doorFills(*saved.table, columns[i]) && saved.op == Op::Insert))
                return false;
    }
    return true;
}

} // namespace anteroom::test
