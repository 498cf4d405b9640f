// Starting with the PC, in an autostart folder of its own: what is written there, what is never touched, and a program
// that moved.
#include "app/desktop_hosting_autostart.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

class HostingAutostartTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_config;
    AutostartCommand m_command;

    static QString read()
    {
        QFile file(XdgAutostart::path());
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    static bool write(const QString &text)
    {
        QFile file(XdgAutostart::path());
        return QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
    }

private Q_SLOTS:
    void init()
    {
        m_config = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CONFIG_HOME", m_config->path().toLocal8Bit());
        m_command = {.program = u"/opt/Ante room/anteroom"_s, .dataDir = m_config->filePath(u"data"_s)};
        QVERIFY(QDir().mkpath(m_command.dataDir));
    }

    void onWritesAndOffRemoves()
    {
        XdgAutostart autostart(m_command);
        QVERIFY(!autostart.on());
        QVERIFY(autostart.set(false));
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.on());
        QCOMPARE(XdgAutostart::path(), m_config->filePath(u"autostart/anteroom.desktop"_s));
        const QString text = read();
        QVERIFY2(text.contains(u"\nExec=\"/opt/Ante room/anteroom\" \"--data\" \"%1\" \"--tray\"\n"_s.arg(m_command.dataDir)), qPrintable(text));
        QVERIFY(text.startsWith(u"[Desktop Entry]\nType=Application\n"_s));
        QVERIFY(autostart.set(false));
        QVERIFY(!autostart.on());
        QVERIFY(!QFile::exists(XdgAutostart::path()));
    }

    // The examples of the Desktop Entry Specification, "The Exec key". No raw strings: moc loses its way in them.
    void argumentsAreQuoted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("space") << u"a b"_s << u"\"a b\""_s;
        QTest::newRow("dollar") << u"$"_s << u"\"\\\\$\""_s;
        QTest::newRow("backslash") << u"\\"_s << u"\"\\\\\\\\\""_s;
        QTest::newRow("quote") << u"\""_s << u"\"\\\\\"\""_s;
        QTest::newRow("backtick") << u"`"_s << u"\"\\\\`\""_s;
        QTest::newRow("percent") << u"100%"_s << u"\"100%%\""_s;
        QTest::newRow("line") << u"a\nb"_s << u"\"a\\nb\""_s;
    }
    void argumentsAreQuoted()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QCOMPARE(desktopEntryArgument(text), written);
    }

    void somebodyElsesFileIsNotTouched()
    {
        const QString theirs = u"[Desktop Entry]\nType=Application\nName=Anteroom\nExec=something-else\n"_s;
        QVERIFY(write(theirs));
        XdgAutostart autostart(m_command);
        QVERIFY(!autostart.on());
        QVERIFY(autostart.set(false));
        QCOMPARE(read(), theirs);
        const auto refused = autostart.set(true);
        QVERIFY(!refused && refused.error().detail.contains(XdgAutostart::path()));
        QVERIFY(autostart.refresh());
        QCOMPARE(read(), theirs);
    }

    void anotherFolderKeepsItsPlace()
    {
        AutostartCommand other = m_command;
        other.dataDir = m_config->filePath(u"other"_s);
        QVERIFY(QDir().mkpath(other.dataDir));
        QVERIFY(XdgAutostart(other).set(true));
        XdgAutostart autostart(m_command);
        QVERIFY(!autostart.on());
        QVERIFY(!autostart.set(true));
        QVERIFY(autostart.set(false));
        QVERIFY(XdgAutostart(other).on());
        QVERIFY(QDir(other.dataDir).removeRecursively());                // its data are gone: the place is free
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.on());
    }

    void aProgramThatMovedUpdatesItsPath()
    {
        m_command.trialLan = true;
        QVERIFY(XdgAutostart(m_command).set(true));
        AutostartCommand moved = m_command;
        moved.program = u"/usr/bin/anteroom"_s;
        moved.trialLan = false;                                          // started once without: what was chosen stays
        XdgAutostart autostart(moved);
        QVERIFY(autostart.on());
        QVERIFY(autostart.refresh());
        QVERIFY2(read().contains(u"Exec=\"/usr/bin/anteroom\" "_s), qPrintable(read()));
        QVERIFY(read().contains(u"\"--trial-lan\"\n"_s));
    }

    void switchedOffByTheDesktopStaysOff()
    {
        QVERIFY(XdgAutostart(m_command).set(true));
        QVERIFY(write(read() + u"Hidden=true\n"_s));
        const QString before = read();
        AutostartCommand moved = m_command;
        moved.program = u"/usr/bin/anteroom"_s;
        XdgAutostart autostart(moved);
        QVERIFY(!autostart.on());
        QVERIFY(autostart.refresh());
        QCOMPARE(read(), before);
        QVERIFY(autostart.set(true));
        QVERIFY(autostart.on());
    }
};

QTEST_GUILESS_MAIN(HostingAutostartTest)
#include "hosting_autostart_test.moc"
