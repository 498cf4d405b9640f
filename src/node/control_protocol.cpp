#include "node/control_protocol.h"

#include "core/hash.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include <array>
#include <utility>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

constexpr std::array<std::pair<ErrorCode, const char *>, 15> kCodes{{
    {ErrorCode::Failed, "failed"}, {ErrorCode::Usage, "usage"}, {ErrorCode::Locked, "locked"},
    {ErrorCode::NotFound, "not_found"}, {ErrorCode::Refused, "refused"}, {ErrorCode::Differs, "differs"},
    {ErrorCode::Invalid, "invalid"}, {ErrorCode::ReadOnly, "read_only"}, {ErrorCode::DiskFull, "disk_full"},
    {ErrorCode::Io, "io"}, {ErrorCode::Network, "network"}, {ErrorCode::Busy, "busy"},
    {ErrorCode::HistoryChanged, "history_changed"}, {ErrorCode::Protocol, "protocol"}, {ErrorCode::Cancelled, "cancelled"},
}};

#ifdef Q_OS_UNIX
// A folder of mode 0700 that belongs to this user: what /tmp needs so that nobody else answers in our name.
Result<QString> privateFolder()
{
    const QString uid = QString::number(::getuid());
    const QString folder = u"/tmp/anteroom-"_s + uid;
    const QByteArray name = folder.toLocal8Bit();
    if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
        return fail(ErrorCode::Io, u"The folder %1 cannot be made; make room, or remove what stands there"_s.arg(folder), folder);
    struct stat info{};
    if (::lstat(name.constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != ::getuid() || (info.st_mode & 077) != 0)
        return fail(ErrorCode::Io, u"%1 is not a folder of yours alone; remove it"_s.arg(folder), folder);
    return folder;
}
#endif

} // namespace

Result<QString> controlSocketPath(const QString &dataDir)
{
    const QFileInfo info(dataDir);
    const QString canonical = info.exists() ? info.canonicalFilePath() : QDir::cleanPath(info.absoluteFilePath());
    const QString name = QString::fromLatin1(blake2b(canonical.toUtf8()).left(12).toHex());
#ifdef Q_OS_UNIX
    // In the data folder, whatever the environment of whoever asks; a path of a socket has at most 107 bytes.
    const QString inside = canonical + u"/control.socket"_s;
    if (inside.toLocal8Bit().size() < 90 && QFileInfo(canonical).isWritable())
        return inside;
    const auto folder = privateFolder();
    if (!folder)
        return tl::unexpected(folder.error());
    return QString(*folder + u'/' + name);
#else
    return QString(u"anteroom-"_s + name);
#endif
}

QByteArray controlLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<QJsonObject> parseControlLine(const QByteArray &line)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject())
        return fail(ErrorCode::Protocol, u"A line of the control socket must be one JSON object"_s);
    return document.object();
}

QJsonObject errorToJson(const Error &error)
{
    QString code = u"failed"_s;
    for (const auto &[value, name] : kCodes)
        if (value == error.code)
            code = QString::fromLatin1(name);
    return {{u"code"_s, code}, {u"words"_s, error.detail}, {u"subject"_s, error.subject}};
}

Error errorFromJson(const QJsonObject &json)
{
    Error error{ErrorCode::Failed, Severity::Failure, json.value("words"_L1).toString(), json.value("subject"_L1).toString()};
    const QString code = json.value("code"_L1).toString();
    for (const auto &[value, name] : kCodes)
        if (code == QLatin1StringView(name))
            error.code = value;
    return error;
}

} // namespace anteroom::node
