#include "ui/records/record_words.h"

#include "core/money.h"
#include "schema/registry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace anteroom::ui {
namespace {

using schema::Column;
using schema::Table;
using schema::Type;

struct Named { std::string_view table, column, title; };      // table empty: in every table

// Only where the name alone would be wrong, doubled in its table, or a unit.
constexpr Named kTitles[] = {
    {"", "created_at", "Made"}, {"", "created_by", "Made by"}, {"", "updated_at", "Changed"}, {"", "updated_by", "Changed by"},
    {"", "updated_device", "Changed on PC"}, {"", "deleted_at", "Archived"}, {"", "deleted_reason", "Why archived"},
    {"", "active", "In use"}, {"patients", "active", "Active"}, {"users", "active", "Active"}, {"", "at", "Time"}, {"", "mine_at", "Mine made"}, {"", "theirs_at", "Theirs made"},
    {"patients", "state", "State or province"}, {"patients", "deceased_at", "Time of death"}, {"patients", "deceased_on", "Date of death"},
    {"patients", "deceased", "Died"}, {"patients", "unknown", "Not identified"}, {"patients", "contact_consent", "May be contacted"},
    {"patients", "birth_captured_on", "Age asked on"}, {"patients", "interpreter", "Needs an interpreter"},
    {"patient_merges", "merged_id", "Merged patient"}, {"patient_merges", "survivor_id", "Kept patient"},
    {"patients", "address_line", "Address"}, {"patient_contacts", "address_line", "Address"},
    {"", "tax_permille", "Tax rate"}, {"", "discount_limit_permille", "Discount limit"}, {"", "quantity_milli", "Quantity"},
    {"", "weight_grams", "Weight"}, {"", "temperature_decidegrees", "Temperature"}, {"", "temperature_site", "Measured at"},
    {"", "oxygen_percent", "Oxygen saturation"}, {"", "height_millimetres", "Height"}, {"", "head_millimetres", "Head circumference"},
    {"", "glucose_decimmol", "Glucose"}, {"", "glucose_when", "Glucose taken"}, {"vitals", "position", "Posture"},
    {"", "size_bytes", "Size"}, {"", "duration_minutes", "Duration"}, {"", "duration_days", "Duration"}, {"", "slot_minutes", "Slot"},
    {"", "aged_minutes", "Moves up after"}, {"", "target_minutes", "Waiting target"}, {"", "no_show_minutes", "No-show after"},
    {"", "days_supply", "Days of supply"}, {"", "min_age_days", "From age"}, {"", "max_age_days", "To age"},
    {"", "default_duration_days", "Usual duration"}, {"", "repeat_window_days", "Not again within"},
    {"", "first_minute", "Day begins"}, {"", "last_minute", "Day ends"}, {"", "start_minute", "Begins"},
    {"", "snapshot_name", "Patient name"}, {"", "snapshot_number", "Patient number"}, {"", "snapshot_age", "Age"},
    {"", "snapshot_birth_date", "Birth date"}, {"", "snapshot_weight_grams", "Weight"},
    {"", "subject_table", "About"}, {"", "subject_id", "Record"}, {"", "subject_class", "Kind of data"}, {"", "merge_group", "Part of the record"},
    {"", "entry_uuid", "Entry ID"}, {"", "claim_uuid", "Claim ID"}, {"", "national_id", "National ID"}, {"", "external_id", "External ID"},
    {"", "attempt_id", "Attempt"}, {"", "from_rev", "From revision"}, {"", "to_rev", "To revision"}, {"", "seq", "Number of the PC"},
    {"", "dose_ack", "Dose checked"}, {"", "safety_ack", "Safety checked"}, {"", "z_number", "Z report"},
    {"", "key_hash", "Key"}, {"", "epoch_number", "Number in its epoch"}, {"", "number_epoch", "Epoch of the number"},
    {"", "arrived_at", "Arrived"}, {"", "starts_at", "Begins"}, {"", "ends_at", "Ends"}, {"", "opens_at", "Opens"}, {"", "closes_at", "Closes"},
    {"", "remind_at", "Remind"}, {"user_activity_log", "action", "What was done"}, {"", "dose_per_kg", "Dose per kg"},
    {"", "max_dose_per_kg", "Greatest dose per kg"}, {"", "max_single_dose", "Greatest single dose"}, {"", "max_daily_dose", "Greatest daily dose"},
};

struct Word { std::string_view value, word; };
constexpr Word kWords[] = {
    {"no_show", "No-show"}, {"walk_in", "Walk-in"}, {"follow_up", "Follow-up"}, {"catchup", "Catch-up"}, {"api", "API"},
    {"write_off", "Write-off"}, {"by_field", "Field by field"}, {"mine", "Kept that PC's"}, {"theirs", "Kept the host's"},
};

constexpr Word kActs[] = {
    {"patients.register", "Patient registered"}, {"patients.register_and_queue", "Patient registered and queued"},
    {"patients.edit", "Patient changed"}, {"patients.change", "Patient changed"}, {"patients.new", "Patient registered"},
    {"queue.take", "Ticket taken"}, {"queue.call", "Ticket called"}, {"queue.next", "Next ticket called"}, {"queue.recall", "Called again"},
    {"queue.serve", "Service begun"}, {"queue.finish", "Finished"}, {"queue.transfer", "Sent on"}, {"queue.hold", "Put on hold"},
    {"queue.no_show", "Did not come"}, {"queue.undo", "Step taken back"}, {"queue.close_day", "Day closed"},
    {"record.add", "Added"}, {"record.change", "Changed"}, {"record.delete", "Archived"}, {"record.restore", "Restored"},
    {"conflict.mine", "Conflict settled"}, {"conflict.theirs", "Conflict settled"}, {"conflict.by_field", "Conflict settled"}, {"conflict.read", "Read and closed"},
    {"review.apply", "Applied after review"}, {"review.drop", "Dropped after review"},
    {"record.undo", "Undone"}, {"clinic.start", "Clinic started"}, {"devices.join", "PC joined"}, {"import", "Imported"},
};

struct Unit { std::string_view column; int digits; const char *unit; };
constexpr Unit kUnits[] = {
    {"weight_grams", 3, "kg"}, {"snapshot_weight_grams", 3, "kg"}, {"temperature_decidegrees", 1, "°C"}, {"oxygen_percent", 0, "%"},
    {"height_millimetres", 1, "cm"}, {"head_millimetres", 1, "cm"}, {"glucose_decimmol", 1, "mmol/l"}, {"systolic", 0, "mmHg"},
    {"diastolic", 0, "mmHg"}, {"heart_rate", 0, "/min"}, {"respiratory_rate", 0, "/min"}, {"quantity_milli", 3, ""},
    {"tax_permille", 1, "%"}, {"discount_limit_permille", 1, "%"}, {"duration_minutes", 0, "min"}, {"slot_minutes", 0, "min"},
    {"aged_minutes", 0, "min"}, {"target_minutes", 0, "min"}, {"no_show_minutes", 0, "min"}, {"days_supply", 0, "days"},
    {"min_age_days", 0, "days"}, {"max_age_days", 0, "days"}, {"default_duration_days", 0, "days"}, {"repeat_window_days", 0, "days"},
    {"duration_days", 0, "days"},
};

constexpr std::string_view kMinutesOfDay[] = {"first_minute", "last_minute", "start_minute"};
constexpr std::string_view kTechnical[] = {"folded_name", "phone_digits", "second_phone_digits", "key_hash", "content_hash", "prev_hash", "hash",
                                           "subject_class", "claim_uuid", "attempt_id", "encoding", "number_epoch", "epoch_number"};
constexpr char16_t kNoBreak = u'\u00a0';

QString schemaWord(std::string_view source)
{
    const QByteArray text(source.data(), static_cast<qsizetype>(source.size()));      // translate() wants its end marked
    return QCoreApplication::translate("Schema", text.constData());
}

QString words(const char *text) { return QCoreApplication::translate("Records", text); }

std::string sentence(std::string name)       // "birth_date": "Birth date"
{
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

std::string titleOf(const Table &table, const Column &column)
{
    const Named *found = nullptr;
    for (const Named &named : kTitles)
        if (named.column == column.name && (named.table == table.name || (named.table.empty() && !found)))
            found = &named;
    if (found)
        return std::string(found->title);
    const std::string_view end = column.type == Type::Uuid ? "_id" : column.type == Type::Timestamp ? "_at" : "";
    std::string_view name = column.name;
    if (!end.empty() && name.size() > end.size() && name.ends_with(end))
        name.remove_suffix(end.size());
    return sentence(std::string(schema::findColumn(table, name) < 0 ? name : column.name));     // "mine_at" beside "mine"
}

bool isIn(std::span<const std::string_view> names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

QString numbered(qsizetype count, const char *one, const char *many)
{
    return count == 1 ? words(one) : words(many).arg(QLocale().toString(count));
}

QString jsonText(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (document.isArray())
        return numbered(document.array().size(), "1 entry", "%1 entries");
    if (document.isObject())
        return numbered(document.object().size(), "1 value", "%1 values");
    return QString::fromUtf8(json);
}

QString minuteOfDayText(std::int64_t minute, const ValueStyle &style)
{
    return minute == 24 * 60 ? words("24:00") : style.locale.toString(QTime(0, 0).addSecs(static_cast<int>(minute) * 60), QLocale::ShortFormat);
}

QString weekdaysText(std::int64_t days, const ValueStyle &style)       // bit 0 is Monday
{
    constexpr int kWeek = 7;
    QStringList out;
    for (int day = 0; day < kWeek; ++day)
        if (days >> day & 1)
            out.append(style.locale.standaloneDayName(day + 1, QLocale::ShortFormat));
    return out.size() == kWeek ? words("Every day") : out.join(QStringLiteral(", "));
}

QString integerText(const Table &table, int column, std::int64_t value, const ValueStyle &style)
{
    const Column &c = schema::columnAt(table, column);
    if (const auto measure = measureOf(table, column))
        return measureText(value, *measure, style.locale);
    if (isMinuteOfDay(table, column))
        return minuteOfDayText(value, style);
    if (c.name == "weekdays")
        return weekdaysText(value, style);
    if (c.name == "size_bytes")
        return bytesText(value, style.locale);
    if (c.name == "subject_class")
        return dataClassWord(value);
    if (c.name == "subject_table") {
        const Table *subject = value > 0 && value <= UINT16_MAX ? schema::findTable(static_cast<std::uint16_t>(value)) : nullptr;
        return subject ? tableTitle(*subject) : QString();
    }
    return style.locale.toString(static_cast<qlonglong>(value));
}

QString referenceText(const Column &column, const Uuid &id, const node::Labels &labels)
{
    if (const auto it = labels.find(id); it != labels.end() && !it->second.isEmpty())
        return it->second;
    return column.references.empty() ? id.toString() : words("Not on this PC");
}

} // namespace

QString tableTitle(const Table &table) { return schemaWord(table.title); }

QString tablePlural(const Table &table) { return schemaWord(table.plural.empty() ? table.title : table.plural); }

QString columnTitle(const Table &table, int column) { return schemaWord(titleOf(table, schema::columnAt(table, column))); }

QString allowedWord(const Table &table, int column, std::string_view value)
{
    for (const Word &word : kWords)
        if (word.value == value)
            return schemaWord(word.word);
    const Column &c = schema::columnAt(table, column);
    if (c.name == "blood_group" || !isIn(c.allowed, value))         // a value of next year's program
        return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
    return schemaWord(sentence(std::string(value)));
}

QString actWords(std::string_view act)
{
    for (const Word &word : kActs)
        if (word.value == act)
            return schemaWord(word.word);
    std::string name(act);
    std::replace(name.begin(), name.end(), '.', '_');
    return QString::fromStdString(sentence(std::move(name)));
}

QString dataClassWord(std::int64_t dataClass)
{
    static constexpr std::array kNames{"Operational", "Demographic", "Clinical", "Medication", "Financial", "Account", "Audit"};
    return dataClass >= 1 && dataClass <= static_cast<std::int64_t>(kNames.size()) ? schemaWord(kNames[static_cast<std::size_t>(dataClass - 1)]) : QString();
}

QString inSentence(const QString &title)
{
    if (title.size() > 1 && title.at(1).isUpper())
        return title;
    // Nouns keep their capital in German alone.
    return QLocale().language() == QLocale::German ? title : QString(title.left(1).toLower() + title.mid(1));
}

std::optional<Measure> measureOf(const Table &table, int column)
{
    const Column &c = schema::columnAt(table, column);
    if (c.type != Type::Integer)
        return std::nullopt;
    for (const Unit &unit : kUnits)
        if (unit.column == c.name)
            return Measure{unit.digits, *unit.unit ? words(unit.unit) : QString()};
    return std::nullopt;
}

bool isMinuteOfDay(const Table &table, int column) { return isIn(kMinutesOfDay, schema::columnAt(table, column).name); }

bool isNumber(const Table &table, int column)
{
    const Column &c = schema::columnAt(table, column);
    const bool words = c.name == "subject_table" || c.name == "subject_class" || c.name == "merge_group" || c.name == "weekdays";
    return c.type == Type::Money || c.type == Type::Real || (c.type == Type::Integer && !words);
}

bool isTechnical(const Table &table, int column) { return isIn(kTechnical, schema::columnAt(table, column).name); }

QString valueText(const Table &table, int column, const schema::Value &value, const node::Labels &labels, const ValueStyle &style)
{
    if (schema::isNull(value))
        return {};
    const Column &c = schema::columnAt(table, column);
    switch (c.type) {
    case Type::Text:
        if (c.name == "action")
            return actWords(schema::toText(value));
        return c.allowed.empty() ? schema::toQString(value) : allowedWord(table, column, schema::toText(value));
    case Type::Uuid: return referenceText(c, schema::toUuid(value), labels);
    case Type::Integer: return integerText(table, column, schema::toInt(value), style);
    case Type::Real: {
        const auto *real = std::get_if<double>(&value);
        return style.locale.toString(real ? *real : static_cast<double>(schema::toInt(value)), 'f', QLocale::FloatingPointShortest);
    }
    case Type::Boolean: return schema::toInt(value) ? words("Yes") : words("No");
    case Type::Date: return partialDateText(schema::toQString(value), style);
    case Type::Timestamp: return momentText(schema::toInt(value), style);
    case Type::Money: return formatMoney(Money{schema::toInt(value)}, style.moneyDigits, style.locale);
    case Type::Json: return jsonText(schema::toQString(value).toUtf8());
    case Type::Blob: {
        const auto *blob = std::get_if<schema::Blob>(&value);
        return blob ? bytesText(blob->size(), style.locale) : QString();
    }
    }
    return {};
}

QString cellText(const Table &table, int column, const schema::Row &row, const node::Labels &labels, const ValueStyle &style)
{
    const Column &c = schema::columnAt(table, column);
    const schema::Value &value = row[column];
    if (c.name == "birth_date" && !schema::isNull(value)) {
        const int precision = schema::findColumn(table, "birth_precision");
        if (precision >= 0 && schema::toText(row[precision]) == "age")
            return words("about %1").arg(schema::toQString(value).left(4));
    }
    if (c.name == "merge_group" && !schema::isNull(value)) {
        const int subject = schema::findColumn(table, "subject_table");
        const Table *about = subject < 0 ? nullptr : schema::findTable(static_cast<std::uint16_t>(schema::toInt(row[subject])));
        const schema::Group *group = about ? schema::findGroup(*about, static_cast<schema::GroupNo>(schema::toInt(value))) : nullptr;
        return group ? schemaWord(sentence(std::string(group->name))) : words("The whole record");
    }
    return valueText(table, column, value, labels, style);
}

QString dayText(QDate day, const ValueStyle &style) { return style.locale.toString(day, QStringLiteral("d MMM yyyy")); }

QString partialDateText(const QString &date, const ValueStyle &style)
{
    constexpr int kMonth = 7, kDay = 10;                     // characters of "YYYY-MM" and "YYYY-MM-DD"
    const QDate day = QDate::fromString(date.size() == kMonth ? QString(date + QStringLiteral("-01")) : date, Qt::ISODate);
    if (!day.isValid())
        return date;
    return date.size() == kDay ? dayText(day, style) : style.locale.toString(day, QStringLiteral("MMM yyyy"));
}

QString momentText(std::int64_t utcMs, const ValueStyle &style)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(utcMs, style.zone);
    return words("%1, %2").arg(dayText(at.date(), style), style.locale.toString(at.time(), QStringLiteral("HH:mm")));
}

QString shortMomentText(std::int64_t utcMs, QDate today, const ValueStyle &style)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(utcMs, style.zone);
    if (at.date() == today)
        return words("today %1").arg(style.locale.toString(at.time(), QStringLiteral("HH:mm")));
    return at.date().year() == today.year() ? style.locale.toString(at.date(), QStringLiteral("d MMM")) : dayText(at.date(), style);
}

QString measureText(std::int64_t kept, const Measure &measure, const QLocale &locale)
{
    QString number = formatMoney(Money{kept}, measure.digits, locale);      // the same digits, exactly
    if (measure.digits > 0) {                                                // 62.500 kg is 62.5 kg
        const QString point = locale.decimalPoint();
        while (number.contains(point) && (number.endsWith(locale.zeroDigit()) || number.endsWith(point)))
            number.chop(1);
    }
    if (measure.unit.isEmpty())
        return number;
    if (kept == 1 && measure.unit == words("days"))
        return words("1 day").replace(QLatin1Char(' '), QChar(kNoBreak));
    return number + QChar(kNoBreak) + measure.unit;
}

QString bytesText(std::int64_t bytes, const QLocale &locale)
{
    return locale.formattedDataSize(bytes, bytes < 1000 ? 0 : 1, QLocale::DataSizeSIFormat).replace(QLatin1Char(' '), QChar(kNoBreak));
}

} // namespace anteroom::ui
