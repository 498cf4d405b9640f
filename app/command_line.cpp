#include "app/command_line.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace anteroom::app {

int exitCodeOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Usage: return kWrongUsage;
    case ErrorCode::Locked: return kHeldByAnother;
    default: return kRefused;
    }
}

QString Arguments::value(const QString &option, const QString &otherwise) const
{
    const QStringList all = m_options.value(option);
    return all.isEmpty() ? otherwise : all.constLast();
}

namespace {

const Option *findOption(const CommandSpec &command, const QString &name)
{
    const auto found = std::ranges::find(command.options, name, &Option::name);
    return found == command.options.end() ? nullptr : &*found;
}

Result<void> checkPositionals(const CommandSpec &command, const QStringList &given)
{
    qsizetype least = 0;
    qsizetype most = command.positionals.size();
    for (const QString &name : command.positionals) {
        if (!name.startsWith(u'['))
            ++least;
        if (name.endsWith(u'…'))
            most = std::numeric_limits<qsizetype>::max();
    }
    if (given.size() < least)
        return fail(ErrorCode::Usage, u"%1 needs %2"_s.arg(command.name, command.positionals.at(given.size())));
    if (given.size() > most)
        return fail(ErrorCode::Usage, u"%1 does not take \"%2\""_s.arg(command.name, given.at(most)));
    return {};
}

} // namespace

Result<Arguments> parseArguments(const CommandSpec &command, const QStringList &arguments)
{
    Arguments parsed;
    bool optionsEnded = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &word = arguments.at(i);
        if (optionsEnded || !word.startsWith("--"_L1)) {
            parsed.m_positionals.append(word);
            continue;
        }
        if (word == "--"_L1) {
            optionsEnded = true;
            continue;
        }
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.mid(2, equals < 0 ? -1 : equals - 2);
        const Option *option = findOption(command, name);
        if (!option)
            return fail(ErrorCode::Usage, u"%1 has no option --%2"_s.arg(command.name, name));
        if (!option->repeated && parsed.m_options.contains(name))
            return fail(ErrorCode::Usage, u"--%1 is given twice"_s.arg(name));
        QString value;
        if (option->value.isEmpty()) {
            if (equals >= 0)
                return fail(ErrorCode::Usage, u"--%1 takes no value"_s.arg(name));
        } else if (equals >= 0) {
            value = word.mid(equals + 1);
        } else if (i + 1 < arguments.size()) {
            value = arguments.at(++i);
        } else {
            return fail(ErrorCode::Usage, u"--%1 needs %2 after it"_s.arg(name, option->value));
        }
        if (!option->value.isEmpty() && value.isEmpty())
            return fail(ErrorCode::Usage, u"--%1 needs %2 after it"_s.arg(name, option->value));
        parsed.m_options[name].append(value);
    }
    for (const Option &option : command.options)
        if (option.required && !parsed.has(option.name))
            return fail(ErrorCode::Usage, u"%1 needs --%2 %3"_s.arg(command.name, option.name, option.value));
    if (const auto checked = checkPositionals(command, parsed.m_positionals); !checked)
        return tl::unexpected(checked.error());
    return parsed;
}

Result<const CommandSpec *> findCommand(const std::vector<CommandSpec> &commands, QStringList &arguments)
{
    if (arguments.isEmpty())
        return fail(ErrorCode::Usage, u"A command is missing"_s);
    for (const CommandSpec &command : commands) {
        const QStringList words = command.name.split(u' ');
        if (arguments.mid(0, words.size()) == words) {
            arguments = arguments.mid(words.size());
            return &command;
        }
    }
    return fail(ErrorCode::Usage, u"There is no command \"%1\""_s.arg(arguments.mid(0, 2).join(u' ')));
}

QString usageLine(const QString &program, const CommandSpec &command)
{
    QStringList words{program, command.name};
    words += command.positionals;
    for (const Option &option : command.options) {
        QString text = u"--"_s + option.name;
        if (!option.value.isEmpty())
            text += u' ' + option.value;
        if (!option.required)
            text = u'[' + text + u']';
        words.append(option.repeated ? QString(text + u'…') : text);
    }
    words.removeAll(QString());
    return words.join(u' ');
}

QString usageText(const QString &program, const std::vector<CommandSpec> &commands)
{
    QString text;
    for (const CommandSpec &command : commands)
        text += usageLine(program, command) + u'\n';
    return text;
}

Result<HostPort> parseHostPort(const QString &text, quint16 otherwise)
{
    const auto wrong = [&] {
        return fail(ErrorCode::Usage, u"\"%1\" is no ADDRESS:PORT, such as 192.168.1.10:7310"_s.arg(text));
    };
    QString address = text;
    QString port;
    if (text.startsWith(u'[')) {                                     // [::1]:7310
        const qsizetype end = text.indexOf(u']');
        if (end < 2)
            return wrong();
        address = text.mid(1, end - 1);
        const QString rest = text.mid(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return wrong();
        port = rest.mid(1);
    } else if (text.count(u':') == 1) {
        address = text.section(u':', 0, 0);
        port = text.section(u':', 1);
        if (port.isEmpty())
            return wrong();
    }
    HostPort parsed{address, otherwise};
    if (!port.isEmpty()) {
        bool ok = false;
        parsed.port = port.toUShort(&ok);
        if (!ok)
            return wrong();
    }
    if (parsed.address.isEmpty())
        parsed.address = u"127.0.0.1"_s;
    return parsed;
}

QString hostPortText(const QString &address, quint16 port)
{
    return address.contains(u':') ? u"[%1]:%2"_s.arg(address).arg(port) : u"%1:%2"_s.arg(address).arg(port);
}

Result<qint64> parseNumber(const QString &option, const QString &text, qint64 min, qint64 max)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < min || number > max)
        return fail(ErrorCode::Usage, u"--%1 takes a whole number from %2 to %3"_s.arg(option).arg(min).arg(max));
    return number;
}

} // namespace anteroom::app
