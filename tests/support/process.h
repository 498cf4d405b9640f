// Real processes for tests: a command of anteroom-hub that runs and ends, and a replica (serve, join) that runs until it
// is told to end, or is killed. Binaries come from $ANTEROOM_BIN. Blocking: tests may wait for other processes.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace anteroom::test {

[[nodiscard]] QString program(const QString &name);

struct Finished {
    int code = -1;                       // −1: did not end in time, or crashed
    QByteArray out, err;

    [[nodiscard]] QJsonObject json() const;                      // the first line of stdout
    [[nodiscard]] std::vector<QJsonObject> lines() const;        // every line of stdout
    [[nodiscard]] int errorLines() const;
};

struct RunOptions {
    QByteArray input;
    std::optional<unsigned> uid;         // only as root
    int timeoutMs = 60'000;
};

[[nodiscard]] Finished runHub(const QStringList &arguments, const RunOptions &options = {});
// `record put` with this object on standard input.
[[nodiscard]] Finished put(const QString &dir, const QString &table, const QJsonObject &values, const QString &id = {}, const QStringList &more = {});

class HubProcess {
public:
    ~HubProcess();                       // kills what still runs

    // Waits until it says "ready ADDR:PORT"; false where it ended or took longer.
    [[nodiscard]] bool start(const QStringList &arguments, int timeoutMs = 20'000);
    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] qint64 pid() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] bool running() const { return m_process && m_process->state() == QProcess::Running; }
    void kill9();                        // SIGKILL, and waits for its end
    [[nodiscard]] int terminate(int timeoutMs = 15'000);         // SIGTERM; exit code, −1 where it did not end
    [[nodiscard]] QByteArray words();    // what it said on stderr until now; never waits

private:
    std::unique_ptr<QProcess> m_process;
    QString m_address;
    QByteArray m_out, m_err;
};

// A host and a client of it, each in a folder below `root`.
struct TwoProcesses {
    QString hostDir, clientDir;
    HubProcess host, client;

    explicit TwoProcesses(const QString &root);
    [[nodiscard]] bool startHost(const QString &listen = QStringLiteral("127.0.0.1:0"));
    [[nodiscard]] bool joinFirst();      // with a new code
    [[nodiscard]] bool joinAgain();
    // Waits until both digests print equal lines and nothing is pending.
    [[nodiscard]] bool settle(int timeoutMs = 30'000);
};

[[nodiscard]] QJsonObject status(const QString &dir);
[[nodiscard]] QByteArray digest(const QString &dir);

// A file of the shared data: $ANTEROOM_DATA, else ../shared/data beside the checkout; empty where there is none.
[[nodiscard]] QString sharedData(const QString &name);
// A twin of the real import file that always exists: `count` FHIR patients as NDJSON, the same every time.
[[nodiscard]] QByteArray generatedPatients(int count);

} // namespace anteroom::test
