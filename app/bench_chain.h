// The floor of a live change: three processes of a bare QWebSocket and bare SQLite. A commits one column of one row and
// sends it, the host commits it and passes it on, B commits it. No protocol, no merge, no audit: what cannot be beaten.
#pragma once

#include "app/bench_floor.h"
#include "app/bench_worker.h"

#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

namespace anteroom::app {

class BenchChain final : public QObject, public BenchPart {
public:
    BenchChain();
    [[nodiscard]] bool handle(const QJsonObject &request, const Answer &answer) override;

private:
    [[nodiscard]] Result<void> openTable(const QJsonObject &request);
    void bulk(const QJsonObject &request, const Answer &answer);
    void arrived(const QString &message, QWebSocket *from);
    void tick(const Answer &answer);

    std::unique_ptr<BareTable> m_table;
    std::vector<schema::Row> m_rows;
    QWebSocketServer m_server;
    std::vector<QWebSocket *> m_peers;
    QWebSocket m_socket;
    QTimer m_tick;
    int m_left = 0;
    std::size_t m_next = 0;
    std::vector<std::pair<qint64, qint64>> m_times;      // number of the change, ns
};

} // namespace anteroom::app
