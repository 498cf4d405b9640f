#include "ui/records/record_cells.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace anteroom::ui {
namespace {

using schema::Type;

constexpr std::size_t kMostByDefault = 6;      // with the change: what 1150 px hold without a name being cut
constexpr std::uint32_t kLongText = 500;       // characters; longer ones are read in the form

struct Exception { std::string_view column, value; Hue hue; };
constexpr std::array kExceptions = {
    Exception{"priority", "emergency", Hue::Danger}, Exception{"priority", "urgent", Hue::Urgent}, Exception{"priority", "priority", Hue::Priority},
    Exception{"severity", "life_threatening", Hue::Danger}, Exception{"severity", "severe", Hue::Urgent}, Exception{"criticality", "high", Hue::Danger},
    Exception{"kind", "failed", Hue::Urgent}, Exception{"status", "open", Hue::Priority}, Exception{"state", "draft", Hue::Priority},
    Exception{"state", "void", Hue::Mute}, Exception{"state", "cancelled", Hue::Mute}, Exception{"state", "no_show", Hue::Mute},
    Exception{"state", "revoked", Hue::Mute}, Exception{"state", "expired", Hue::Mute}, Exception{"status", "entered_in_error", Hue::Mute},
    Exception{"retired_how", "stolen", Hue::Danger}, Exception{"retired_how", "retired", Hue::Mute},
};

QString words(const char *text) { return QCoreApplication::translate("Records", text); }

bool fitsAList(const schema::Table &table, int column)
{
    const schema::Column &c = schema::columnAt(table, column);
    if (c.type == Type::Blob || c.type == Type::Json || (c.type == Type::Uuid && c.references.empty()))
        return false;
    return !(c.type == Type::Text && c.maxLength > kLongText);
}

} // namespace

std::vector<int> offeredColumns(const schema::Table &table)
{
    std::vector<int> out;
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i)
        if (!isTechnical(table, i))
            out.push_back(i);
    for (const int i : {static_cast<int>(schema::kCreatedAt), static_cast<int>(schema::kCreatedBy), static_cast<int>(schema::kUpdatedDevice),
                        static_cast<int>(schema::kDeletedAt), static_cast<int>(schema::kDeletedReason)})
        out.push_back(i);
    return out;
}

std::vector<int> defaultColumns(const schema::Table &table)
{
    std::vector<int> out;
    const auto add = [&](int column) {
        if (column >= 0 && out.size() < kMostByDefault && std::find(out.begin(), out.end(), column) == out.end())
            out.push_back(column);
    };
    for (const std::string_view name : table.list)
        add(schema::findColumn(table, name));
    if (table.list.empty()) {
        for (const std::string_view name : table.label)
            add(schema::findColumn(table, name));
        for (const int column : offeredColumns(table))
            if (column >= schema::kStandardCount && fitsAList(table, column))
                add(column);
    }
    out.push_back(kChangedColumn);
    return out;
}

QString listTitle(const schema::Table &table, int column)
{
    return columnTitle(table, column == kChangedColumn ? static_cast<int>(schema::kUpdatedAt) : column);
}

QString changedText(const schema::Row &row, const node::Labels &labels, QDate today, const ValueStyle &style)
{
    if (schema::isNull(row[schema::kUpdatedAt]))
        return {};
    const QString when = shortMomentText(schema::toInt(row[schema::kUpdatedAt]), today, style);
    const auto who = labels.find(schema::toUuid(row[schema::kUpdatedBy]));
    return who == labels.end() || who->second.isEmpty() ? when : words("%1, %2").arg(when, who->second);
}

std::optional<ChipSpec> chipOf(const schema::Table &table, int column, const schema::Row &row)
{
    if (column == kChangedColumn)
        return row.deleted() ? std::optional(ChipSpec{.text = words("Archived"), .hue = Hue::Mute}) : std::nullopt;
    const schema::Column &c = schema::columnAt(table, column);
    const schema::Value &value = row[column];
    if (c.name == "active" && !schema::isNull(value) && schema::toInt(value) == 0)
        return ChipSpec{.text = words("Not used"), .hue = Hue::Mute};
    if (c.allowed.empty())
        return std::nullopt;
    const auto *const found = std::find_if(kExceptions.begin(), kExceptions.end(),
                                           [&](const Exception &e) { return e.column == c.name && e.value == schema::toText(value); });
    return found == kExceptions.end() ? std::nullopt : std::optional(ChipSpec{.text = allowedWord(table, column, found->value), .hue = found->hue});
}

} // namespace anteroom::ui
