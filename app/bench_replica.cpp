#include "app/bench_replica.h"

#include "app/bench_measure.h"
#include "app/bench_rows.h"
#include "core/when_ready.h"
#include "schema/tables/patients.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

using schema::tables::patients;
constexpr int kPhone = schema::col(patients, "phone");
constexpr int kFillBatch = 500;              // changes a transaction may hold
constexpr int kMaxPatients = 10'000'000;

QJsonArray times(const std::vector<std::pair<Uuid, std::int64_t>> &list)
{
    QJsonArray json;
    for (const auto &[id, at] : list)
        json.append(QJsonArray{id.toString(), qint64(at)});
    return json;
}

} // namespace

bool BenchReplica::handle(const QJsonObject &request, const Answer &answer)
{
    const QString what = request.value("do"_L1).toString();
    if (what == "open"_L1) {
        open(request.value("dir"_L1).toString(), answer);
        return true;
    }
    if (!m_replica)
        return false;
    if (what == "start"_L1)
        start(answer);
    else if (what == "host"_L1)
        host(request.value("port"_L1).toInt(), answer);
    else if (what == "unhost"_L1)
        whenReady(m_replica->stopHosting(), this, [this, answer](const Result<void> &done) { done ? answer({}) : failed(done.error(), answer); });
    else if (what == "code"_L1)
        whenReady(m_replica->newAccessCode(), this, [this, answer](const Result<node::AccessCode> &code) {
            code ? answer({{u"code"_s, code->code}}) : failed(code.error(), answer);
        });
    else if (what == "join"_L1)
        join(request, answer);
    else if (what == "reconnect"_L1)
        reconnect(request, answer);
    else if (what == "wait"_L1)
        waitFor(request.value("rev"_L1).toInteger(), answer);
    else if (what == "clients_at"_L1)
        clientsAt(request.value("rev"_L1).toInteger(), answer);
    else if (what == "rev"_L1)
        withRev({}, answer);
    else if (what == "fill"_L1)
        fill(request, answer);
    else if (what == "change"_L1)
        change(request, answer);
    else if (what == "live"_L1)
        liveWrite(request, answer);
    else if (what == "watch"_L1) {
        m_seen.clear();
        m_watching = true;
        answer({});
    } else if (what == "report"_L1)
        report(answer);
    else
        return false;
    return true;
}

void BenchReplica::failed(const Error &error, const Answer &answer)
{
    answer({{u"error"_s, error.detail}});
}

// The answer with the revision of this moment: status() may be a tenth of a second behind.
void BenchReplica::withRev(QJsonObject with, const Answer &answer)
{
    whenReady(m_replica->freshStatus(), this, [this, with, answer](const Result<node::Status> &status) {
        if (!status)
            return failed(status.error(), answer);
        QJsonObject object = with;
        object.insert(u"rev"_s, qint64(status->rev));
        answer(object);
    });
}

// Answers when every client has said that it holds this revision.
void BenchReplica::clientsAt(std::int64_t rev, const Answer &answer)
{
    whenReady(m_replica->freshStatus(), this, [this, rev, answer](const Result<node::Status> &status) {
        if (!status)
            return failed(status.error(), answer);
        const auto &clients = status->clients;
        if (!clients.empty() && std::all_of(clients.begin(), clients.end(), [&](const node::PeerStatus &c) { return c.rev >= rev; }))
            return answer({});
        QTimer::singleShot(20, this, [this, rev, answer] { clientsAt(rev, answer); });
    });
}

void BenchReplica::open(const QString &dir, const Answer &answer)
{
    auto replica = node::Replica::open({.dataDir = dir});
    if (!replica)
        return failed(replica.error(), answer);
    m_replica = std::move(*replica);
    connect(m_replica.get(), &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        m_lastChange = nowNs();
        if (m_watching)
            for (const node::ChangedRow &row : rows)
                if (row.table == &patients)
                    m_seen.emplace_back(row.id, m_lastChange);
        checkArrived();
    });
    connect(m_replica.get(), &node::Replica::statusChanged, this, &BenchReplica::checkArrived);
    answer({});
}

void BenchReplica::start(const Answer &answer)
{
    whenReady(m_replica->startClinic({u"Benchmark"_s, u"Bench"_s, u"bench-host"_s}), this, [this, answer](const Result<void> &done) {
        done ? host(0, answer) : failed(done.error(), answer);
    });
}

void BenchReplica::host(int port, const Answer &answer)
{
    whenReady(m_replica->startHosting(u"127.0.0.1"_s, quint16(port)), this, [this, answer](const Result<node::Listening> &listening) {
        listening ? answer({{u"port"_s, listening->port}}) : failed(listening.error(), answer);
    });
}

// Answers when the first copy is complete up to `rev`.
void BenchReplica::join(const QJsonObject &request, const Answer &answer)
{
    m_began = nowNs();
    m_bytesBefore = socketBytesReceived();
    const std::int64_t rev = request.value("rev"_L1).toInteger();
    node::JoinRequest join{u"127.0.0.1"_s, quint16(request.value("port"_L1).toInt()), request.value("code"_L1).toString(), u"Bench"_s, request.value("name"_L1).toString(u"bench-client"_s)};
    whenReady(m_replica->join(join), this, [this, rev, answer](const Result<void> &done) {
        done ? waitFor(rev, answer) : failed(done.error(), answer);
    });
}

void BenchReplica::reconnect(const QJsonObject &request, const Answer &answer)
{
    m_began = nowNs();
    m_bytesBefore = 0;                       // the line is a new one
    waitFor(request.value("rev"_L1).toInteger(), answer);
    m_replica->reconnectNow();
}

void BenchReplica::waitFor(std::int64_t rev, const Answer &answer)
{
    m_target = rev;
    m_arrived = answer;
    checkArrived();
}

void BenchReplica::checkArrived()
{
    const node::Status &status = m_replica->status();
    if (m_target < 0 || status.cursor < m_target || status.cursor < status.head || status.pending > 0)
        return;
    m_target = -1;
    const Answer answer = std::exchange(m_arrived, {});
    const std::int64_t end = std::max(m_lastChange, m_began);      // the last commit, not the news of the status
    answer({{u"ms"_s, double(end - m_began) / 1e6}, {u"at"_s, qint64(end)}, {u"bytes"_s, qint64(socketBytesReceived() - m_bytesBefore)},
            {u"rev"_s, qint64(status.cursor)}});
}

void BenchReplica::fill(const QJsonObject &request, const Answer &answer)
{
    auto changes = patientInserts(request.value("file"_L1).toString(), request.value("rows"_L1).toInt());
    if (!changes)
        return failed(changes.error(), answer);
    std::int64_t rows = 0;
    for (auto it = changes->begin(); it != changes->end();) {
        node::Act act{"import", {}, {}};
        for (; it != changes->end() && act.changes.size() < kFillBatch; ++it, ++rows)
            act.changes.push_back(std::move(*it));
        m_acts.push_back(std::move(act));
    }
    m_began = nowNs();
    m_window = 1;
    saveNext([this, rows, answer](const QJsonObject &done) {
        QJsonObject withRows = done;
        withRows.insert(u"rows"_s, qint64(rows));
        answer(withRows);
    });
}

// Keeps `m_window` acts under way, as several people at work would; answers after the last.
void BenchReplica::saveNext(const Answer &answer)
{
    if (m_acts.empty() && m_open == 0)
        return withRev({{u"ms"_s, double(nowNs() - m_began) / 1e6}, {u"began"_s, qint64(m_began)}}, answer);
    while (!m_acts.empty() && m_open < m_window) {
        node::Act act = std::move(m_acts.front());
        m_acts.pop_front();
        ++m_open;
        whenReady(m_replica->commands().save(std::move(act)), this, [this, answer](const Result<node::SaveOutcome> &outcome) {
            --m_open;
            if (outcome && outcome->saved)
                return saveNext(answer);
            m_acts.clear();
            if (m_open == 0)
                outcome ? answer({{u"error"_s, u"A row of the benchmark changed under it"_s}}) : failed(outcome.error(), answer);
        });
    }
}

// One column of `count` patients, `batch` a transaction, one transaction after the other.
void BenchReplica::change(const QJsonObject &request, const Answer &answer)
{
    const int count = request.value("count"_L1).toInt();
    const int batch = request.value("batch"_L1).toInt(1);
    m_window = request.value("window"_L1).toInt(1);
    node::ListRequest list;
    list.table = &patients;
    list.limit = count;
    whenReady(m_replica->queries().list(list), this, [this, count, batch, answer](const Result<std::vector<schema::Row>> &rows) {
        if (!rows || rows->empty())
            return rows ? answer({{u"error"_s, u"There are no patients to change"_s}}) : failed(rows.error(), answer);
        m_acts.clear();
        for (int i = 0; i < count; ++i) {
            // A second change of one row would need the row as the first left it.
            if (std::size_t(i) >= rows->size())
                break;
            const schema::Row &row = (*rows)[std::size_t(i)];
            if (i % batch == 0)
                m_acts.push_back({"patients.change", {}, {}});
            m_acts.back().changes.push_back(schema::makeUpdate(patients, row, {{kPhone, "+1 " + std::to_string(nowNs())}}));
        }
        m_began = nowNs();
        saveNext(answer);
    });
}

void BenchReplica::liveWrite(const QJsonObject &request, const Answer &answer)
{
    const int rate = request.value("rate"_L1).toInt();
    m_liveLeft = rate * request.value("seconds"_L1).toInt();
    node::ListRequest list;
    list.table = &patients;
    list.limit = kMaxPatients;
    whenReady(m_replica->queries().list(list), this, [this, rate, answer](const Result<std::vector<schema::Row>> &rows) {
        if (!rows || rows->empty())
            return rows ? answer({{u"error"_s, u"There are no patients to change"_s}}) : failed(rows.error(), answer);
        m_patients = *rows;
        m_sent.clear();
        m_tick.setTimerType(Qt::PreciseTimer);
        m_tick.callOnTimeout(this, [this, answer] { liveTick(answer); });
        m_tick.start(std::max(1, 1000 / rate));
    });
}

void BenchReplica::liveTick(const Answer &answer)
{
    if (m_liveLeft == 0) {
        m_tick.stop();
        return;
    }
    --m_liveLeft;
    ++m_liveOpen;
    const std::size_t index = m_liveNext++ % m_patients.size();
    schema::Row &row = m_patients[index];
    node::Act act{"patients.change", {schema::makeUpdate(patients, row, {{kPhone, "+1 " + std::to_string(nowNs())}})}, {}};
    m_sent.emplace_back(row.id, nowNs());
    whenReady(m_replica->commands().save(std::move(act)), this, [this, index, answer](const Result<node::SaveOutcome> &outcome) {
        if (outcome && outcome->saved && !outcome->rows.empty())
            m_patients[index] = outcome->rows.front();
        if (--m_liveOpen == 0 && m_liveLeft == 0)
            answer({{u"sent"_s, times(m_sent)}});
    });
}

void BenchReplica::report(const Answer &answer)
{
    m_watching = false;
    answer({{u"seen"_s, times(m_seen)}});
}

} // namespace anteroom::app
