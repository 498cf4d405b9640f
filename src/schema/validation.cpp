#include "schema/validation.h"

#include "schema/registry.h"

#include <algorithm>

namespace anteroom::schema {

namespace {

constexpr std::uint32_t kDefaultTextLength = 255, kDefaultBytes = 256 * 1024;
constexpr std::size_t kMaxReason = 500;

QString latin(std::string_view text) { return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())); }

tl::unexpected<Error> invalid(std::string_view subject, const QString &what)
{
    return fail(ErrorCode::Invalid, latin(subject) + QStringLiteral(": ") + what, latin(subject));
}

bool hasTypeOf(const Column &column, const Value &value)
{
    switch (column.type) {
    case Type::Uuid: return std::holds_alternative<Uuid>(value);
    case Type::Text:
    case Type::Date:
    case Type::Json: return std::holds_alternative<std::string>(value);
    case Type::Real: return std::holds_alternative<double>(value);
    case Type::Blob: return std::holds_alternative<Blob>(value);
    case Type::Integer:
    case Type::Boolean:
    case Type::Timestamp:
    case Type::Money: break;
    }
    return std::holds_alternative<std::int64_t>(value);
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

Result<void> checkLength(const Column &column, const Value &value)
{
    const bool counted = column.type == Type::Text;
    const std::size_t most = column.maxLength ? column.maxLength : counted ? kDefaultTextLength : kDefaultBytes;
    std::size_t size = 0;
    if (const auto *text = std::get_if<std::string>(&value))
        size = counted ? characters(*text) : text->size();
    else if (const auto *bytes = std::get_if<Blob>(&value))
        size = static_cast<std::size_t>(bytes->size());
    if (size <= most)
        return {};
    const auto unit = counted ? QStringLiteral("characters") : QStringLiteral("bytes");
    return invalid(column.name, QStringLiteral("write at most %1 %2.").arg(most).arg(unit));
}

Result<void> checkRange(const Column &column, const Value &value)
{
    bool inside = true;
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        inside = *whole >= column.min && *whole <= column.max;
    else if (const auto *real = std::get_if<double>(&value))
        inside = *real >= static_cast<double>(column.min) && *real <= static_cast<double>(column.max);
    if (inside)
        return {};
    if (column.max == INT64_MAX)
        return invalid(column.name, QStringLiteral("write %1 or more.").arg(column.min));
    if (column.min == INT64_MIN)
        return invalid(column.name, QStringLiteral("write %1 or less.").arg(column.max));
    return invalid(column.name, QStringLiteral("write a number from %1 to %2.").arg(column.min).arg(column.max));
}

Result<void> checkAllowed(const Column &column, const Value &value)
{
    if (column.allowed.empty() || std::find(column.allowed.begin(), column.allowed.end(), toText(value)) != column.allowed.end())
        return {};
    QStringList words;
    for (const std::string_view word : column.allowed)
        words << latin(word);
    return invalid(column.name, QStringLiteral("write one of %1.").arg(words.join(QStringLiteral(", "))));
}

Result<void> checkValue(const Column &column, const Value &value, bool wasThere)
{
    if (isNull(value))
        return column.required ? Result<void>(invalid(column.name, QStringLiteral("this is needed."))) : Result<void>{};
    if (!hasTypeOf(column, value))
        return invalid(column.name, QStringLiteral("the value is of another type than the column."));
    if (wasThere)      // an older rule let it in: whoever edits its neighbour is not asked to mend it
        return {};
    if (auto checked = checkLength(column, value); !checked)
        return checked;
    if (auto checked = checkRange(column, value); !checked)
        return checked;
    return checkAllowed(column, value);
}

Result<void> checkGroup(const Change &change, const GroupChange &group)
{
    const Table &table = *change.table;
    const auto columns = groupColumns(table, group.group);
    if (group.group == kHostFilled || !findGroup(table, group.group))
        return invalid(table.name, QStringLiteral("there is no merge group %1.").arg(group.group));
    if (group.oldValues.size() != columns.size() || group.newValues.size() != (change.op == Op::Delete ? 0 : columns.size()))
        return invalid(table.name, QStringLiteral("merge group %1 has %2 columns; name all of them.").arg(group.group).arg(columns.size()));
    for (std::size_t i = 0; i < group.newValues.size(); ++i) {
        const Column &column = columnAt(table, columns[i]);
        const bool kept = change.op == Op::Update && group.newValues[i] == group.oldValues[i];
        if (change.op == Op::Insert && !isNull(group.oldValues[i]))
            return invalid(column.name, QStringLiteral("a new row has no old values."));
        if (auto checked = checkValue(column, group.newValues[i], kept); !checked)
            return checked;
        const bool key = std::find(table.naturalKey.begin(), table.naturalKey.end(), column.name) != table.naturalKey.end();
        if (change.op == Op::Update && key && !kept)
            return invalid(column.name, QStringLiteral("it makes the row's id and stays; add a new row instead."));
    }
    return {};
}

bool names(const Change &change, GroupNo group)
{
    return std::any_of(change.groups.begin(), change.groups.end(), [&](const GroupChange &g) { return g.group == group; });
}

Result<void> checkOp(const Change &change)
{
    const Table &table = *change.table;
    if (change.id.isNull())
        return invalid(table.name, QStringLiteral("a row needs an id."));
    if (change.reason.size() > kMaxReason)
        return invalid(table.name, QStringLiteral("write a reason of at most %1 bytes.").arg(kMaxReason));
    if (table.insertOnly && change.op == Op::Update)
        return invalid(table.name, QStringLiteral("its rows are never changed; add one that corrects it."));
    if (table.insertOnly && change.op != Op::Insert && table.permissions.erase == kNobody)
        return invalid(table.name, QStringLiteral("its rows are never deleted; add one that corrects it."));
    for (std::size_t i = 0; i + 1 < change.groups.size(); ++i)
        if (change.groups[i].group >= change.groups[i + 1].group)
            return invalid(table.name, QStringLiteral("name each merge group once, in ascending order."));
    if (change.op == Op::Delete && change.groups.size() != table.groups.size())
        return invalid(table.name, QStringLiteral("a delete names every merge group."));
    if (change.op == Op::Insert)
        for (const Column &column : table.columns)
            if (column.required && column.group != kHostFilled && !names(change, column.group))
                return invalid(column.name, QStringLiteral("this is needed."));
    return {};
}

} // namespace

Result<void> validate(const Change &change)
{
    if (!change.table)
        return fail(ErrorCode::Invalid, QStringLiteral("The change names no table."));
    if (change.op < Op::Insert || change.op > Op::Restore)
        return invalid(change.table->name, QStringLiteral("a change inserts, updates, deletes or restores."));
    if (auto checked = checkOp(change); !checked)
        return checked;
    for (const GroupChange &group : change.groups)
        if (auto checked = checkGroup(change, group); !checked)
            return checked;
    return {};
}

} // namespace anteroom::schema
