// Patient numbers: unique by prefix, checked, and readable as people type them.
#include "domain/patient_number.h"

#include <QTest>

#include <rapidcheck.h>

using namespace anteroom;
using namespace anteroom::domain;

class PatientNumberTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serialComesBack();
    void readsWhatPeopleType();
    void everyWrongDigitIsFound();
    void ends();
};

void PatientNumberTest::serialComesBack()
{
    QVERIFY(rc::check("prefix and serial of a number come back, for no other prefix", [] {
        const auto serial = *rc::gen::inRange<std::int64_t>(1, kMaxPatientSerial + 1);
        const auto number = patientNumber(u"AB", serial);
        RC_ASSERT(number.has_value());
        RC_ASSERT(patientSerial(*number, u"AB") == std::optional(serial));
        RC_ASSERT(!patientSerial(*number, u"AC").has_value());
        RC_ASSERT(*number != *patientNumber(u"AC", serial));
    }));
}

void PatientNumberTest::readsWhatPeopleType()
{
    const QString number = *patientNumber(u"A1", 4182);
    QVERIFY(number.startsWith(QStringLiteral("A1-004182-")));
    QCOMPARE(readPatientNumber(number.toLower()), std::optional(number));
    QString bare = number;
    bare.remove(QLatin1Char('-'));
    QCOMPARE(readPatientNumber(bare), std::optional(number));
    QString spoken = number;
    spoken.replace(QStringLiteral("A1-00"), QStringLiteral("al oO")); // I and L read as 1, O as 0
    QCOMPARE(readPatientNumber(spoken), std::optional(number));
    QVERIFY(!readPatientNumber(u"Keita"));
    QVERIFY(!readPatientNumber(u""));
    QVERIFY(!readPatientNumber(QString(400, QLatin1Char('1'))));
}

void PatientNumberTest::everyWrongDigitIsFound()
{
    QVERIFY(rc::check("one wrong digit is no number", [] {
        const QString number = *patientNumber(u"QZ", *rc::gen::inRange<std::int64_t>(1, 999'999));
        const int at = *rc::gen::inRange(3, 9);
        QString wrong = number;
        wrong[at] = QChar(u'0' + (number[at].digitValue() + *rc::gen::inRange(1, 10)) % 10);
        RC_ASSERT(!readPatientNumber(wrong).has_value());
    }));
}

void PatientNumberTest::ends()
{
    QVERIFY(!patientNumber(u"AA", 0));
    QVERIFY(!patientNumber(u"AA", -1));
    const auto past = patientNumber(u"AA", kMaxPatientSerial + 1);
    QVERIFY(!past);
    QVERIFY(past.error().detail.contains(QStringLiteral("prefix")));
    QVERIFY(patientNumber(u"AA", kMaxPatientSerial));
}

QTEST_GUILESS_MAIN(PatientNumberTest)
#include "patient_number_test.moc"
