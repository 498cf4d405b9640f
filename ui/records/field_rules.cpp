#include "ui/records/field_rules.h"

#include "domain/billing.h"
#include "schema/registry.h"
#include "schema/tables/appointments.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patients.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <tuple>

namespace anteroom::ui {
namespace {

using schema::Column;
using schema::Table;
using schema::Type;

constexpr std::uint32_t kOneLine = 255;          // characters; what may be longer gets several lines
constexpr std::uint32_t kShortText = 80;         // fits into half a form
constexpr std::size_t kSectionFields = 4;        // a group of fewer fields needs no heading
constexpr std::size_t kLongForm = 16;            // a form of fewer fields is read at one glance

struct Place { std::string_view table, column; };

// Follow from other fields of the form; the door or addDerived() fills them.
constexpr Place kFollow[] = {
    {"", "folded"}, {"", "folded_name"}, {"", "phone_digits"}, {"", "second_phone_digits"}, {"", "subject_class"},
    {"patients", "birth_precision"}, {"patients", "birth_captured_on"}, {"appointments", "local_start"}, {"appointments", "zone"},
    {"appointments", "clinic_day"}, {"active_patient_queue", "clinic_day"}, {"user_sessions", "fence"}, {"", "encoding"}, {"", "provisional_label"}, {"", "identifier"},
};
constexpr Place kTelling[] = {{"bill_items", "tax"}, {"bill_items", "total"}};
// What a person writes first stands first; the rest in the order of the table.
constexpr Place kFirst[] = {{"bill_items", "description"}, {"bill_items", "quantity_milli"}, {"bill_items", "unit_price"}};
constexpr std::string_view kNowColumns[] = {"taken_at", "noted_at", "received_at", "moved_at", "dispensed_at", "opened_at"};
constexpr std::string_view kMeColumns[] = {"taken_by", "received_by", "moved_by", "dispensed_by", "cashier_id", "prescriber_id"};

bool isPlace(std::span<const Place> places, const Table &table, const Column &column)
{
    return std::any_of(places.begin(), places.end(), [&](const Place &p) { return p.column == column.name && (p.table.empty() || p.table == table.name); });
}

bool isIn(std::span<const std::string_view> names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

FieldKind textKind(const Table &table, const Column &column)
{
    if (!column.allowed.empty())
        return FieldKind::Choice;
    if (column.name == "colour")
        return FieldKind::Colour;
    const bool prose = column.maxLength > kOneLine && column.name != "system" && column.name != "name" && column.name != "display_name"
        && column.name != "address_line" && column.name != "snapshot_name" && column.name != "patient_name" && column.name != "title";
    return prose && table.name != "clinic_settings" ? FieldKind::Lines : FieldKind::Line;
}

FieldKind integerKind(const Table &table, int column)
{
    const Column &c = schema::columnAt(table, column);
    if (isMinuteOfDay(table, column))
        return FieldKind::MinuteOfDay;
    if (c.name == "weekdays")
        return FieldKind::Weekdays;
    return c.name == "subject_table" ? FieldKind::SubjectTable : FieldKind::Number;
}

bool isWide(const Table &table, const FieldSpec &spec)
{
    const Column &c = schema::columnAt(table, spec.column);
    switch (spec.kind) {
    case FieldKind::Lines:
    case FieldKind::Json:
    case FieldKind::Reference:
    case FieldKind::Subject:
    case FieldKind::Check:
    case FieldKind::Weekdays: return true;
    case FieldKind::Line: return c.maxLength == 0 || c.maxLength > kShortText;
    case FieldKind::Choice:
    case FieldKind::YesNo: {
        const auto choices = spec.kind == FieldKind::YesNo ? std::size_t{3} : choicesOf(table, spec.column, {}).size();
        return choices <= 4;                     // segments
    }
    default: return false;
    }
}

std::size_t rank(const Table &table, int column)
{
    const auto *const found = std::find_if(std::begin(kFirst), std::end(kFirst), [&](const Place &p) { return p.table == table.name && p.column == schema::columnAt(table, column).name; });
    return static_cast<std::size_t>(found - std::begin(kFirst));
}

int orderInSection(FieldKind kind) { return kind == FieldKind::Check ? 2 : kind == FieldKind::Lines || kind == FieldKind::Json ? 1 : 0; }

void addItemAmounts(const schema::Row &row, std::vector<schema::ColumnValue> &values)
{
    using schema::tables::bill_items;
    const auto amounts = domain::itemAmounts(Money{schema::toInt(row[schema::col(bill_items, "unit_price")])},
                                             schema::toInt(row[schema::col(bill_items, "quantity_milli")], 1000),
                                             Money{schema::toInt(row[schema::col(bill_items, "discount")])},
                                             schema::toInt(row[schema::col(bill_items, "tax_permille")]));
    if (!amounts)
        return;
    values.push_back({schema::col(bill_items, "tax"), amounts->tax.minor});
    values.push_back({schema::col(bill_items, "total"), amounts->total.minor});
}

void addWallTime(const schema::Row &row, const ValueStyle &style, std::vector<schema::ColumnValue> &values)
{
    using schema::tables::appointments;
    const schema::Value &starts = row[schema::col(appointments, "starts_at")];
    if (schema::isNull(starts))
        return;
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(schema::toInt(starts), style.zone);
    values.push_back({schema::col(appointments, "clinic_day"), schema::text(at.date().toString(Qt::ISODate))});
    values.push_back({schema::col(appointments, "local_start"), schema::text(at.toString(QStringLiteral("yyyy-MM-ddTHH:mm")))});
    values.push_back({schema::col(appointments, "zone"), schema::text(QString::fromLatin1(style.zone.id()))});
}

void addSubjectClass(const Table &table, const schema::Row &row, std::vector<schema::ColumnValue> &values)
{
    const int subject = schema::findColumn(table, "subject_table"), target = schema::findColumn(table, table.classColumn);
    if (subject < 0 || target < 0)
        return;
    const Table *about = schema::findTable(static_cast<std::uint16_t>(schema::toInt(row[subject])));
    values.push_back({target, static_cast<std::int64_t>(about ? about->dataClass : schema::DataClass::Operational)});
}

} // namespace

FieldKind fieldKind(const Table &table, int column)
{
    const Column &c = schema::columnAt(table, column);
    if (column < schema::kStandardCount || isPlace(kFollow, table, c))
        return FieldKind::Hidden;
    if (c.group == schema::kHostFilled || isPlace(kTelling, table, c))
        return isTechnical(table, column) || c.type == Type::Blob ? FieldKind::Hidden : FieldKind::Shown;
    if (isTechnical(table, column))
        return FieldKind::Hidden;
    switch (c.type) {
    case Type::Text: return textKind(table, c);
    case Type::Uuid: return !c.references.empty() ? FieldKind::Reference : c.name == "subject_id" ? FieldKind::Subject : FieldKind::Hidden;
    case Type::Integer: return integerKind(table, column);
    case Type::Real: return FieldKind::Real;
    case Type::Boolean: return c.defaultValue.empty() ? FieldKind::YesNo : FieldKind::Check;
    case Type::Date: return table.number == schema::tables::patients.number && c.name == "birth_date" ? FieldKind::Birth : FieldKind::Date;
    case Type::Timestamp: return FieldKind::Moment;
    case Type::Money: return FieldKind::Money;
    case Type::Json: return FieldKind::Json;
    case Type::Blob: return FieldKind::Bytes;
    }
    return FieldKind::Hidden;
}

std::vector<FieldSpec> fieldSpecs(const Table &table)
{
    std::vector<FieldSpec> out;
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i) {
        const FieldKind kind = fieldKind(table, i);
        if (kind == FieldKind::Hidden)
            continue;
        const Column &c = schema::columnAt(table, i);
        FieldSpec spec{.column = i, .kind = kind, .title = columnTitle(table, i), .optional = !c.required, .section = c.group};
        constexpr int kHalfTitle = 14;           // letters that stand beside "optional" in half the width
        spec.wide = isWide(table, spec) || (spec.optional && spec.title.size() > kHalfTitle);
        out.push_back(std::move(spec));
    }
    // A large group of a long form stands by itself; what is between two of them stands together.
    int section = 0, last = -1;
    bool lastBig = false;
    for (FieldSpec &spec : out) {
        const int group = spec.section;
        const auto size = static_cast<std::size_t>(std::count_if(out.begin(), out.end(), [&](const FieldSpec &s) {
            return schema::columnAt(table, s.column).group == group;
        }));
        const bool big = group != schema::kHostFilled && size >= kSectionFields && out.size() >= kLongForm;
        if (group != last && (big || lastBig))
            ++section;
        last = group;
        lastBig = big;
        spec.section = section;
    }
    std::stable_sort(out.begin(), out.end(), [&](const FieldSpec &a, const FieldSpec &b) {
        return std::tuple(a.section, rank(table, a.column), orderInSection(a.kind)) < std::tuple(b.section, rank(table, b.column), orderInSection(b.kind));
    });
    return out;
}

QString groupTitle(const Table &table, schema::GroupNo number)
{
    const schema::Group *group = schema::findGroup(table, number);
    if (!group)
        return tableTitle(table);
    const auto columns = schema::groupColumns(table, number);
    const auto shown = std::count_if(columns.begin(), columns.end(), [&](int c) { return fieldKind(table, c) != FieldKind::Hidden; });
    for (const int column : columns)
        if (shown == 1 && fieldKind(table, column) != FieldKind::Hidden)
            return columnTitle(table, column);
    std::string name(group->name);
    std::replace(name.begin(), name.end(), '_', ' ');
    name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    return QCoreApplication::translate("Schema", name.c_str());
}

QString sectionTitle(const Table &table, int section)
{
    const auto specs = fieldSpecs(table);
    std::optional<schema::GroupNo> group;
    std::size_t count = 0;
    for (const FieldSpec &spec : specs) {
        if (spec.section != section)
            continue;
        const schema::GroupNo of = schema::columnAt(table, spec.column).group;
        if (group && *group != of)
            return {};
        group = of;
        ++count;
    }
    const bool alone = specs.empty() || (specs.front().section == specs.back().section);
    return group && !alone && count >= kSectionFields ? groupTitle(table, *group) : QString();
}

int stateColumn(const Table &table)
{
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i) {
        const Column &c = schema::columnAt(table, i);
        const schema::Group *group = schema::findGroup(table, c.group);
        if (group && group->kind == schema::GroupKind::State && !c.allowed.empty())
            return i;
    }
    return -1;
}

bool isKey(const Table &table, int column) { return isIn(table.naturalKey, schema::columnAt(table, column).name); }

std::vector<std::string_view> choicesOf(const Table &table, int column, std::string_view present)
{
    const Column &c = schema::columnAt(table, column);
    std::vector<std::string_view> out;
    if (column == stateColumn(table)) {
        const std::string_view from = present.empty() ? c.defaultValue : present;
        const schema::Group *group = schema::findGroup(table, c.group);
        for (const std::string_view value : c.allowed)
            if (value == from || std::any_of(group->transitions.begin(), group->transitions.end(), [&](const schema::Transition &t) { return t.from == from && t.to == value; }))
                out.push_back(value);
        return out;
    }
    if (!c.required && c.defaultValue.empty())
        out.push_back({});
    out.insert(out.end(), c.allowed.begin(), c.allowed.end());
    if (!present.empty() && !isIn(out, present))
        out.push_back(present);                  // of next year's program
    return out;
}

QString madeElsewhere(const Table &table)
{
    for (const Column &c : table.columns)
        if (c.required && c.type == Type::Blob)
            return table.insertOnly && table.name == "schedule_drawings" ? QCoreApplication::translate("Records", "Drawings are made in the book itself.")
                                                                        : QCoreApplication::translate("Records", "Files are added where they belong, not by hand.");
    return {};
}

std::vector<Prefill> prefill(const Table &table, std::int64_t now, const Uuid &person)
{
    std::vector<Prefill> out;
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i) {
        const Column &c = schema::columnAt(table, i);
        if (c.type == Type::Timestamp && isIn(kNowColumns, c.name))
            out.push_back({i, now});
        else if (c.references == "users" && isIn(kMeColumns, c.name) && !person.isNull())
            out.push_back({i, person});
    }
    return out;
}

void addDerived(const Table &table, const schema::Row &row, const ValueStyle &style, std::vector<schema::ColumnValue> &values)
{
    if (table.number == schema::tables::bill_items.number)
        addItemAmounts(row, values);
    else if (table.number == schema::tables::appointments.number)
        addWallTime(row, style, values);
    else if (!table.classColumn.empty())
        addSubjectClass(table, row, values);
}

} // namespace anteroom::ui
