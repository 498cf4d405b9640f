#include "app/bench_worker.h"

#include "app/bench_chain.h"
#include "app/bench_measure.h"
#include "app/bench_replica.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

void reply(const QJsonObject &answer)
{
    const QByteArray line = QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, std::size_t(line.size()), stdout);
    std::fflush(stdout);
}

} // namespace

BenchWorker::BenchWorker()
    : m_input(STDIN_FILENO, QSocketNotifier::Read), m_replica(std::make_unique<BenchReplica>()), m_chain(std::make_unique<BenchChain>())
{
    connect(&m_input, &QSocketNotifier::activated, this, &BenchWorker::read);
}

BenchWorker::~BenchWorker() = default;

void BenchWorker::read()
{
    char bytes[65536];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) {
        m_input.setEnabled(false);
        return QCoreApplication::exit(0);
    }
    m_buffer.append(bytes, count);
    for (qsizetype end; (end = m_buffer.indexOf('\n')) >= 0; m_buffer.remove(0, end + 1))
        handle(QJsonDocument::fromJson(m_buffer.left(end)).object());
}

void BenchWorker::handle(const QJsonObject &request)
{
    const QString what = request.value("do"_L1).toString();
    if (what == "memory"_L1)
        return reply({{u"resident"_s, residentMib()}, {u"peak"_s, peakMib()}, {u"cpu"_s, cpuSeconds()}, {u"bytes"_s, qint64(socketBytesReceived())}});
    if (what == "reset_peak"_L1) {
        resetPeak();
        return reply({});
    }
    if (what == "rest"_L1) {                 // nothing but what the replica does by itself
        QTimer::singleShot(request.value("seconds"_L1).toInt() * 1000, this, [] { reply({}); });
        return;
    }
    if (!m_replica->handle(request, &reply) && !m_chain->handle(request, &reply))
        reply({{u"error"_s, u"A benchmark process does not know \"%1\""_s.arg(what)}});
}

} // namespace anteroom::app
