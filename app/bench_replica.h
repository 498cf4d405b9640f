// A replica under measurement: host or client in a process of its own. Times are taken where the work is: just before a
// save is asked for, and when the signal after a commit arrives.
#pragma once

#include "app/bench_worker.h"
#include "node/replica.h"

#include <QTimer>

#include <deque>

namespace anteroom::app {

class BenchReplica final : public QObject, public BenchPart {
public:
    [[nodiscard]] bool handle(const QJsonObject &request, const Answer &answer) override;

private:
    void open(const QString &dir, const Answer &answer);
    void start(const Answer &answer);
    void host(int port, const Answer &answer);
    void join(const QJsonObject &request, const Answer &answer);
    void reconnect(const QJsonObject &request, const Answer &answer);
    void waitFor(std::int64_t rev, const Answer &answer);
    void checkArrived();
    void clientsAt(std::int64_t rev, const Answer &answer);
    void fill(const QJsonObject &request, const Answer &answer);
    void saveNext(const Answer &answer);
    void change(const QJsonObject &request, const Answer &answer);
    void liveWrite(const QJsonObject &request, const Answer &answer);
    void liveTick(const Answer &answer);
    void withRev(QJsonObject with, const Answer &answer);
    void report(const Answer &answer);
    void failed(const Error &error, const Answer &answer);

    std::unique_ptr<node::Replica> m_replica;
    std::deque<node::Act> m_acts;                        // still to be saved, one after the other
    int m_window = 1, m_open = 0;
    std::int64_t m_began = 0, m_lastChange = 0;          // ns
    std::int64_t m_bytesBefore = 0;
    std::int64_t m_target = -1;                          // revision that is waited for, −1 for none
    Answer m_arrived;
    bool m_watching = false;
    std::vector<std::pair<Uuid, std::int64_t>> m_seen;   // patients that changed, and when
    std::vector<schema::Row> m_patients;
    std::vector<std::pair<Uuid, std::int64_t>> m_sent;
    QTimer m_tick;
    int m_liveLeft = 0, m_liveOpen = 0;
    std::size_t m_liveNext = 0;
};

} // namespace anteroom::app
