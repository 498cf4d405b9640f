// BenchWorker: one process of a benchmark. Reads requests from standard input, a line of JSON each, and answers them one
// after the other. It is a host or a client with a replica of its own (bench_replica), or a part of the floor
// (bench_chain); either way the work is done here and timed here.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace anteroom::app {

class BenchPart {
public:
    using Answer = std::function<void(const QJsonObject &)>;
    virtual ~BenchPart() = default;
    // False where the request is none of its own.
    [[nodiscard]] virtual bool handle(const QJsonObject &request, const Answer &answer) = 0;
};

class BenchWorker final : public QObject {
public:
    BenchWorker();
    ~BenchWorker() override;

private:
    void read();
    void handle(const QJsonObject &request);

    QSocketNotifier m_input;
    QByteArray m_buffer;
    std::unique_ptr<BenchPart> m_replica, m_chain;
};

} // namespace anteroom::app
