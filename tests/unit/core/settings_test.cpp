// Settings: the table holds together, values are checked at every door, the file survives and forgives.
#include "core/settings.h"

#include "core/atomic_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace anteroom;

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableHoldsTogether();
    void defaults();
    void keptAcrossRestarts();
    void outOfRangeIsRefusedInWords_data();
    void outOfRangeIsRefusedInWords();
    void clinicSettingsAreNotOfThisPc();
    void badLinesGiveDefaultsAndWords();
    void unknownKeysAreKept();
    void defaultsAreNotWritten();
    void unreadableFileIsAnError();

private:
    static void write(const QTemporaryDir &folder, const QByteArray &content)
    {
        QVERIFY(writeFileAtomically(folder.filePath(QStringLiteral("settings.ini")), content, FileMode::Shared).has_value());
    }
};

void SettingsTest::tableHoldsTogether()
{
    std::set<std::string_view> keys;
    for (const Setting *setting : allSettings()) {
        QVERIFY(keys.insert(setting->key).second);
        QCOMPARE(findSetting(setting->key), setting);
        QVERIFY2(checkSetting(*setting, defaultOf(*setting)).has_value(), setting->key.data());
        QCOMPARE(settingFromText(*setting, settingToText(defaultOf(*setting))).value(), defaultOf(*setting));
        for (const std::int64_t choice : setting->choices)
            QVERIFY2(checkSetting(*setting, choice).has_value(), setting->key.data());
    }
    QCOMPARE(findSetting("no.such"), nullptr);
}

void SettingsTest::defaults()
{
    QTemporaryDir folder;
    const Settings settings = Settings::load(folder.path()).value();
    QVERIFY(settings.get(setting::kSyncAuto));
    QCOMPARE(settings.get(setting::kSyncIntervalS), 30);
    QCOMPARE(settings.get(setting::kHostPort), 7310);
    QVERIFY(!settings.get(setting::kHostListening));
    QCOMPARE(settings.get(setting::kUiTheme), QStringLiteral("system"));
    QVERIFY(settings.get(setting::kUiKeycaps));
    QVERIFY(settings.problems().isEmpty());
}

void SettingsTest::keptAcrossRestarts()
{
    QTemporaryDir folder;
    Settings settings = Settings::load(folder.path()).value();
    QVERIFY(settings.set(setting::kSyncAuto, false).has_value());
    QVERIFY(settings.set(setting::kSyncIntervalS, 45).has_value());      // no choice of the list, and allowed
    QVERIFY(settings.set(setting::kDeskRoom, QStringLiteral("Sala 2 = été # 1")).has_value());
    QVERIFY(settings.set(setting::kUiScale, 115).has_value());
    QVERIFY(settings.save().has_value());

    const Settings again = Settings::load(folder.path()).value();
    QVERIFY2(again.problems().isEmpty(), qPrintable(again.problems().join(u' ')));
    QVERIFY(!again.get(setting::kSyncAuto));
    QCOMPARE(again.get(setting::kSyncIntervalS), 45);
    QCOMPARE(again.get(setting::kDeskRoom), QStringLiteral("Sala 2 = été # 1"));
    QCOMPARE(again.get(setting::kUiScale), 115);
}

void SettingsTest::outOfRangeIsRefusedInWords_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("interval too short") << QStringLiteral("sync.interval_s") << QStringLiteral("29") << QStringLiteral("between 30 and 3600");
    QTest::newRow("interval too long") << QStringLiteral("sync.interval_s") << QStringLiteral("3601") << QStringLiteral("between 30 and 3600");
    QTest::newRow("interval in words") << QStringLiteral("sync.interval_s") << QStringLiteral("soon") << QStringLiteral("whole number");
    QTest::newRow("no boolean") << QStringLiteral("sync.auto") << QStringLiteral("yes") << QStringLiteral("true or false");
    QTest::newRow("no port") << QStringLiteral("host.port") << QStringLiteral("65536") << QStringLiteral("between 0 and 65535");
    QTest::newRow("no theme") << QStringLiteral("ui.theme") << QStringLiteral("pink") << QStringLiteral("system, light, dark");
    QTest::newRow("no scale") << QStringLiteral("ui.scale") << QStringLiteral("120") << QStringLiteral("100, 115, 130");
    QTest::newRow("long room") << QStringLiteral("desk.room") << QString(37, u'x') << QStringLiteral("at most 36");
    QTest::newRow("two lines") << QStringLiteral("desk.room") << QStringLiteral("a\nb") << QStringLiteral("one line");
}

void SettingsTest::outOfRangeIsRefusedInWords()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    QFETCH(QString, words);
    const Setting *setting = findSetting(key.toStdString());
    QVERIFY(setting);
    const auto value = settingFromText(*setting, text);
    QVERIFY(!value);
    QCOMPARE(value.error().code, ErrorCode::Invalid);
    QCOMPARE(value.error().subject, key);
    QVERIFY2(value.error().detail.contains(words), qPrintable(value.error().detail));
}

void SettingsTest::clinicSettingsAreNotOfThisPc()
{
    QTemporaryDir folder;
    Settings settings = Settings::load(folder.path()).value();
    const auto set = settings.set(setting::kClinicCurrency, QStringLiteral("XOF"));
    QVERIFY(!set);
    QCOMPARE(set.error().code, ErrorCode::Refused);
    QVERIFY(!settings.set(setting::kSyncIntervalS, 5));
    QCOMPARE(settings.get(setting::kSyncIntervalS), 30);
}

void SettingsTest::badLinesGiveDefaultsAndWords()
{
    QTemporaryDir folder;
    write(folder, "# by hand\nsync.interval_s = 5\nnonsense\n\nhost.port=8000\n= 3\n");
    const Settings settings = Settings::load(folder.path()).value();
    QCOMPARE(settings.get(setting::kSyncIntervalS), 30);
    QCOMPARE(settings.get(setting::kHostPort), 8000);
    QCOMPARE(settings.problems().size(), 3);
    QVERIFY2(settings.problems()[0].contains(QStringLiteral("Line 2")), qPrintable(settings.problems()[0]));
    QVERIFY2(settings.problems()[1].contains(QStringLiteral("Line 3")), qPrintable(settings.problems()[1]));
}

void SettingsTest::unknownKeysAreKept()
{
    QTemporaryDir folder;
    write(folder, "future.thing = 7\n");
    Settings settings = Settings::load(folder.path()).value();
    QVERIFY(settings.set(setting::kHostListening, true).has_value());
    QVERIFY(settings.save().has_value());
    const QByteArray content = readSmallFile(folder.filePath(QStringLiteral("settings.ini")), 4096).value();
    QVERIFY(content.contains("future.thing = 7\n"));
    QVERIFY(content.contains("host.listening = true\n"));
}

void SettingsTest::defaultsAreNotWritten()
{
    QTemporaryDir folder;
    Settings settings = Settings::load(folder.path()).value();
    QVERIFY(settings.set(setting::kHostPort, 9000).has_value());
    QVERIFY(settings.set(setting::kHostPort, 7310).has_value());
    QVERIFY(settings.save().has_value());
    QVERIFY(!readSmallFile(folder.filePath(QStringLiteral("settings.ini")), 4096)->contains("host.port"));
}

void SettingsTest::unreadableFileIsAnError()
{
    QTemporaryDir folder;
    write(folder, QByteArray(70'000, '#'));
    QVERIFY(!Settings::load(folder.path()));
    QVERIFY(QFile::remove(folder.filePath(QStringLiteral("settings.ini"))));
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("settings.ini")));
    QVERIFY(!Settings::load(folder.path()));
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
