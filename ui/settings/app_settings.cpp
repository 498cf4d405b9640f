#include "ui/settings/app_settings.h"

namespace anteroom::ui {

AppSettings::AppSettings(const QString &dataDir, QObject *parent) : QObject(parent), m_folder(dataDir)
{
    if (auto loaded = Settings::load(dataDir))
        m_values = std::move(*loaded);                       // else the defaults; writing tells why
}

// The file belongs to several owners (sync writes its interval there): read it again before each change.
template <typename T>
bool AppSettings::store(const TypedSetting<T> &setting, const T &value)
{
    auto now = Settings::load(m_folder);
    if (now) {
        auto written = now->set(setting, value).and_then([&] { return now->save(); });
        if (written) {
            m_values = std::move(*now);
            return true;
        }
        Q_EMIT failed(written.error().detail);
    } else {
        Q_EMIT failed(now.error().detail);
    }
    return false;
}

Uuid AppSettings::servicePoint() const { return Uuid::fromString(m_values.get(setting::kDeskServicePoint)).value_or(Uuid{}); }
Uuid AppSettings::room() const { return Uuid::fromString(m_values.get(setting::kDeskRoom)).value_or(Uuid{}); }

Theme::Scheme AppSettings::scheme() const
{
    const QString text = m_values.get(setting::kUiTheme);
    return text == QLatin1String("light") ? Theme::Scheme::Light : text == QLatin1String("dark") ? Theme::Scheme::Dark : Theme::Scheme::System;
}

void AppSettings::setDesk(const Uuid &point, const Uuid &roomId)
{
    if (point == servicePoint() && roomId == room())
        return;
    const auto text = [](const Uuid &id) { return id.isNull() ? QString() : id.toString(); };
    if (store(setting::kDeskServicePoint, text(point)) && store(setting::kDeskRoom, text(roomId)))
        Q_EMIT deskChanged();
}

void AppSettings::setScheme(Theme::Scheme scheme)
{
    const QString text = scheme == Theme::Scheme::Light  ? QStringLiteral("light")
                         : scheme == Theme::Scheme::Dark ? QStringLiteral("dark")
                                                         : QStringLiteral("system");
    if (store(setting::kUiTheme, text))
        Q_EMIT lookChanged();
}

void AppSettings::setScale(int percent)
{
    if (store(setting::kUiScale, std::int64_t{percent}))
        Q_EMIT lookChanged();
}

void AppSettings::setKeycaps(bool shown)
{
    if (store(setting::kUiKeycaps, shown))
        Q_EMIT lookChanged();
}

void AppSettings::setReducedMotion(const QString &when)
{
    if (store(setting::kLookReducedMotion, when))
        Q_EMIT lookChanged();
}

void AppSettings::setLanguage(const QString &name)
{
    if (store(setting::kLookLanguage, name))
        Q_EMIT lookChanged();
}

void AppSettings::setKeepAwake(bool on)
{
    if (store(setting::kHostKeepAwake, on))
        Q_EMIT hostingChanged();
}

void AppSettings::setTrayTold() { store(setting::kHostTrayTold, true); }

QStringList AppSettings::listColumns(const QString &table) const
{
    for (const QString &entry : m_values.get(setting::kRecordsColumns).split(u';', Qt::SkipEmptyParts))
        if (const QStringList parts = entry.split(u'='); parts.size() == 2 && parts.front() == table)
            return parts.back().split(u',', Qt::SkipEmptyParts);
    return {};
}

void AppSettings::setListColumns(const QString &table, const QStringList &columns)
{
    QStringList entries = m_values.get(setting::kRecordsColumns).split(u';', Qt::SkipEmptyParts);
    entries.removeIf([&](const QString &entry) { return entry.startsWith(QString(table + u'=')); });
    if (!columns.isEmpty())
        entries.append(QString(table + u'=' + columns.join(u',')));
    store(setting::kRecordsColumns, entries.join(u';'));
}

} // namespace anteroom::ui
