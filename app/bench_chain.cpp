#include "app/bench_chain.h"

#include "app/bench_measure.h"
#include "node/data_folder.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {
using schema::tables::patients;
constexpr int kPhone = schema::col(patients, "phone");
constexpr std::size_t kBulkBatch = 500;
} // namespace

BenchChain::BenchChain() : m_server(u"floor"_s, QWebSocketServer::NonSecureMode) {}

bool BenchChain::handle(const QJsonObject &request, const Answer &answer)
{
    const QString what = request.value("do"_L1).toString();
    if (what == "floor_bulk"_L1) {
        bulk(request, answer);
    } else if (what == "floor_table"_L1) {
        const auto opened = openTable(request);
        answer(opened ? QJsonObject{} : QJsonObject{{u"error"_s, opened.error().detail}});
    } else if (what == "floor_listen"_L1) {
        if (!m_server.listen(QHostAddress::LocalHost, 0))
            answer({{u"error"_s, m_server.errorString()}});
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            QWebSocket *peer = m_server.nextPendingConnection();
            peer->setParent(this);
            m_peers.push_back(peer);
            connect(peer, &QWebSocket::textMessageReceived, this, [this, peer](const QString &message) { arrived(message, peer); });
        });
        answer({{u"port"_s, m_server.serverPort()}});
    } else if (what == "floor_connect"_L1) {
        connect(&m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &message) { arrived(message, &m_socket); });
        connect(&m_socket, &QWebSocket::connected, this, [answer] { answer({}); });
        m_socket.open(QUrl(u"ws://127.0.0.1:%1"_s.arg(request.value("port"_L1).toInt())));
    } else if (what == "floor_live"_L1) {
        const int rate = request.value("rate"_L1).toInt();
        m_left = rate * request.value("seconds"_L1).toInt();
        m_tick.setTimerType(Qt::PreciseTimer);
        m_tick.callOnTimeout(this, [this, answer] { tick(answer); });
        m_tick.start(std::max(1, 1000 / rate));
    } else if (what == "floor_report"_L1) {
        QJsonArray times;
        for (const auto &[number, at] : m_times)
            times.append(QJsonArray{number, at});
        answer({{u"times"_s, times}});
    } else {
        return false;
    }
    return true;
}

// A file of its own, filled with the rows of a replica's database.
Result<void> BenchChain::openTable(const QJsonObject &request)
{
    auto rows = rowsOf(node::databasePath(request.value("dir"_L1).toString()), patients);
    if (!rows)
        return tl::unexpected(rows.error());
    m_rows = std::move(*rows);
    auto table = BareTable::create(request.value("file"_L1).toString(), patients, request.value("full"_L1).toBool());
    if (!table)
        return tl::unexpected(table.error());
    m_table = std::move(*table);
    bool ok = m_table->begin();
    for (const schema::Row &row : m_rows)
        ok = ok && m_table->insert(row);
    if (!ok || !m_table->commit())
        return fail(ErrorCode::Io, u"The floor's rows cannot be written"_s);
    return {};
}

// {"tables", "dir", "file", "changes"?}: insert all rows of these tables as `first` does, 500 a transaction, or,
// with changes, replace that many of them in one transaction as `catchup` does. Only the writing is timed.
void BenchChain::bulk(const QJsonObject &request, const Answer &answer)
{
    const int changes = request.value("changes"_L1).toInt();
    double ms = 0;
    std::int64_t count = 0;
    for (const QJsonValue &name : request.value("tables"_L1).toArray()) {
        const schema::Table *table = schema::findTable(name.toString().toStdString());
        const auto rows = rowsOf(node::databasePath(request.value("dir"_L1).toString()), *table);
        const auto bare = BareTable::create(request.value("file"_L1).toString() + name.toString(), *table, false);
        if (!rows || !bare)
            return answer({{u"error"_s, rows ? bare.error().detail : rows.error().detail}});
        bool ok = true;
        std::int64_t began = nowNs();
        for (std::size_t i = 0; i < rows->size(); ++i) {
            ok = ok && (i % kBulkBatch != 0 || (*bare)->begin()) && (*bare)->insert((*rows)[i]);
            if (i % kBulkBatch == kBulkBatch - 1 || i + 1 == rows->size())
                ok = ok && (*bare)->commit();
        }
        if (changes > 0) {
            began = nowNs();
            ok = ok && (*bare)->begin();
            for (std::size_t i = 0; i < rows->size() && i < std::size_t(changes); ++i)
                ok = ok && (*bare)->replace((*rows)[i]);
            ok = ok && (*bare)->commit();
        }
        ms += double(nowNs() - began) / 1e6;
        count += std::int64_t(rows->size());
        if (!ok)
            return answer({{u"error"_s, u"The floor's rows cannot be written"_s}});
    }
    answer({{u"ms"_s, ms}, {u"rows"_s, qint64(count)}});
}

void BenchChain::tick(const Answer &answer)
{
    if (m_left == 0) {
        m_tick.stop();
        return answer({});
    }
    --m_left;
    const std::size_t number = m_next++;
    const schema::Row &row = m_rows[number % m_rows.size()];
    const std::string phone = "+1 " + std::to_string(number);
    m_times.emplace_back(qint64(number), nowNs());
    if (m_table->setText(row.id, kPhone, phone))
        m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(QJsonObject{{u"number"_s, qint64(number)}, {u"id"_s, row.id.toString()},
                                                                             {u"phone"_s, QString::fromStdString(phone)}}).toJson(QJsonDocument::Compact)));
}

// The host commits, then passes on to everybody but the sender; the last in the chain only commits.
void BenchChain::arrived(const QString &message, QWebSocket *from)
{
    const QJsonObject change = QJsonDocument::fromJson(message.toUtf8()).object();
    const auto id = Uuid::fromString(change.value("id"_L1).toString());
    if (!id || !m_table->setText(*id, kPhone, change.value("phone"_L1).toString().toStdString()))
        return;
    for (QWebSocket *peer : m_peers)
        if (peer != from)
            peer->sendTextMessage(message);
    m_times.emplace_back(change.value("number"_L1).toInteger(), nowNs());
}

} // namespace anteroom::app
