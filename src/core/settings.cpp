#include "core/settings.h"

#include "core/atomic_file.h"

#include <QDir>

#include <algorithm>
#include <array>

namespace anteroom {

namespace {

constexpr qint64 kMaxFileBytes = 65'536;      // the whole table takes less than one of them

constexpr std::array<const Setting *, 16> kAll{&setting::kSyncAuto, &setting::kSyncIntervalS, &setting::kHostPort, &setting::kHostListening,
    &setting::kHostKeepAwake, &setting::kHostTrayTold, &setting::kDeskServicePoint, &setting::kDeskRoom, &setting::kUiTheme, &setting::kUiScale, &setting::kUiKeycaps,
    &setting::kLookReducedMotion, &setting::kLookLanguage, &setting::kRecordsColumns, &setting::kClinicCurrency, &setting::kClinicZone};

QString keyOf(const Setting &setting)
{
    return QString::fromLatin1(setting.key.data(), static_cast<qsizetype>(setting.key.size()));
}

tl::unexpected<Error> invalid(const Setting &setting, const QString &words)
{
    return fail(ErrorCode::Invalid, keyOf(setting) + u' ' + words, keyOf(setting));
}

template <typename Range, typename Format>
QString listed(const Range &range, Format format)
{
    QStringList names;
    for (const auto &item : range)
        names += format(item);
    return names.join(QStringLiteral(", "));
}

Result<void> checkNumber(const Setting &setting, std::int64_t number)
{
    if (!setting.only.empty() && std::find(setting.only.begin(), setting.only.end(), number) == setting.only.end())
        return invalid(setting, QStringLiteral("is one of ") + listed(setting.only, [](std::int64_t n) { return QString::number(n); }) + u'.');
    if (number < setting.min || number > setting.max)
        return invalid(setting, QStringLiteral("lies between %1 and %2.").arg(setting.min).arg(setting.max));
    return {};
}

Result<void> checkText(const Setting &setting, const QString &text)
{
    const auto latin = [](std::string_view name) { return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())); };
    const auto same = [&](std::string_view name) { return latin(name) == text; };
    if (!setting.allowed.empty() && std::none_of(setting.allowed.begin(), setting.allowed.end(), same))
        return invalid(setting, QStringLiteral("is one of ") + listed(setting.allowed, latin) + u'.');
    if (text.size() > setting.max)
        return invalid(setting, QStringLiteral("has at most %1 characters.").arg(setting.max));
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
        return invalid(setting, QStringLiteral("is one line of plain text."));
    return {};
}

} // namespace

std::span<const Setting *const> allSettings()
{
    return kAll;
}

const Setting *findSetting(std::string_view key)
{
    const auto *const at = std::find_if(kAll.begin(), kAll.end(), [key](const Setting *s) { return s->key == key; });
    return at == kAll.end() ? nullptr : *at;
}

SettingValue defaultOf(const Setting &setting)
{
    switch (setting.kind) {
    case Setting::Kind::Boolean:
        return setting.number != 0;
    case Setting::Kind::Integer:
        return setting.number;
    case Setting::Kind::Text:
        break;
    }
    return QString::fromLatin1(setting.text.data(), static_cast<qsizetype>(setting.text.size()));
}

Result<void> checkSetting(const Setting &setting, const SettingValue &value)
{
    if (value.index() != defaultOf(setting).index())
        return invalid(setting, QStringLiteral("has another type."));
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return checkNumber(setting, *number);
    if (const auto *text = std::get_if<QString>(&value))
        return checkText(setting, *text);
    return {};
}

Result<SettingValue> settingFromText(const Setting &setting, const QString &text)
{
    SettingValue value = text;
    if (setting.kind == Setting::Kind::Boolean) {
        if (text != QLatin1String("true") && text != QLatin1String("false"))
            return invalid(setting, QStringLiteral("is true or false."));
        value = text == QLatin1String("true");
    } else if (setting.kind == Setting::Kind::Integer) {
        bool number = false;
        value = static_cast<std::int64_t>(text.toLongLong(&number));
        if (!number)
            return invalid(setting, QStringLiteral("is a whole number."));
    }
    if (Result<void> checked = checkSetting(setting, value); !checked)
        return tl::unexpected<Error>(checked.error());
    return value;
}

QString settingToText(const SettingValue &value)
{
    if (const bool *flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return QString::number(*number);
    return std::get<QString>(value);
}

Result<Settings> Settings::load(const QString &folder)
{
    Settings settings;
    settings.m_path = QDir(folder).filePath(QStringLiteral("settings.ini"));
    const Result<QByteArray> content = readSmallFile(settings.m_path, kMaxFileBytes);
    if (!content && content.error().code == ErrorCode::NotFound)
        return settings;
    if (!content)
        return tl::unexpected<Error>(content.error());
    const QStringList lines = QString::fromUtf8(*content).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 1) {
            settings.m_problems += QStringLiteral("Line %1 of settings.ini is no \"key = value\" and was left out.").arg(i + 1);
            continue;
        }
        const QString key = line.left(equals).trimmed();
        const QString text = line.mid(equals + 1).trimmed();
        if (const Setting *known = findSetting(key.toStdString())) {
            const Result<SettingValue> value = settingFromText(*known, text);
            if (!value) {
                settings.m_problems += value.error().detail + QStringLiteral(" Line %1 of settings.ini was left out.").arg(i + 1);
                continue;
            }
        }
        settings.m_values.insert(key, text);
    }
    return settings;
}

Result<void> Settings::save() const
{
    QByteArray content("# Settings of this PC. Anteroom rewrites this file; what is not here has its default.\n");
    for (auto at = m_values.cbegin(); at != m_values.cend(); ++at)
        content += QString(at.key() + QLatin1String(" = ") + at.value() + u'\n').toUtf8();
    return writeFileAtomically(m_path, content, FileMode::Shared);
}

SettingValue Settings::value(const Setting &setting) const
{
    const auto at = m_values.constFind(keyOf(setting));
    if (at == m_values.cend())
        return defaultOf(setting);
    return settingFromText(setting, *at).value_or(defaultOf(setting));
}

Result<void> Settings::setValue(const Setting &setting, const SettingValue &value)
{
    if (setting.scope == SettingScope::Clinic)
        return fail(ErrorCode::Refused, keyOf(setting) + QStringLiteral(" belongs to the clinic; change it in the clinic's settings."), keyOf(setting));
    if (Result<void> checked = checkSetting(setting, value); !checked)
        return checked;
    if (value == defaultOf(setting))
        m_values.remove(keyOf(setting));
    else
        m_values.insert(keyOf(setting), settingToText(value).trimmed());     // as load() reads it
    return {};
}

} // namespace anteroom
