// The process that cannot go on ends with a clear sentence and the public exit code, and nothing is lost in any.
#include "node/data_folder.h"
#include "schema/tables/patients.h"
#include "storage/connection.h"
#include "storage/records.h"
#include "support/process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace anteroom;
using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

constexpr unsigned kNobody = 65534;

// Exit code, and exactly one line on stderr that holds `words`.
#define ENDED(result, expected, words)                                                                     \
    do {                                                                                                   \
        const Finished ended = (result);                                                                   \
        QVERIFY2(ended.code == (expected), qPrintable(u"exit code %1: %2"_s.arg(ended.code).arg(QString::fromUtf8(ended.err)))); \
        QVERIFY2(ended.errorLines() == 1, ended.err.constData());                                          \
        QVERIFY2(ended.err.contains(words), ended.err.constData());                                        \
    } while (false)

Finished serve(const QString &dir, const QString &listen, const RunOptions &options = {})
{
    return runHub({u"serve"_s, u"--data"_s, dir, u"--listen"_s, listen}, options);
}

} // namespace

class ErrorsTest : public QObject {
    Q_OBJECT
    // A clinic with one patient whom nobody serves any more; the patient's id.
    static QString startedClinic(const QString &data)
    {
        HubProcess host;
        if (!host.start({u"serve"_s, u"--data"_s, data, u"--listen"_s, u"127.0.0.1:0"_s}))
            return {};
        const QString id = put(data, u"patients"_s, {{u"family_name"_s, u"Okafor"_s}}).json().value("id"_L1).toString();
        return host.terminate() == 0 ? id : QString();
    }
    static void canBeRead(const QString &data, const QString &id, const RunOptions &options)
    {
        QVERIFY(!id.isEmpty());
        const Finished status = runHub({u"status"_s, u"--data"_s, data, u"--json"_s}, options);
        QVERIFY2(status.code == 0, status.err.constData());
        QCOMPARE(status.json().value("state"_L1).toString(), u"attention"_s);
        const Finished row = runHub({u"record"_s, u"get"_s, u"patients"_s, id, u"--data"_s, data}, options);
        QVERIFY2(row.code == 0, row.err.constData());
        QCOMPARE(row.json().value("family_name"_L1).toString(), u"Okafor"_s);
        const Finished digest = runHub({u"digest"_s, u"--data"_s, data}, options);
        QVERIFY2(digest.code == 0, digest.err.constData());
    }

private Q_SLOTS:
    void wrongUsage()
    {
        ENDED(runHub({}), 2, "--help");
        ENDED(runHub({u"dance"_s}), 2, "There is no command");
        ENDED(runHub({u"status"_s}), 2, "needs --data DIR");
        ENDED(runHub({u"record"_s, u"get"_s, u"patients"_s, u"--data"_s, u"/d"_s}), 2, "needs ID");
        QTemporaryDir dir;
        ENDED(runHub({u"join"_s, u"--data"_s, dir.path()}), 2, "--address");
        ENDED(runHub({u"user"_s, u"add"_s, u"Ana"_s, u"--data"_s, dir.path()}), 1, "no accounts");
        const QString made = dir.filePath(u"made"_s);
        ENDED(serve(made, u"nonsense:port"_s), 2, "ADDRESS:PORT");
        QVERIFY(!QFile::exists(made));
        const Finished help = runHub({u"serve"_s, u"--help"_s});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("--listen ADDR:PORT"));
        const QString nowhere = dir.filePath(u"no folder/port"_s);
        ENDED(runHub({u"serve"_s, u"--data"_s, made, u"--listen"_s, u"127.0.0.1:0"_s, u"--port-file"_s, nowhere}), 1, nowhere.toUtf8());
    }

    void noClinicYet()
    {
        QTemporaryDir dir;
        const QString missing = dir.filePath(u"missing"_s);
        for (const QString &command : {u"status"_s, u"digest"_s, u"verify"_s, u"code"_s, u"sync"_s})
            ENDED(runHub({command, u"--data"_s, missing}), 1, "There is no clinic");
        QVERIFY(!QFile::exists(missing));
    }

    void wrongCode()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QCOMPARE(runHub({u"code"_s, u"--data"_s, two.hostDir}).code, 0);
        ENDED(runHub({u"join"_s, u"--data"_s, two.clientDir, u"--address"_s, two.host.address(), u"--code"_s, u"00000-00000"_s}), 1, "code");
        QVERIFY(two.joinFirst());                                  // the folder is as good as new
    }

    void unreachableAddress()
    {
        QTemporaryDir dir;
        QTcpServer silent;                                         // takes the connection and never answers
        QVERIFY(silent.listen(QHostAddress::LocalHost, 0));
        QElapsedTimer clock;
        clock.start();
        ENDED(runHub({u"join"_s, u"--data"_s, dir.path(), u"--address"_s, u"127.0.0.1:%1"_s.arg(silent.serverPort()), u"--code"_s, u"00000-00000"_s}), 1, "127.0.0.1");
        QVERIFY2(clock.elapsed() < 13'000, qPrintable(QString::number(clock.elapsed())));
        silent.close();
        ENDED(runHub({u"join"_s, u"--data"_s, dir.path(), u"--address"_s, u"127.0.0.1:1"_s, u"--code"_s, u"00000-00000"_s}), 1, "127.0.0.1");
    }

    void portInUse()
    {
        QTemporaryDir dir;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, 0));
        ENDED(serve(dir.path(), u"127.0.0.1:%1"_s.arg(other.serverPort())), 1, QByteArray::number(other.serverPort()));
        other.close();
        HubProcess host;                                           // and nothing is spoiled
        QVERIFY2(host.start({u"serve"_s, u"--data"_s, dir.path(), u"--listen"_s, u"127.0.0.1:0"_s}), host.words().constData());
        const quint16 port = host.address().section(u':', 1).toUShort();
        QCOMPARE(host.terminate(), 0);
        QVERIFY(other.listen(QHostAddress::LocalHost, port));      // its clients look for it there: it goes nowhere else
        ENDED(runHub({u"serve"_s, u"--data"_s, dir.path()}), 1, QByteArray::number(port));
    }

    void secondProcess()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QVERIFY(two.joinFirst());
        ENDED(serve(two.hostDir, u"127.0.0.1:0"_s), 3, "in use");
        ENDED(runHub({u"join"_s, u"--data"_s, two.clientDir}), 3, "in use");
        QVERIFY(two.host.running());
        QCOMPARE(runHub({u"status"_s, u"--data"_s, two.hostDir}).code, 0);
    }

    void newerDatabase()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        const Finished made = put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Ueda"_s}});
        QCOMPARE(made.code, 0);
        const QString id = made.json().value("id"_L1).toString();
        QVERIFY(two.joinFirst());
        QVERIFY(two.settle());
        QCOMPARE(two.client.terminate(), 0);
        QCOMPARE(two.host.terminate(), 0);
        for (const QString &folder : {two.hostDir, two.clientDir}) {
            const auto connection = storage::Connection::open(node::databasePath(folder), storage::Mode::ReadWrite);
            QVERIFY(connection);
            (*connection)->execute("PRAGMA user_version=9999");
        }
        ENDED(serve(two.hostDir, u"127.0.0.1:0"_s), 1, "newer");
        ENDED(runHub({u"join"_s, u"--data"_s, two.clientDir}), 1, "newer");
        for (const QString &folder : {two.hostDir, two.clientDir}) {
            ENDED(put(folder, u"patients"_s, {{u"phone"_s, u"1"_s}}, id), 1, "newer");
            QCOMPARE(runHub({u"record"_s, u"get"_s, u"patients"_s, id, u"--data"_s, folder}).json().value("family_name"_L1).toString(), u"Ueda"_s);
            QCOMPARE(runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, folder}).lines().size(), std::size_t(1));
            const Finished asked = runHub({u"status"_s, u"--data"_s, folder, u"--json"_s});
            QVERIFY2(asked.code == 0, asked.err.constData());
            QCOMPARE(asked.json().value("state"_L1).toString(), u"attention"_s);
            QVERIFY(asked.json().value("attention"_L1).toString().contains(u"only be read"_s));
        }
        QVERIFY(!digest(two.hostDir).isEmpty());
        QCOMPARE(digest(two.hostDir), digest(two.clientDir));
    }

    // The host lost its history (an old copy was put back, or another clinic stands at the address): the client stops
    // with words and a way out, and the way out keeps everything.
    void historyRefused()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QVERIFY(two.joinFirst());
        QVERIFY(two.settle());
        QCOMPARE(put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Silva"_s}}).code, 0);
        QVERIFY(two.settle());
        QCOMPARE(two.client.terminate(), 0);
        QCOMPARE(two.host.terminate(), 0);
        QCOMPARE(put(two.clientDir, u"patients"_s, {{u"family_name"_s, u"Unsent"_s}}).code, 0);
        two.hostDir = dir.filePath(u"other"_s);                    // another clinic at the address
        QVERIFY2(two.startHost(two.host.address()), two.host.words().constData());

        Finished refused;                                          // it may say "ready" first: the host answers later
        QVERIFY(QTest::qWaitFor([&] {
            refused = runHub({u"join"_s, u"--data"_s, two.clientDir, u"--once"_s});
            return refused.code == 1 && refused.err.contains("--address ADDR:PORT --code C");
        }, 20'000));
        QCOMPARE(runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, two.clientDir}).lines().size(), std::size_t(2));

        QVERIFY2(two.joinFirst(), two.client.words().constData());
        QVERIFY(two.settle());
        const QStringList aside = QDir(two.clientDir).entryList({u"aside-*"_s}, QDir::Dirs);
        QCOMPARE(aside.size(), 1);
        QFile unsent(QDir(two.clientDir).filePath(aside.first() + u"/unsent.ndjson"_s));
        QVERIFY(unsent.open(QIODevice::ReadOnly));
        const QByteArray lines = unsent.readAll();
        QCOMPARE(lines.count('\n'), 1);
        QVERIFY(lines.contains("Unsent"));
        const auto kept = storage::Connection::open(QDir(two.clientDir).filePath(aside.first() + u"/anteroom.db"_s), storage::Mode::ReadOnly);
        QVERIFY(kept);
        QCOMPARE(storage::countRows(**kept, schema::tables::patients, {}), std::int64_t(2));
    }

    // A stranger sends garbage or far too much: that line is dropped, the clinic goes on.
    void garbageOnTheLine()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QVERIFY(two.joinFirst());
        const quint16 port = two.host.address().section(u':', -1).toUShort();
        const QByteArray upgrade = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        const QByteArray masked("\x82\xfe\x00\x80\x00\x00\x00\x00", 8);                          // 128 bytes of nothing
        const QByteArray huge("\x82\xff\x00\x00\x00\x00\x7f\xff\xff\xff\x00\x00\x00\x00", 14);    // announces 2 GiB
        for (const QByteArray &bytes : {QByteArray(100'000, 'x'), QByteArray(upgrade + masked + QByteArray(128, '\xff')), QByteArray(upgrade + huge + QByteArray(2'000'000, 'x'))}) {
            QTcpSocket stranger;
            stranger.connectToHost(u"127.0.0.1"_s, port);
            QVERIFY(stranger.waitForConnected(5'000));
            stranger.write(bytes);
            QTRY_COMPARE_WITH_TIMEOUT(stranger.state(), QAbstractSocket::UnconnectedState, 20'000);
        }
        QVERIFY(two.host.running());
        QCOMPARE(put(two.clientDir, u"patients"_s, {{u"family_name"_s, u"Ueda"_s}}).code, 0);
        QVERIFY(two.settle());
        QCOMPARE(status(two.clientDir).value("role"_L1).toString(), u"client"_s);
    }

    void diskFull()
    {
        if (::geteuid() != 0)
            QSKIP("A small disk can only be mounted as root.");
        QTemporaryDir dir;
        const QByteArray small = dir.path().toLocal8Bit();
        if (::mount("tmpfs", small.constData(), "tmpfs", 0, "size=3m") != 0)
            QSKIP("This machine does not let a test mount a small disk.");
        const auto unmount = qScopeGuard([&] { ::umount2(small.constData(), MNT_DETACH); });
        HubProcess host;
        const QString data = dir.filePath(u"data"_s);
        QVERIFY2(host.start({u"serve"_s, u"--data"_s, data, u"--listen"_s, u"127.0.0.1:0"_s}), host.words().constData());
        QFile ballast(dir.filePath(u"ballast"_s));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'b')) == 4096) {}
        QVERIFY(ballast.resize(ballast.size() - 200'000));           // room for a few saves more
        int acknowledged = 0;
        Finished refused;
        for (int i = 0; i < 200; ++i) {
            refused = put(data, u"patients"_s, {{u"family_name"_s, QString(u"Ueda"_s + QString::number(i))}, {u"note"_s, QString(3'000, u'n')}});
            if (refused.code != 0)
                break;
            ++acknowledged;
        }
        ENDED(refused, 1, "Saving failed because the disk is full");
        QVERIFY(acknowledged > 0);
        QVERIFY(host.running());
        QTRY_COMPARE(status(data).value("state"_L1).toString(), u"attention"_s);
        QVERIFY(status(data).value("attention"_L1).toString().contains("full"_L1));
        QVERIFY(ballast.resize(0));
        ballast.close();
        QVERIFY(ballast.remove());
        bool later = false;
        QTRY_VERIFY_WITH_TIMEOUT(later || (later = put(data, u"patients"_s, {{u"family_name"_s, u"Later"_s}}).code == 0), 10'000);
        QCOMPARE(runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, data}).lines().size(), std::size_t(acknowledged + 1));
        QCOMPARE(runHub({u"verify"_s, u"--data"_s, data}).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(status(data).value("state"_L1).toString(), u"synced"_s, 20'000);
        QCOMPARE(host.terminate(), 0);
    }

    // What was written can be read where nothing can be written any more: the disk is full to the last byte.
    void readsOnAFullDisk()
    {
        if (::geteuid() != 0)
            QSKIP("A small disk can only be mounted as root.");
        QTemporaryDir dir;
        const QByteArray small = dir.path().toLocal8Bit();
        if (::mount("tmpfs", small.constData(), "tmpfs", 0, "size=3m") != 0)
            QSKIP("This machine does not let a test mount a small disk.");
        const auto unmount = qScopeGuard([&] { ::umount2(small.constData(), MNT_DETACH); });
        const QString data = dir.filePath(u"data"_s), id = startedClinic(data);
        QFile ballast(dir.filePath(u"ballast"_s));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'b')) == 4096) {}
        canBeRead(data, id, {});
        ENDED(put(data, u"patients"_s, {{u"family_name"_s, u"Ueda"_s}}), 1, "full");
    }

    void readsInAFolderOfSomebodyElse()
    {
        QTemporaryDir dir;
        const QString data = dir.filePath(u"data"_s), id = startedClinic(data);
        RunOptions options;
        if (::geteuid() == 0)
            options.uid = kNobody;                                 // root may write everywhere
        if (runHub({u"--help"_s}, options).code != 0)
            QSKIP("Another user cannot run the programs of this checkout.");
        QVERIFY(QFile::setPermissions(dir.path(), QFile::Permissions(0x7755)));
        for (const QFileInfo &file : QDir(data).entryInfoList(QDir::Files))
            QVERIFY(QFile::setPermissions(file.filePath(), QFile::Permissions(0x4444)));
        QVERIFY(QFile::setPermissions(data, QFile::Permissions(0x5555)));
        canBeRead(data, id, options);
        QVERIFY(QFile::setPermissions(data, QFile::Permissions(0x7777)));
    }

    void readOnlyFolder()
    {
        QTemporaryDir dir;
        const QString data = dir.filePath(u"data"_s);
        QVERIFY(QDir().mkpath(data));
        QVERIFY(QFile::setPermissions(dir.path(), QFile::Permissions(0x7755)));
        QVERIFY(QFile::setPermissions(data, QFile::Permissions(0x5555)));
        RunOptions options;
        if (::geteuid() == 0)
            options.uid = kNobody;                                 // root may write everywhere
        if (runHub({u"--help"_s}, options).code != 0)
            QSKIP("Another user cannot run the programs of this checkout.");
        ENDED(serve(data, u"127.0.0.1:0"_s, options), 1, data.toUtf8());
        QVERIFY(QFile::setPermissions(data, QFile::Permissions(0x7777)));
    }
};

QTEST_GUILESS_MAIN(ErrorsTest)
#include "errors_test.moc"
