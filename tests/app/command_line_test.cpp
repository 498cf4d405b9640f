#include "app/command_line.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

namespace {

const CommandSpec kGet{u"record get"_s, {{u"data"_s, u"DIR"_s, true}, {u"json"_s, {}}, {u"where"_s, u"C=V"_s, false, true}},
                       {u"TABLE"_s, u"[ID]"_s}};
const CommandSpec kImport{u"import"_s, {{u"data"_s, u"DIR"_s, true}}, {u"FILE…"_s}};

} // namespace

class CommandLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void takesOptionsAnywhere()
    {
        const auto a = parseArguments(kGet, {u"patients"_s, u"--data"_s, u"/d"_s, u"--json"_s, u"id"_s, u"--where=a=1"_s, u"--where"_s, u"b="_s});
        QVERIFY(a);
        QCOMPARE(a->value(u"data"_s), u"/d"_s);
        QVERIFY(a->has(u"json"_s));
        QCOMPARE(a->positionals(), QStringList({u"patients"_s, u"id"_s}));
        QCOMPARE(a->values(u"where"_s), QStringList({u"a=1"_s, u"b="_s}));
        QCOMPARE(a->value(u"limit"_s, u"7"_s), u"7"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("unknown") << QStringList{u"t"_s, u"--nope"_s} << u"record get has no option --nope"_s;
        QTest::newRow("missing") << QStringList{u"t"_s} << u"record get needs --data DIR"_s;
        QTest::newRow("no value") << QStringList{u"t"_s, u"--data"_s} << u"--data needs DIR after it"_s;
        QTest::newRow("empty value") << QStringList{u"t"_s, u"--data="_s} << u"--data needs DIR after it"_s;
        QTest::newRow("flag value") << QStringList{u"t"_s, u"--json=1"_s} << u"--json takes no value"_s;
        QTest::newRow("twice") << QStringList{u"t"_s, u"--data=a"_s, u"--data=b"_s} << u"--data is given twice"_s;
        QTest::newRow("positional") << QStringList{u"--data=a"_s} << u"record get needs TABLE"_s;
        QTest::newRow("too many") << QStringList{u"--data=a"_s, u"t"_s, u"i"_s, u"x"_s} << u"record get does not take \"x\""_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const auto a = parseArguments(kGet, arguments);
        QVERIFY(!a);
        QCOMPARE(a.error().detail, words);
        QCOMPARE(exitCodeOf(a.error()), 2);
    }

    void repeatedPositionals()
    {
        QVERIFY(!parseArguments(kImport, {u"--data=d"_s}));
        const auto a = parseArguments(kImport, {u"--data=d"_s, u"a"_s, u"--"_s, u"--b"_s});
        QVERIFY(a);
        QCOMPARE(a->positionals(), QStringList({u"a"_s, u"--b"_s}));
    }

    void findsTheCommandByItsWords()
    {
        const std::vector<CommandSpec> commands{kGet, kImport};
        QStringList words{u"record"_s, u"get"_s, u"patients"_s};
        const auto found = findCommand(commands, words);
        QVERIFY(found);
        QCOMPARE((*found)->name, u"record get"_s);
        QCOMPARE(words, QStringList{u"patients"_s});
        QStringList wrong{u"record"_s, u"forget"_s};
        QCOMPARE(findCommand(commands, wrong).error().detail, u"There is no command \"record forget\""_s);
        QCOMPARE(usageLine(u"anteroom-hub"_s, kGet), u"anteroom-hub record get TABLE [ID] --data DIR [--json] [--where C=V]…"_s);
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("port");
        QTest::newRow("both") << u"10.0.0.5:81"_s << u"10.0.0.5"_s << 81;
        QTest::newRow("no port") << u"desk-1"_s << u"desk-1"_s << 7310;
        QTest::newRow("port alone") << u":0"_s << u"127.0.0.1"_s << 0;
        QTest::newRow("v6") << u"[::1]:5"_s << u"::1"_s << 5;
        QTest::newRow("bare v6") << u"fe80::1"_s << u"fe80::1"_s << 7310;
        QTest::newRow("large") << u"a:65536"_s << QString() << -1;
        QTest::newRow("word") << u"a:b"_s << QString() << -1;
        QTest::newRow("open") << u"[::1:5"_s << QString() << -1;
        QTest::newRow("colon") << u"a:"_s << QString() << -1;
    }
    void addresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, address);
        QFETCH(int, port);
        const auto parsed = parseHostPort(text, kDefaultPort);
        QCOMPARE(bool(parsed), port >= 0);
        if (parsed) {
            QCOMPARE(parsed->address, address);
            QCOMPARE(int(parsed->port), port);
        }
    }

    void exitCodes()
    {
        QCOMPARE(exitCodeOf({ErrorCode::Locked, Severity::Failure, {}, {}}), 3);
        QCOMPARE(exitCodeOf({ErrorCode::DiskFull, Severity::Failure, {}, {}}), 1);
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
