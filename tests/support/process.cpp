#include "process.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <grp.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace anteroom::test {

namespace {

constexpr int kPollMs = 50;              // between two looks at another process

void becomeUser(QProcess &process, std::optional<unsigned> uid)
{
    if (uid)
        process.setChildProcessModifier([id = *uid] {
            if (::setgroups(0, nullptr) != 0 || ::setgid(id) != 0 || ::setuid(id) != 0)
                ::_exit(126);
        });
}

} // namespace

QString program(const QString &name)
{
    return QDir(qEnvironmentVariable("ANTEROOM_BIN")).filePath(name);
}

QJsonObject Finished::json() const
{
    return QJsonDocument::fromJson(out.left(out.indexOf('\n'))).object();
}

std::vector<QJsonObject> Finished::lines() const
{
    std::vector<QJsonObject> objects;
    for (const QByteArray &line : out.split('\n'))
        if (!line.isEmpty())
            objects.push_back(QJsonDocument::fromJson(line).object());
    return objects;
}

int Finished::errorLines() const
{
    return int(err.count('\n'));
}

Finished runHub(const QStringList &arguments, const RunOptions &options)
{
    QProcess process;
    becomeUser(process, options.uid);
    process.start(program(u"anteroom-hub"_s), arguments);
    process.write(options.input);
    process.closeWriteChannel();
    Finished result;
    if (!process.waitForFinished(options.timeoutMs))
        process.kill();
    else if (process.exitStatus() == QProcess::NormalExit)
        result.code = process.exitCode();
    process.waitForFinished(5'000);
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

Finished put(const QString &dir, const QString &table, const QJsonObject &values, const QString &id, const QStringList &more)
{
    QStringList arguments{u"record"_s, u"put"_s, table};
    if (!id.isEmpty())
        arguments.append(id);
    return runHub(arguments + QStringList{u"--data"_s, dir} + more, {.input = QJsonDocument(values).toJson()});
}

HubProcess::~HubProcess()
{
    if (running())
        kill9();
}

bool HubProcess::start(const QStringList &arguments, int timeoutMs)
{
    m_process = std::make_unique<QProcess>();
    m_address.clear();
    m_out.clear();
    m_err.clear();
    m_process->start(program(u"anteroom-hub"_s), arguments);
    QDeadlineTimer deadline(timeoutMs);
    while (!deadline.hasExpired()) {
        m_process->waitForReadyRead(kPollMs);
        m_out += m_process->readAllStandardOutput();
        m_err += m_process->readAllStandardError();
        const qsizetype at = m_out.indexOf("ready ");
        const qsizetype end = at < 0 ? -1 : m_out.indexOf('\n', at);
        if (end > 0) {
            m_address = QString::fromUtf8(m_out.mid(at + 6, end - at - 6));
            return true;
        }
        if (m_process->state() == QProcess::NotRunning)
            return false;
    }
    return false;
}

void HubProcess::kill9()
{
    if (!m_process)
        return;
    m_process->kill();
    m_process->waitForFinished(10'000);
}

int HubProcess::terminate(int timeoutMs)
{
    m_process->terminate();
    if (!m_process->waitForFinished(timeoutMs) || m_process->exitStatus() != QProcess::NormalExit)
        return -1;
    return m_process->exitCode();
}

QByteArray HubProcess::words()
{
    m_err += m_process->readAllStandardError();
    return m_err;
}

TwoProcesses::TwoProcesses(const QString &root) : hostDir(root + "/host"_L1), clientDir(root + "/client"_L1) {}

bool TwoProcesses::startHost(const QString &listen)
{
    return host.start({u"serve"_s, u"--data"_s, hostDir, u"--listen"_s, listen, u"--clinic"_s, u"Test clinic"_s});
}

bool TwoProcesses::joinFirst()
{
    const Finished code = runHub({u"code"_s, u"--data"_s, hostDir});
    return code.code == 0
        && client.start({u"join"_s, u"--data"_s, clientDir, u"--address"_s, host.address(), u"--code"_s, QString::fromUtf8(code.out.trimmed())});
}

bool TwoProcesses::joinAgain()
{
    return client.start({u"join"_s, u"--data"_s, clientDir});
}

bool TwoProcesses::settle(int timeoutMs)
{
    return QTest::qWaitFor([this] {
        const QJsonObject both[] = {status(hostDir), status(clientDir)};
        const bool arrived = both[1].value("pending"_L1).toInt(-1) == 0 && both[1].value("cursor"_L1) == both[0].value("head"_L1);
        const QByteArray ours = arrived ? digest(hostDir) : QByteArray();
        return !ours.isEmpty() && ours == digest(clientDir);
    }, timeoutMs);
}

QJsonObject status(const QString &dir)
{
    return runHub({u"status"_s, u"--data"_s, dir, u"--json"_s}).json();
}

QByteArray digest(const QString &dir)
{
    const Finished result = runHub({u"digest"_s, u"--data"_s, dir});
    return result.code == 0 ? result.out : QByteArray();
}

QString sharedData(const QString &name)
{
    const QString beside = QDir(qEnvironmentVariable("ANTEROOM_SOURCE")).filePath(u"../shared/data"_s);
    const QString file = QDir(qEnvironmentVariable("ANTEROOM_DATA", beside)).filePath(name);
    return QFileInfo(file).isReadable() ? file : QString();
}

QByteArray generatedPatients(int count)
{
    QByteArray lines;
    for (int i = 0; i < count; ++i) {
        const QString n = QString::number(i);
        const QJsonObject patient{
            {u"resourceType"_s, u"Patient"_s},
            {u"id"_s, u"twin-%1"_s.arg(i, 6, 10, QChar(u'0'))},
            {u"name"_s, QJsonArray{QJsonObject{{u"use"_s, u"official"_s}, {u"family"_s, QString(u"Okonkwo"_s + n)}, {u"given"_s, QJsonArray{u"Zoë"_s, u"Ana"_s}}},
                                   QJsonObject{{u"use"_s, u"maiden"_s}, {u"family"_s, QString(u"Brännström"_s + n)}}}},
            {u"gender"_s, i % 2 ? u"female"_s : u"male"_s},
            {u"birthDate"_s, u"19%1-0%2-17"_s.arg(40 + i % 60).arg(1 + i % 9)},
            {u"telecom"_s, QJsonArray{QJsonObject{{u"system"_s, u"phone"_s}, {u"value"_s, u"+33 %1"_s.arg(i, 8, 10, QChar(u'0'))}}}},
            {u"identifier"_s, QJsonArray{QJsonObject{{u"system"_s, u"urn:example:file"_s}, {u"value"_s, QString(u"F-"_s + n)}}}},
        };
        lines += QJsonDocument(patient).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

} // namespace anteroom::test
