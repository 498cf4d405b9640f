// First start: what is missing is said at its field; a wrong code and a silent address have words.
#include "fake_desk.h"

#include "ui/common/field.h"
#include "ui/first_start/first_start_page.h"
#include "ui/shell/shell.h"

#include <QTcpServer>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using Which = FirstStartModel::Field;
using Choice = FirstStartModel::Choice;

class FirstStartTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;

    static FirstStartModel &modelOf(FakeDesk &desk) { return qobject_cast<FirstStartPage *>(desk.window->widget())->model(); }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void addresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("usual") << u"192.168.1.20:7310"_s << u"192.168.1.20"_s << 7310;
        QTest::newRow("blanks") << u" 192.168.1.20 : 80 "_s << u"192.168.1.20"_s << 80;
        QTest::newRow("name") << u"desk1.local"_s << u"desk1.local"_s << 7310;
        QTest::newRow("six") << u"[::1]:9"_s << u"::1"_s << 9;
        QTest::newRow("six alone") << u"fe80::1"_s << u"fe80::1"_s << 7310;
        QTest::newRow("no port") << u"a:b"_s << QString() << 0;
        QTest::newRow("large port") << u"a:70000"_s << QString() << 0;
        QTest::newRow("empty") << u" "_s << QString() << 0;
        QTest::newRow("no host") << u":7310"_s << QString() << 0;
    }
    void addresses()
    {
        QFETCH(const QString, typed);
        QFETCH(const QString, host);
        QFETCH(const int, port);
        const auto parsed = parseAddress(typed);
        QCOMPARE(parsed.has_value(), !host.isEmpty());
        if (parsed) {
            QCOMPARE(parsed->host, host);
            QCOMPARE(static_cast<int>(parsed->port), port);
        }
    }

    void codes()
    {
        QCOMPARE(*parseCode(u"k7qm4-9xwrt"_s), u"K7QM49XWRT"_s);
        QCOMPARE(*parseCode(u"O1iL 0 00000"_s), u"0111000000"_s);
        QVERIFY(!parseCode(u"K7QM4"_s));
        QVERIFY(!parseCode({}));
    }

    void startingNeedsANameAndAPerson()
    {
        FakeDesk desk(*m_theme);
        auto &model = modelOf(desk);
        model.choose(Choice::Start);
        model.go();
        QVERIFY(model.wrongField() == Which::Clinic);
        model.clinic = u"San Rafael"_s;
        model.go();
        QVERIFY(model.wrongField() == Which::Person);
        model.person = u"Amina Diallo"_s;
        model.go();
        QTRY_VERIFY_WITH_TIMEOUT(desk.window->shell() != nullptr, kWaitMs);
        QCOMPARE(desk.replica->identity().clinicName, u"San Rafael"_s);
        QCOMPARE(desk.replica->identity().personName, u"Amina Diallo"_s);
    }

    void wrongCodeIsSaidAtTheCode()
    {
        FakeDesk host(*m_theme), desk(*m_theme);
        QVERIFY(host.startClinic());
        const auto where = host.host();
        QVERIFY(where);
        QVERIFY(answer(host.replica->newAccessCode()));
        auto &model = modelOf(desk);
        model.choose(Choice::Join);
        model.address = u"127.0.0.1:%1"_s.arg(where->port);
        model.code = u"0000000000"_s;
        model.person = u"Marta"_s;
        model.go();
        QVERIFY(model.busy());
        QTRY_VERIFY_WITH_TIMEOUT(!model.busy(), kWaitMs);
        QVERIFY2(model.wrongField() == Which::Code, qPrintable(model.words()));
        QVERIFY(!model.words().isEmpty());
    }

    void nobodyAnswersThere()
    {
        QTcpServer free;                                     // a port where nobody listens any more
        QVERIFY(free.listen(QHostAddress::LocalHost, 0));
        const quint16 port = free.serverPort();
        free.close();
        FakeDesk desk(*m_theme);
        auto &model = modelOf(desk);
        model.choose(Choice::Join);
        model.address = u"127.0.0.1:%1"_s.arg(port);
        model.code = u"K7QM49XWRT"_s;
        model.person = u"Marta"_s;
        model.go();
        QTRY_VERIFY_WITH_TIMEOUT(!model.busy(), 15'000);
        QVERIFY2(model.wrongField() == Which::Address, qPrintable(model.words()));
        QVERIFY(desk.window->shell() == nullptr);            // still at the first start, to try again
    }
};

QTEST_MAIN(FirstStartTest)
#include "first_start_test.moc"
