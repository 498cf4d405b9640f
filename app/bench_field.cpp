#include "app/bench_field.h"

using namespace Qt::StringLiterals;

namespace anteroom::app {

QJsonObject must(Result<QJsonObject> answer)
{
    if (!answer)
        throw BenchFailure{answer.error()};
    return *answer;
}

Result<QJsonObject> guarded(const std::function<QJsonObject()> &run)
{
    try {
        return run();
    } catch (const BenchFailure &failure) {
        return tl::unexpected(failure.error);
    }
}

BenchField::BenchField() : host(std::make_unique<BenchProcess>())
{
    must(host->call({{u"do"_s, u"open"_s}, {u"dir"_s, dir.filePath(u"host"_s)}}));
    port = must(host->call({{u"do"_s, u"start"_s}})).value("port"_L1).toInt();
}

QJsonObject BenchField::fill(int rows, const QString &file)
{
    const QJsonObject filled = must(host->call({{u"do"_s, u"fill"_s}, {u"rows"_s, rows}, {u"file"_s, file}}));
    rev = filled.value("rev"_L1).toInteger();
    return filled;
}

void BenchField::restartHost()
{
    host = std::make_unique<BenchProcess>();
    must(host->call({{u"do"_s, u"open"_s}, {u"dir"_s, dir.filePath(u"host"_s)}}));
    port = must(host->call({{u"do"_s, u"host"_s}, {u"port"_s, 0}})).value("port"_L1).toInt();
}

QString BenchField::clientDir(std::size_t number) const { return dir.filePath(u"client-%1"_s.arg(number)); }

BenchProcess &BenchField::addClient(QJsonObject *joined)
{
    clients.push_back(std::make_unique<BenchProcess>());
    BenchProcess &client = *clients.back();
    must(client.call({{u"do"_s, u"open"_s}, {u"dir"_s, clientDir(clients.size())}}));
    if (joined)
        idle = must(client.call({{u"do"_s, u"memory"_s}}));
    must(client.call({{u"do"_s, u"reset_peak"_s}}));
    const QString code = must(host->call({{u"do"_s, u"code"_s}})).value("code"_L1).toString();
    const QString name = u"client-%1"_s.arg(clients.size());
    const QJsonObject done = must(client.call({{u"do"_s, u"join"_s}, {u"port"_s, port}, {u"code"_s, code}, {u"rev"_s, qint64(rev)}, {u"name"_s, name}}));
    if (joined)
        *joined = done;
    // A joining PC is a row of its own: everybody is at the host's head before anything is measured.
    rev = must(host->call({{u"do"_s, u"rev"_s}})).value("rev"_L1).toInteger();
    must(client.call({{u"do"_s, u"wait"_s}, {u"rev"_s, qint64(rev)}}));
    return client;
}

} // namespace anteroom::app
