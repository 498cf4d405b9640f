// The command line of every Anteroom program: options by name, positional arguments, and the four public exit codes.
// It decides what was asked and says what is wrong with it; it never opens data, prints nothing and never exits.
#pragma once

#include "core/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace anteroom::app {

enum ExitCode : int { kDone = 0, kRefused = 1, kWrongUsage = 2, kHeldByAnother = 3 };      // public, GOALS

[[nodiscard]] int exitCodeOf(const Error &error);

struct Option {
    QString name;                 // without the dashes
    QString value;                // what its value is called in the usage text; empty: a flag
    bool required = false;
    bool repeated = false;
};

// One command: words such as "record get", options, then positional arguments ("TABLE", "[ID]", "FILE…").
struct CommandSpec {
    QString name;
    std::vector<Option> options;
    QStringList positionals;      // "[X]" may be left out, "X…" may be repeated (the last one only)
    QString words = {};           // further sentences of its --help
};

class Arguments {
public:
    [[nodiscard]] bool has(const QString &option) const { return m_options.contains(option); }
    [[nodiscard]] QString value(const QString &option, const QString &otherwise = {}) const;
    [[nodiscard]] QStringList values(const QString &option) const { return m_options.value(option); }
    [[nodiscard]] const QStringList &positionals() const { return m_positionals; }
    [[nodiscard]] QString positional(int i) const { return m_positionals.value(i); }

private:
    friend Result<Arguments> parseArguments(const CommandSpec &, const QStringList &);
    QMap<QString, QStringList> m_options;
    QStringList m_positionals;
};

// Errors have the code Usage and one sentence.
[[nodiscard]] Result<Arguments> parseArguments(const CommandSpec &command, const QStringList &arguments);
// The command that the first words name; takes them off `arguments`. Usage error where there is none.
[[nodiscard]] Result<const CommandSpec *> findCommand(const std::vector<CommandSpec> &commands, QStringList &arguments);
[[nodiscard]] QString usageLine(const QString &program, const CommandSpec &command);
[[nodiscard]] QString usageText(const QString &program, const std::vector<CommandSpec> &commands);

struct HostPort { QString address; quint16 port = 0; };
// "10.0.0.5:7310", "[::1]:7310", "10.0.0.5" (then the given port), ":0". Port 0 lets the system choose.
[[nodiscard]] Result<HostPort> parseHostPort(const QString &text, quint16 otherwise);
[[nodiscard]] QString hostPortText(const QString &address, quint16 port);
// A whole number within bounds.
[[nodiscard]] Result<qint64> parseNumber(const QString &option, const QString &text, qint64 min, qint64 max);

inline constexpr quint16 kDefaultPort = 7310;

} // namespace anteroom::app
