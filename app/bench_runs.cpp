#include "app/bench_runs.h"

#include "app/bench_field.h"
#include "app/bench_measure.h"

#include <QJsonArray>

#include <map>
#include <vector>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr int kLivePatients = 2'000;         // so many rows that none changes twice within its own delay
const QString kChain = u"FULL on A and host, NORMAL on B"_s;
const QString kHostFull = u"FULL on the host, NORMAL on the clients"_s;

std::map<QString, std::vector<qint64>> byKey(const QJsonArray &times)
{
    std::map<QString, std::vector<qint64>> sorted;
    for (const QJsonValue &entry : times)
        sorted[entry[0].toVariant().toString()].push_back(entry[1].toInteger());
    return sorted;
}

// ms from each sending to the arrival of the same change: per key, in order.
std::vector<double> latencies(const QJsonArray &sent, const QJsonArray &seen)
{
    const auto arrivals = byKey(seen);
    std::vector<double> samples;
    for (const auto &[key, starts] : byKey(sent)) {
        const auto found = arrivals.find(key);
        for (std::size_t i = 0; found != arrivals.end() && i < starts.size() && i < found->second.size(); ++i)
            samples.push_back(double(found->second[i] - starts[i]) / 1e6);
    }
    return samples;
}

std::vector<double> liveFloor(const BenchField &field, int rate, int seconds)
{
    BenchProcess a, host, b;
    const QString from = field.dir.filePath(u"host"_s);
    must(host.call({{u"do"_s, u"floor_table"_s}, {u"dir"_s, from}, {u"file"_s, field.dir.filePath(u"floor-host"_s)}, {u"full"_s, true}}));
    must(a.call({{u"do"_s, u"floor_table"_s}, {u"dir"_s, from}, {u"file"_s, field.dir.filePath(u"floor-a"_s)}, {u"full"_s, true}}));
    must(b.call({{u"do"_s, u"floor_table"_s}, {u"dir"_s, from}, {u"file"_s, field.dir.filePath(u"floor-b"_s)}, {u"full"_s, false}}));
    const int port = must(host.call({{u"do"_s, u"floor_listen"_s}})).value("port"_L1).toInt();
    must(a.call({{u"do"_s, u"floor_connect"_s}, {u"port"_s, port}}));
    must(b.call({{u"do"_s, u"floor_connect"_s}, {u"port"_s, port}}));
    must(a.call({{u"do"_s, u"floor_live"_s}, {u"rate"_s, rate}, {u"seconds"_s, seconds}}));
    const QJsonArray sent = must(a.call({{u"do"_s, u"floor_report"_s}})).value("times"_L1).toArray();
    QJsonArray seen;
    for (int tries = 0; tries < 100 && seen.size() < sent.size(); ++tries)       // the last are still on their way
        seen = must(b.call({{u"do"_s, u"floor_report"_s}})).value("times"_L1).toArray();
    return latencies(sent, seen);
}

double value(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toDouble();
}

} // namespace

Result<QJsonObject> runLive(int rate, int seconds)
{
    return guarded([&] {
        BenchField field;
        field.fill(kLivePatients);
        BenchProcess &a = field.addClient();
        BenchProcess &b = field.addClient();
        must(a.call({{u"do"_s, u"wait"_s}, {u"rev"_s, field.rev}}));
        must(b.call({{u"do"_s, u"watch"_s}}));
        const QJsonArray sent = must(a.call({{u"do"_s, u"live"_s}, {u"rate"_s, rate}, {u"seconds"_s, seconds}})).value("sent"_L1).toArray();
        const qint64 head = must(field.host->call({{u"do"_s, u"rev"_s}})).value("rev"_L1).toInteger();
        must(b.call({{u"do"_s, u"wait"_s}, {u"rev"_s, head}}));
        const QJsonArray seen = must(b.call({{u"do"_s, u"report"_s}})).value("seen"_L1).toArray();
        const std::vector<double> samples = latencies(sent, seen);
        const Percentiles ours = percentiles(samples);
        const Percentiles floor = percentiles(liveFloor(field, rate, seconds));
        return QJsonObject{{u"p50_ms"_s, rounded(ours.p50)}, {u"p99_ms"_s, rounded(ours.p99)}, {u"max_ms"_s, rounded(ours.max)},
                           {u"floor_p50_ms"_s, rounded(floor.p50)}, {u"floor_p99_ms"_s, rounded(floor.p99)},
                           {u"ratio_p50"_s, rounded(ratioOf(ours.p50, floor.p50))}, {u"ratio_p99"_s, rounded(ratioOf(ours.p99, floor.p99))},
                           {u"samples"_s, qint64(samples.size())}, {u"durability"_s, kChain}};
    });
}

Result<QJsonObject> runFirst(int rows, const QString &rowsFile)
{
    return guarded([&] {
        BenchField field;
        const double count = value(field.fill(rows, rowsFile), "rows"_L1);
        field.host.reset();
        field.restartHost();
        const double hostIdle = value(must(field.host->call({{u"do"_s, u"memory"_s}})), "resident"_L1);
        must(field.host->call({{u"do"_s, u"reset_peak"_s}}));
        QJsonObject joined;
        BenchProcess &client = field.addClient(&joined);
        const double clientPeak = value(must(client.call({{u"do"_s, u"memory"_s}})), "peak"_L1);
        const double hostPeak = value(must(field.host->call({{u"do"_s, u"memory"_s}})), "peak"_L1);
        BenchProcess floorProcess;
        QJsonArray tables{u"patients"_s};
        if (!rowsFile.isEmpty())
            tables.append(u"patient_history"_s);
        const QJsonObject floor = must(floorProcess.call({{u"do"_s, u"floor_bulk"_s}, {u"tables"_s, tables}, {u"dir"_s, field.dir.filePath(u"host"_s)}, {u"file"_s, field.dir.filePath(u"floor-"_s)}}));
        const double ours = count / value(joined, "ms"_L1) * 1000.0;
        const double bare = value(floor, "rows"_L1) / value(floor, "ms"_L1) * 1000.0;
        return QJsonObject{{u"rows"_s, qint64(count)}, {u"rows_per_s"_s, rounded(ours)}, {u"floor_rows_per_s"_s, rounded(bare)},
                           {u"ratio"_s, rounded(ratioOf(ours, bare))}, {u"bytes"_s, joined.value("bytes"_L1)},
                           {u"host_peak_mib"_s, rounded(hostPeak)}, {u"client_peak_mib"_s, rounded(clientPeak)},
                           {u"host_idle_mib"_s, rounded(hostIdle)}, {u"client_idle_mib"_s, rounded(value(field.idle, "resident"_L1))}};
    });
}

Result<QJsonObject> runCatchup(int rows, int changes)
{
    return guarded([&] {
        BenchField field;
        field.fill(rows);
        BenchProcess &client = field.addClient();
        must(field.host->call({{u"do"_s, u"unhost"_s}}));
        const QJsonObject changed = must(field.host->call({{u"do"_s, u"change"_s}, {u"count"_s, changes}, {u"batch"_s, 100}}));
        must(field.host->call({{u"do"_s, u"host"_s}, {u"port"_s, field.port}}));
        const QJsonObject caught = must(client.call({{u"do"_s, u"reconnect"_s}, {u"rev"_s, changed.value("rev"_L1)}}));
        BenchProcess floorProcess;
        const QJsonObject floor = must(floorProcess.call({{u"do"_s, u"floor_bulk"_s}, {u"tables"_s, QJsonArray{u"patients"_s}}, {u"dir"_s, field.dir.filePath(u"host"_s)},
                                                          {u"file"_s, field.dir.filePath(u"floor-"_s)}, {u"changes"_s, changes}}));
        return QJsonObject{{u"ms"_s, rounded(value(caught, "ms"_L1))}, {u"bytes"_s, caught.value("bytes"_L1)},
                           {u"floor_ms"_s, rounded(value(floor, "ms"_L1))}, {u"ratio"_s, rounded(ratioOf(value(caught, "ms"_L1), value(floor, "ms"_L1)))}};
    });
}

Result<QJsonObject> runFanout(int clients, int changes)
{
    return guarded([&] {
        BenchField field;
        field.fill(changes);
        for (int i = 0; i < clients; ++i)
            field.addClient();
        for (const auto &client : field.clients)
            must(client->call({{u"do"_s, u"wait"_s}, {u"rev"_s, field.rev}}));
        const qint64 target = field.rev + changes;
        for (const auto &client : field.clients)
            client->send({{u"do"_s, u"wait"_s}, {u"rev"_s, target}});
        const QJsonObject changed = must(field.host->call({{u"do"_s, u"change"_s}, {u"count"_s, changes}, {u"batch"_s, 1}, {u"window"_s, 64}}));
        qint64 last = 0;
        for (const auto &client : field.clients)
            last = std::max(last, must(client->receive()).value("at"_L1).toInteger());
        const double ms = double(last - changed.value("began"_L1).toInteger()) / 1e6;
        return QJsonObject{{u"deliveries_per_s"_s, rounded(double(clients) * changes / ms * 1000.0)}, {u"ms"_s, rounded(ms)}, {u"durability"_s, kHostFull}};
    });
}

Result<QJsonObject> runIdle(int clients, int seconds)
{
    return guarded([&] {
        BenchField field;
        field.fill(100);
        for (int i = 0; i < clients; ++i)
            field.addClient();
        const QJsonObject before = must(field.host->call({{u"do"_s, u"memory"_s}}));
        const qint64 began = nowNs();
        must(field.host->call({{u"do"_s, u"rest"_s}, {u"seconds"_s, seconds}}));
        const QJsonObject after = must(field.host->call({{u"do"_s, u"memory"_s}}));
        const double wall = double(nowNs() - began) / 1e9;
        return QJsonObject{{u"host_cpu_percent"_s, rounded((value(after, "cpu"_L1) - value(before, "cpu"_L1)) / wall * 100.0)},
                           {u"host_rss_mib"_s, rounded(value(after, "resident"_L1))}};
    });
}

} // namespace anteroom::app
