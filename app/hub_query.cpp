#include "app/hub_query.h"

#include "app/hub_output.h"
#include "core/atomic_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr qint64 kMaxJsonBytes = node::control_limits::kMaxRequestBytes;

Result<QJsonObject> objectOf(const QByteArray &bytes, const QString &where)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (!document.isObject())
        return fail(ErrorCode::Invalid, u"%1 must hold one JSON object, such as {\"phone\": \"555 0100\"}; %2"_s
                                            .arg(where, error.error == QJsonParseError::NoError ? u"it holds something else"_s : error.errorString()), where);
    return document.object();
}

// Fields of a status that a person asks for first; --json has all.
QString statusWords(const QJsonObject &status)
{
    QString text = u"%1, %2 since %3\n"_s.arg(status.value("role"_L1).toString(), status.value("state"_L1).toString(), status.value("since"_L1).toString());
    text += u"revision %1 of %2, %3 waiting to be sent\n"_s.arg(status.value("rev"_L1).toInteger()).arg(status.value("head"_L1).toInteger()).arg(status.value("pending"_L1).toInt());
    text += u"%1 conflicts, %2 refused, %3 in review\n"_s.arg(status.value("conflicts"_L1).toInt()).arg(status.value("rejected"_L1).toInt()).arg(status.value("reviews"_L1).toInt());
    if (const QString listening = status.value("listening"_L1).toString(); !listening.isEmpty())
        text += u"listening on %1\n"_s.arg(listening);
    if (const QString host = status.value("host"_L1).toString(); !host.isEmpty())
        text += u"host %1, last complete exchange %2\n"_s.arg(host, status.value("last_success"_L1).toString(u"never"_s));
    for (const QJsonValue &client : status.value("clients"_L1).toArray())
        text += u"client %1, %2 behind, version %3\n"_s.arg(client["name"_L1].toString()).arg(client["behind"_L1].toInteger()).arg(client["version"_L1].toString());
    if (const QString attention = status.value("attention"_L1).toString(); !attention.isEmpty())
        text += attention + u'\n';
    return text;
}

QString digestLines(const QJsonObject &digest)
{
    QString text;
    for (const QJsonValue &table : digest.value("tables"_L1).toArray())
        text += u"%1 %2 %3\n"_s.arg(table["table"_L1].toString()).arg(table["count"_L1].toInteger()).arg(table["blake2b"_L1].toString());
    return text + u"whole %1 %2\n"_s.arg(digest.value("count"_L1).toInteger()).arg(digest.value("whole"_L1).toString());
}

} // namespace

void HubQuery::run(const CommandSpec &command, const Arguments &arguments)
{
    m_command = command.name;
    m_arguments = arguments;
    const auto made = request();
    if (!made)
        return QCoreApplication::exit(complainAbout(made.error()));
    m_request = *made;
    const bool writes = m_command == "record put"_L1 || m_command == "record delete"_L1 || m_command == "code"_L1;
    const Need need = m_command == "sync"_L1 ? Need::Sync : writes ? Need::Write : Need::Read;
    m_access = std::make_unique<HubAccess>(m_arguments.value(u"data"_s), need);
    m_access->open([this](const Result<node::ControlHandler *> &handler) {
        if (!handler)
            return QCoreApplication::exit(complainAbout(handler.error()));
        m_handler = *handler;
        if (m_command == "code"_L1 && m_access->ownReplica()) {      // a code lives in the memory of the host
            const QString dir = m_arguments.value(u"data"_s);
            if (m_access->ownReplica()->status().role == node::Role::Client)
                complain(u"%1 is a copy that belongs to another host; ask for the code there"_s.arg(dir));
            else
                complain(u"Nobody serves %1, so a code would be worth nothing; start it with: anteroom-hub serve --data %1"_s.arg(dir));
            return QCoreApplication::exit(kRefused);
        }
        ask(m_request);
    });
}

Result<QJsonObject> HubQuery::request() const
{
    if (m_arguments.has(u"password-file"_s))
        return fail(ErrorCode::Refused, u"This version has no accounts yet; leave --password-file out"_s);
    if (m_arguments.has(u"approve"_s))
        return fail(ErrorCode::Refused, u"This version has no accounts yet, so nothing needs approval; leave --approve out"_s);
    if (!m_command.startsWith("record "_L1))
        return QJsonObject{{u"do"_s, m_command}};
    QJsonObject request{{u"do"_s, m_command.mid(7)}, {u"table"_s, m_arguments.positional(0)}};
    if (m_arguments.positionals().size() > 1)
        request.insert(u"id"_s, m_arguments.positional(1));
    if (m_arguments.has(u"as"_s))
        request.insert(u"as"_s, m_arguments.value(u"as"_s));
    if (m_command == "record list"_L1) {
        request.insert(u"where"_s, QJsonArray::fromStringList(m_arguments.values(u"where"_s)));
        if (m_arguments.has(u"limit"_s)) {
            const auto limit = parseNumber(u"limit"_s, m_arguments.value(u"limit"_s), 0, 10'000'000);
            if (!limit)
                return tl::unexpected(limit.error());
            request.insert(u"limit"_s, *limit);
        }
    }
    return m_command == "record put"_L1 ? putRequest(request) : request;
}

Result<QJsonObject> HubQuery::putRequest(QJsonObject request) const
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail(ErrorCode::Io, u"Standard input cannot be read; put reads the row's JSON from it"_s);
    const QByteArray bytes = input.read(kMaxJsonBytes);
    if (bytes.size() == kMaxJsonBytes)
        return fail(ErrorCode::Invalid, u"The JSON on standard input is too large; a row has less than 2 MiB"_s);
    const auto values = objectOf(bytes, u"Standard input"_s);
    if (!values)
        return tl::unexpected(values.error());
    request.insert(u"values"_s, *values);
    if (m_arguments.has(u"old"_s)) {
        const QString file = m_arguments.value(u"old"_s);
        const auto content = readSmallFile(file, kMaxJsonBytes);
        if (!content)
            return tl::unexpected(content.error());
        const auto old = objectOf(*content, file);
        if (!old)
            return tl::unexpected(old.error());
        request.insert(u"old"_s, *old);
    }
    return request;
}

void HubQuery::ask(const QJsonObject &request)
{
    m_handler->handle(request, node::ControlAnswer{
        .part = [](const QJsonObject &row) { printJson(row); },
        .done = [this](const Result<QJsonObject> &result) { answer(result); }});
}

void HubQuery::answer(const Result<QJsonObject> &result)
{
    if (!result)
        return QCoreApplication::exit(complainAbout(result.error()));
    QCoreApplication::exit(show(*result));
}

int HubQuery::show(const QJsonObject &result) const
{
    const bool json = m_arguments.has(u"json"_s);
    if (m_command == "record list"_L1)
        return kDone;                                          // its rows are printed
    if (m_command == "record put"_L1 && result.value("differs"_L1).toBool()) {
        printJson({{u"old"_s, result.value("old"_L1)}, {u"now"_s, result.value("now"_L1)}});
        complain(u"Nothing was saved: the row is no longer what you were shown. Look at both, then put again with the new one as --old"_s);
        return kRefused;
    }
    if (m_command == "record put"_L1 || m_command == "record delete"_L1)
        printJson(result.value("row"_L1).toObject());
    else if (m_command == "record get"_L1 || (json && m_command != "verify"_L1))
        printJson(result);
    else if (m_command == "code"_L1)
        print(result.value("code"_L1).toString() + u'\n');
    else if (m_command == "sync"_L1)
        print(result.value("words"_L1).toString() + u'\n');
    else if (m_command == "digest"_L1)
        print(digestLines(result));
    else if (m_command == "status"_L1)
        print(statusWords(result));
    if (m_command != "verify"_L1)
        return kDone;
    const QJsonArray findings = result.value("findings"_L1).toArray();
    if (json)
        printJson(result);
    else
        print(u"Checked %1 rows: %2\n"_s.arg(result.value("rows"_L1).toInteger()).arg(result.value("checks"_L1).toVariant().toStringList().join(u", "_s)));
    if (findings.isEmpty())
        return kDone;
    complain(u"%1 findings, the first: %2. Keep a copy of the folder, then restore a backup or join the clinic afresh"_s.arg(findings.size()).arg(findings.first().toString()));
    return kRefused;
}

} // namespace anteroom::app
