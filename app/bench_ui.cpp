#include "app/bench_ui.h"

#include "app/bench_field.h"
#include "app/bench_measure.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QThread>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr int kQuietSeconds = 12, kQuietShortSeconds = 2;        // each page is typed into once; a short run only shows that it works
constexpr int kShortRun = 5'000;
constexpr int kAnswerMs = 60'000;
constexpr int kBatch = 5, kWindow = 16;  // as 20 desks at work: small acts, several on their way

// The desk as it ships, in the client's folder; typed into by its own probe.
class Desk {
public:
    explicit Desk(const QString &dir)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (!environment.contains(u"DISPLAY"_s) && !environment.contains(u"WAYLAND_DISPLAY"_s) && !environment.contains(u"QT_QPA_PLATFORM"_s))
            environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QDir(QCoreApplication::applicationDirPath()).filePath(u"anteroom"_s), {u"--data"_s, dir, u"--measure-typing"_s});
        answer();
    }
    ~Desk()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
        m_process.waitForFinished(1'000);
    }

    void say(const char *line)
    {
        m_process.write(QByteArray(line) + '\n');
        m_process.waitForBytesWritten();
    }
    QJsonObject answer()
    {
        while (!m_process.canReadLine())
            if (m_process.state() == QProcess::NotRunning || !m_process.waitForReadyRead(kAnswerMs))
                throw BenchFailure{{ErrorCode::Failed, Severity::Failure, u"The desk ended or gave no answer; look at its words above"_s, {}}};
        return QJsonDocument::fromJson(m_process.readLine()).object();
    }

private:
    QProcess m_process;
};

} // namespace

Result<QJsonObject> runUi(int changes)
{
    return guarded([&] {
        BenchField field;
        field.fill(changes);
        field.addClient();
        field.clients.clear();               // its folder goes on in the desk
        Desk desk(field.clientDir(1));
        desk.say("measure");
        QThread::sleep(changes < kShortRun ? kQuietShortSeconds : kQuietSeconds);
        desk.say("end");
        const QJsonObject quiet = desk.answer();
        desk.say("measure");
        const QJsonObject changed = must(field.host->call({{u"do"_s, u"change"_s}, {u"count"_s, changes}, {u"batch"_s, kBatch}, {u"window"_s, kWindow}}));
        must(field.host->call({{u"do"_s, u"clients_at"_s}, {u"rev"_s, changed.value("rev"_L1)}}));
        const double seconds = double(nowNs() - changed.value("began"_L1).toInteger()) / 1e9;
        desk.say("end");
        const QJsonObject busy = desk.answer();
        if (quiet.value("keys"_L1).toInt() == 0 || (changes >= kShortRun && busy.value("keys"_L1).toInt() == 0))
            throw BenchFailure{{ErrorCode::Failed, Severity::Failure, u"Nothing could be typed into the desk; the figures would say nothing"_s, {}}};
        return QJsonObject{{u"max_block_ms"_s, rounded(busy.value("max"_L1).toDouble())}, {u"p99_block_ms"_s, rounded(busy.value("p99"_L1).toDouble())},
                           {u"quiet_max_block_ms"_s, rounded(quiet.value("max"_L1).toDouble())}, {u"quiet_p99_block_ms"_s, rounded(quiet.value("p99"_L1).toDouble())},
                           {u"changes"_s, changes}, {u"seconds"_s, rounded(seconds)}, {u"keys"_s, busy.value("keys"_L1)}, {u"samples"_s, busy.value("samples"_L1)}};
    });
}

} // namespace anteroom::app
