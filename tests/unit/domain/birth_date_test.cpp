// One field for age and birth date: what may be typed, what is kept of it, and that no zone ever shifts it.
#include "domain/birth_date.h"

#include <QTest>

#include <rapidcheck.h>

#include <cstdlib>
#include <ctime>

using namespace anteroom;
using namespace anteroom::domain;

namespace {
const QDate kToday(2026, 11, 20);
} // namespace

class BirthDateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void orderDecidesOnlyTheAmbiguous();
    void ages_data();
    void ages();
    void machineDates();
    void neverShiftsWithAZone();
    void everyDayComesBack();
    void anAgeTypedTodayIsThatAgeToday();
};

void BirthDateTest::reads_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("precision");
    const auto row = [](const char *typed, const char *date, const char *precision) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromLatin1(date) << QString::fromLatin1(precision);
    };
    row("", "", "day");
    row("34", "1992", "age");
    row(" 34 y ", "1992", "age");
    row("~40", "1986", "age");
    row("~40 y", "1986", "age");
    row("0", "2026", "age");
    row("8m", "2026-03", "age");
    row("8 months", "2026-03", "age");
    row("14 mo", "2025-09", "age");
    row("1y6m", "2025-05", "age");
    row("3w", "2026-10-30", "age");
    row("5d", "2026-11-15", "day");
    row("1988", "1988", "year");
    row("1988-11", "1988-11", "month");
    row("11/1988", "1988-11", "month");
    row("nov 1988", "1988-11", "month");
    row("1988-11-20", "1988-11-20", "day");
    row("1988/11/20", "1988-11-20", "day");
    row("20/11/1988", "1988-11-20", "day");
    row("11/20/1988", "1988-11-20", "day");
    row("20.11.88", "1988-11-20", "day");
    row("20.11.26", "2026-11-20", "day");
    row("21.11.26", "", "");
    row("1.2.1992", "1992-02-01", "day");
    row("20 Nov 1988", "1988-11-20", "day");
    row("20-november-88", "1988-11-20", "day");
    row("٢٠/١١/١٩٨٨", "1988-11-20", "day");
    row("29/02/2024", "2024-02-29", "day");
}

void BirthDateTest::reads()
{
    QFETCH(QString, typed);
    QFETCH(QString, date);
    QFETCH(QString, precision);
    const auto birth = parseBirthDate(typed, kToday);
    if (precision.isEmpty()) {
        QVERIFY(!birth);
        return;
    }
    QVERIFY2(birth, birth ? "" : qPrintable(birth.error().detail));
    QCOMPARE(QString::fromStdString(birth->date), date);
    QCOMPARE(QString::fromUtf8(toText(birth->precision).data()), precision);
}

void BirthDateTest::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("word");
    QTest::newRow("letters") << QStringLiteral("old") << QStringLiteral("8m");
    QTest::newRow("future") << QStringLiteral("2027") << QStringLiteral("future");
    QTest::newRow("future day") << QStringLiteral("2026-11-21") << QStringLiteral("future");
    QTest::newRow("too old") << QStringLiteral("1700") << QStringLiteral("four digits");
    QTest::newRow("age too high") << QStringLiteral("131") << QStringLiteral("130");
    QTest::newRow("no such day") << QStringLiteral("31/02/1988") << QStringLiteral("20/11/1988");
    QTest::newRow("no leap day") << QStringLiteral("29.02.2023") << QStringLiteral("calendar");
    QTest::newRow("month 13") << QStringLiteral("1988-13") << QStringLiteral("twelve");
    QTest::newRow("both too large") << QStringLiteral("13/13/1988") << QStringLiteral("calendar");
    QTest::newRow("mixed") << QStringLiteral("2y 3w") << QStringLiteral("2y");
    QTest::newRow("very long") << QString(5000, QLatin1Char('3')) << QStringLiteral("neither");
    QTest::newRow("symbol") << QStringLiteral("~") << QStringLiteral("neither");
}

void BirthDateTest::refuses()
{
    QFETCH(QString, typed);
    QFETCH(QString, word);
    const auto birth = parseBirthDate(typed, kToday);
    QVERIFY(!birth);
    QCOMPARE(birth.error().code, ErrorCode::Invalid);
    QVERIFY2(birth.error().detail.contains(word), qPrintable(birth.error().detail));
}

void BirthDateTest::orderDecidesOnlyTheAmbiguous()
{
    QCOMPARE(parseBirthDate(QStringLiteral("3/4/1988"), kToday)->date, std::string("1988-04-03"));
    QCOMPARE(
        parseBirthDate(QStringLiteral("3/4/1988"), kToday, DateOrder::MonthFirst)->date, std::string("1988-03-04"));
    QCOMPARE(
        parseBirthDate(QStringLiteral("20/4/1988"), kToday, DateOrder::MonthFirst)->date, std::string("1988-04-20"));
}

void BirthDateTest::ages_data()
{
    QTest::addColumn<QString>("date");
    QTest::addColumn<int>("precision");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *date, BirthPrecision p, const char *text) {
        QTest::newRow(date) << QString::fromLatin1(date) << static_cast<int>(p) << QString::fromUtf8(text);
    };
    using P = BirthPrecision;
    row("2026-11-20", P::Day, "0\u00a0d");
    row("2026-10-24", P::Day, "27\u00a0d");
    row("2026-10-23", P::Day, "4\u00a0wk");
    row("2026-08-21", P::Day, "13\u00a0wk");
    row("2026-08-20", P::Day, "3\u00a0mo");
    row("2024-11-21", P::Day, "23\u00a0mo");
    row("2024-11-20", P::Day, "2\u00a0y");
    row("1988-11-21", P::Day, "37\u00a0y");
    row("1988-11-20", P::Day, "38\u00a0y");
    row("2026-03", P::Age, "8\u00a0mo");
    row("1988-11", P::Month, "38\u00a0y");
    row("1986", P::Age, "~40\u00a0y");
    row("1986", P::Year, "~40\u00a0y");
}

void BirthDateTest::ages()
{
    QFETCH(QString, date);
    QFETCH(int, precision);
    QFETCH(QString, text);
    const auto age = ageOn({date.toStdString(), static_cast<BirthPrecision>(precision)}, kToday);
    QVERIFY(age);
    QCOMPARE(ageText(*age), text);
}

void BirthDateTest::machineDates()
{
    QCOMPARE(isoBirthDate("1988")->precision, BirthPrecision::Year);
    QCOMPARE(isoBirthDate("1988-11")->precision, BirthPrecision::Month);
    QCOMPARE(isoBirthDate("1988-11-20")->precision, BirthPrecision::Day);
    for (const char *bad :
        {"", "88", "1988-1", "1988-13", "1988-02-30", "20/11/1988", "1988-11-20T00:00:00Z", "19881120"})
        QVERIFY2(!isoBirthDate(bad), bad);
    QVERIFY(!ageOn({"2027-01-01", BirthPrecision::Day}, kToday));
    QVERIFY(!ageOn({}, kToday));
}

void BirthDateTest::neverShiftsWithAZone()
{
    const QByteArray before = qgetenv("TZ");
    for (int offset = -14; offset <= 12; ++offset) { // POSIX signs are the other way round: UTC+14 … UTC−12
        qputenv("TZ", QByteArray("X") + QByteArray::number(offset));
        tzset();
        for (const char *typed : {"1970-01-01", "2000-03-26", "31.12.1999", "2024-02-29"}) {
            const auto birth = parseBirthDate(QString::fromLatin1(typed), kToday);
            QVERIFY(birth);
            const auto again = parseBirthDate(QString::fromStdString(birth->date), kToday);
            QCOMPARE(again->date, birth->date);
            QCOMPARE(birth->date, isoBirthDate(birth->date)->date);
        }
        QCOMPARE(parseBirthDate(QStringLiteral("31.12.1999"), kToday)->date, std::string("1999-12-31"));
        QCOMPARE(ageText(*ageOn({"2026-11-19", BirthPrecision::Day}, kToday)), QString::fromUtf8("1\u00a0d"));
        QCOMPARE(parseBirthDate(QStringLiteral("3w"), kToday)->date, std::string("2026-10-30"));
    }
    if (before.isNull())
        qunsetenv("TZ");
    else
        qputenv("TZ", before);
    tzset();
}

void BirthDateTest::everyDayComesBack()
{
    QVERIFY(rc::check("a day typed in any order is kept as that day", [] {
        const QDate day = kToday.addDays(-*rc::gen::inRange(0, 120 * 365));
        const std::string iso = day.toString(QStringLiteral("yyyy-MM-dd")).toStdString();
        for (const char *format : {"yyyy-MM-dd", "dd/MM/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyy/M/d"}) {
            const auto birth = parseBirthDate(day.toString(QString::fromLatin1(format)), kToday);
            RC_ASSERT(birth.has_value());
            RC_ASSERT(birth->date == iso);
            RC_ASSERT(birth->precision == BirthPrecision::Day);
        }
        const auto american = parseBirthDate(day.toString(QStringLiteral("M/d/yyyy")), kToday, DateOrder::MonthFirst);
        RC_ASSERT(american.has_value() && american->date == iso);
        const auto age = ageOn({iso, BirthPrecision::Day}, kToday);
        RC_ASSERT(age.has_value() && age->value >= 0 && age->value <= kMaxAgeYears);
    }));
}

void BirthDateTest::anAgeTypedTodayIsThatAgeToday()
{
    QVERIFY(rc::check("an age reads back on the day it was told", [] {
        const QDate today = QDate(2000, 1, 1).addDays(*rc::gen::inRange(0, 20000));
        const int years = *rc::gen::inRange(0, kMaxAgeYears + 1);
        const int months = *rc::gen::inRange(0, 24);
        const int weeks = *rc::gen::inRange(4, 13);
        const auto read = [&](int n, QLatin1String unit) {
            const auto birth = parseBirthDate(QString::number(n) + unit, today);
            RC_ASSERT(birth.has_value());
            return ageOn(*birth, today);
        };
        RC_ASSERT((read(years, QLatin1String("")) == Age{years, AgeUnit::Years, true}));
        RC_ASSERT((read(months, QLatin1String("m")) == Age{months, AgeUnit::Months, false}));
        RC_ASSERT((read(weeks, QLatin1String("w")) == Age{weeks, AgeUnit::Weeks, false}));
    }));
}

QTEST_GUILESS_MAIN(BirthDateTest)
#include "birth_date_test.moc"
