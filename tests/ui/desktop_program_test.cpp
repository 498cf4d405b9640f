// The program from outside: the headless demo ends by itself with equal digests and pictures; who cannot go on says one
// sentence and ends with the public exit code.
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int code = -1;
    QString out, err;
};

Ended run(const QStringList &arguments)
{
    QProcess process;
    process.start(QDir(qEnvironmentVariable("ANTEROOM_BIN")).filePath(u"anteroom"_s), arguments);
    if (!process.waitForFinished(65'000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class DesktopProgramTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_runtime;                                 // only this user may enter it, as Qt wants

private Q_SLOTS:
    // Without one Qt says so on stderr, which has to stay empty.
    void initTestCase() { QVERIFY(qputenv("XDG_RUNTIME_DIR", m_runtime.path().toLocal8Bit())); }

    void headlessDemo()
    {
        QTemporaryDir out;
        const Ended demo = run({u"--headless-demo"_s, out.path()});
        QVERIFY2(demo.code == 0, qPrintable(demo.out + demo.err));
        QVERIFY2(demo.out.contains(u"Equal on all three PCs"_s), qPrintable(demo.out));
        for (const QString &page : {u"queue-host"_s, u"queue-offline"_s, u"patients"_s, u"register"_s, u"difference"_s, u"settings"_s, u"first-start"_s})
            for (const QString &scheme : {u"light"_s, u"dark"_s}) {
                const QImage picture(QDir(out.path()).filePath(page + u'-' + scheme + u".png"_s));
                QVERIFY2(picture.size() == QSize(1366, 768), qPrintable(page));
            }
    }

    void wrongUse()
    {
        const Ended ended = run({u"--bogus"_s});
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(u"--bogus"_s), qPrintable(ended.err));
        QCOMPARE(run({u"nonsense"_s}).code, 2);
    }

    void aFileIsNoFolder()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"a"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Ended ended = run({u"--data"_s, file.fileName()});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains(file.fileName()), qPrintable(ended.err));
    }

    // Of a program with a window: that window comes to the front. Of another one: refused.
    void aSecondStartRaisesTheFirst()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        QProcess first;
        first.start(QDir(qEnvironmentVariable("ANTEROOM_BIN")).filePath(u"anteroom"_s), {u"--data"_s, data});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(data + u"/control.socket"_s), 20'000);
        const Ended second = run({u"--data"_s, data});
        QVERIFY2(second.code == 0, qPrintable(second.err));
        QVERIFY(second.err.isEmpty());
        QCOMPARE(first.state(), QProcess::Running);
        first.terminate();
        QVERIFY(first.waitForFinished(20'000));
    }

    void aFolderOfAnotherProgramIsRefused()
    {
        QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        QProcess hub;
        hub.start(QDir(qEnvironmentVariable("ANTEROOM_BIN")).filePath(u"anteroom-hub"_s), {u"serve"_s, u"--data"_s, data, u"--listen"_s, u"127.0.0.1:0"_s});
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(data + u"/control.socket"_s), 20'000);
        const Ended second = run({u"--data"_s, data});
        QCOMPARE(second.code, 3);
        QVERIFY2(second.err.contains(data), qPrintable(second.err));
        hub.terminate();
        QVERIFY(hub.waitForFinished(20'000));
    }
};

QTEST_GUILESS_MAIN(DesktopProgramTest)
#include "desktop_program_test.moc"
