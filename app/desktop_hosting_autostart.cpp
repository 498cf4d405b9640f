#include "app/desktop_hosting_autostart.h"

#include "core/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#ifdef Q_OS_WIN
#include <QSettings>   // tidy-allow(own-settings): the registry's Run key belongs to Windows
#endif

namespace anteroom::app {
namespace {

constexpr qint64 kMaxFileBytes = 65'536;                     // a desktop entry takes less than a hundredth of it
const auto kMark = QLatin1String("X-Anteroom-Data=");
const auto kTrialLan = QLatin1String("--trial-lan");

// A value of a desktop entry: backslash and line breaks are escaped.
QString entryValue(QString text)
{
    return text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('\n'), QLatin1String("\\n"))
        .replace(QLatin1Char('\r'), QLatin1String("\\r")).replace(QLatin1Char('\t'), QLatin1String("\\t"));
}

struct Entry {
    QString data, exec;              // as they are written
    bool exists = false, switchedOff = false;
};

Entry readEntry(const QString &path)
{
    QFile file(path);
    Entry entry{.exists = file.exists()};
    if (!file.open(QIODevice::ReadOnly))
        return entry;
    for (const QString &line : QString::fromUtf8(file.read(kMaxFileBytes)).split(QLatin1Char('\n'))) {
        if (line.startsWith(kMark))
            entry.data = line.mid(kMark.size());
        else if (line.startsWith(QLatin1String("Exec=")))
            entry.exec = line.mid(5);
        else if (line == QLatin1String("Hidden=true") || line == QLatin1String("X-GNOME-Autostart-enabled=false"))
            entry.switchedOff = true;                        // by the desktop's own settings
    }
    return entry;
}

QString execOf(const AutostartCommand &command)
{
    QStringList words{desktopEntryArgument(command.program)};
    for (const QString &argument : command.arguments())
        words.append(desktopEntryArgument(argument));
    return words.join(QLatin1Char(' '));
}

Result<void> writeEntry(const QString &path, const AutostartCommand &command)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return fail(ErrorCode::Io, QStringLiteral("The folder %1 cannot be made. Look whether you may write there.").arg(QFileInfo(path).path()), path);
    const QString text = QStringLiteral("[Desktop Entry]\nType=Application\nName=Anteroom\nComment=Hosts the clinic from the tray\n"
                                        "Exec=%1\nTerminal=false\nX-GNOME-Autostart-enabled=true\n%2%3\n")
                             .arg(execOf(command), kMark, entryValue(command.dataDir));
    return writeFileAtomically(path, text.toUtf8(), FileMode::Shared);
}

} // namespace

QStringList AutostartCommand::arguments() const
{
    QStringList words{QStringLiteral("--data"), dataDir, QStringLiteral("--tray")};
    if (trialLan)
        words.append(kTrialLan);
    return words;
}

QString desktopEntryArgument(const QString &text)
{
    QString quoted;
    for (const QChar c : text) {
        if (c == QLatin1Char('"') || c == QLatin1Char('`') || c == QLatin1Char('$') || c == QLatin1Char('\\'))
            quoted += QLatin1Char('\\');
        else if (c == QLatin1Char('%'))
            quoted += QLatin1Char('%');                      // else a field code
        quoted += c;
    }
    return QLatin1Char('"') + entryValue(quoted) + QLatin1Char('"');
}

XdgAutostart::XdgAutostart(AutostartCommand command) : m_command(std::move(command)) {}

QString XdgAutostart::path()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)).filePath(QStringLiteral("autostart/anteroom.desktop"));
}

bool XdgAutostart::on() const
{
    const Entry entry = readEntry(path());
    return !entry.switchedOff && entry.data == entryValue(m_command.dataDir);
}

Result<void> XdgAutostart::set(bool wanted)
{
    const Entry entry = readEntry(path());
    const bool ours = entry.data == entryValue(m_command.dataDir);
    if (!wanted) {
        if (ours && !QFile::remove(path()))
            return fail(ErrorCode::Io, QStringLiteral("%1 cannot be removed. Look whether you may write there.").arg(path()), path());
        return {};
    }
    if (entry.exists && entry.data.isEmpty())
        return fail(ErrorCode::Refused, QStringLiteral("%1 was written by another program. Move it away, then switch this on.").arg(path()), path());
    if (entry.exists && !ours && QFileInfo::exists(entry.data))
        return fail(ErrorCode::Refused, QStringLiteral("Anteroom already starts with this PC for the data in %1. Switch it off there first.").arg(entry.data), path());
    return writeEntry(path(), m_command);
}

Result<void> XdgAutostart::refresh()
{
    if (!on())
        return {};
    AutostartCommand command = m_command;
    const QString now = readEntry(path()).exec;
    command.trialLan = now.endsWith(desktopEntryArgument(kTrialLan));
    return now == execOf(command) ? Result<void>{} : writeEntry(path(), command);
}

#ifdef Q_OS_WIN

namespace {

class RunKey final : public ui::AutostartPort {
public:
    explicit RunKey(AutostartCommand command) : m_command(std::move(command)) {}

    bool on() const override { return key().value(kName).toString().contains(dataArgument()); }

    Result<void> set(bool wanted) override
    {
        QSettings run = key();
        if (wanted)
            run.setValue(kName, line(m_command));
        else if (on())
            run.remove(kName);
        run.sync();
        if (run.status() != QSettings::NoError)
            return fail(ErrorCode::Io, QStringLiteral("Windows did not keep this. Look whether you may change what starts with this PC."));
        return {};
    }

    Result<void> refresh()
    {
        if (!on())
            return {};
        AutostartCommand command = m_command;
        command.trialLan = key().value(kName).toString().contains(kTrialLan);
        if (key().value(kName).toString() != line(command))
            key().setValue(kName, line(command));
        return {};
    }

private:
    static constexpr QLatin1String kName{"Anteroom"};

    static QSettings key() { return QSettings(QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"), QSettings::NativeFormat); }
    QString dataArgument() const { return QStringLiteral("--data \"%1\"").arg(QDir::toNativeSeparators(m_command.dataDir)); }
    QString line(const AutostartCommand &command) const        // a path on Windows holds no quotation mark
    {
        const QString tail = command.trialLan ? QString(QLatin1Char(' ') + kTrialLan) : QString();
        return QStringLiteral("\"%1\" %2 --tray%3").arg(QDir::toNativeSeparators(command.program), dataArgument(), tail);
    }

    AutostartCommand m_command;
};

using SystemAutostart = RunKey;

} // namespace

#else

namespace {
using SystemAutostart = XdgAutostart;
}

#endif

std::unique_ptr<ui::AutostartPort> makeAutostart(const AutostartCommand &command)
{
    auto port = std::make_unique<SystemAutostart>(command);
    (void)port->refresh();           // where it cannot be written, the switch says so when it is used
    return port;
}

} // namespace anteroom::app
