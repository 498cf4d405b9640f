#include "app/bench_process.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {
constexpr int kAnswerMs = 600'000;       // the longest step of the largest run
} // namespace

BenchProcess::BenchProcess()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationFilePath(), {u"worker"_s});
    m_process.waitForStarted();
}

BenchProcess::~BenchProcess()
{
    m_process.closeWriteChannel();           // the worker ends at the end of its input
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
    m_process.waitForFinished(1'000);
}

void BenchProcess::send(const QJsonObject &request)
{
    m_process.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    m_process.waitForBytesWritten();
}

Result<QJsonObject> BenchProcess::receive()
{
    while (!m_process.canReadLine())
        if (m_process.state() != QProcess::Running || !m_process.waitForReadyRead(kAnswerMs))
            return fail(ErrorCode::Failed, u"A process of the benchmark ended or gave no answer; look at its words above"_s);
    const QJsonObject answer = QJsonDocument::fromJson(m_process.readLine()).object();
    if (answer.contains("error"_L1))
        return fail(ErrorCode::Failed, answer.value("error"_L1).toString());
    return answer;
}

Result<QJsonObject> BenchProcess::call(const QJsonObject &request)
{
    send(request);
    return receive();
}

} // namespace anteroom::app
