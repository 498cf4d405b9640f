// Money: counted in minor units, checked, written for people and for files.
#include "core/money.h"

#include <QLocale>
#include <QtTest>

#include <rapidcheck.h>

#include <limits>

using anteroom::Money;

class MoneyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void overflowIsAnError();
    void portionRoundsHalvesAwayFromZero_data();
    void portionRoundsHalvesAwayFromZero();
    void digitsOfCurrencies();
    void plainForm();
    void localForm();
    void typedForms_data();
    void typedForms();
    void refusesWhatIsNoAmount_data();
    void refusesWhatIsNoAmount();
    void plainFormReadsBack();
    void sumsAgreeWithWideIntegers();
};

namespace {
constexpr Money kLargest{std::numeric_limits<std::int64_t>::max()};
constexpr Money kSmallest{std::numeric_limits<std::int64_t>::min()};
}

void MoneyTest::overflowIsAnError()
{
    QCOMPARE(anteroom::add(Money{250}, Money{-300})->minor, -50);
    QCOMPARE(anteroom::subtract(Money{250}, Money{300})->minor, -50);
    QCOMPARE(anteroom::multiply(Money{250}, 4)->minor, 1000);
    QVERIFY(!anteroom::add(kLargest, Money{1}));
    QVERIFY(!anteroom::subtract(kSmallest, Money{1}));
    QVERIFY(!anteroom::multiply(kLargest, 2));
    QVERIFY(!anteroom::multiply(kSmallest, -1));
    QVERIFY(!anteroom::portion(kLargest, 2, 1));
    QVERIFY(!anteroom::portion(Money{1}, 1, 0));
    QCOMPARE(anteroom::portion(kLargest, 7, 7)->minor, kLargest.minor);
    QCOMPARE(anteroom::add(kLargest, Money{1}).error().code, anteroom::ErrorCode::Invalid);
}

void MoneyTest::portionRoundsHalvesAwayFromZero_data()
{
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<qint64>("numerator");
    QTest::addColumn<qint64>("denominator");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("half") << qint64(5) << qint64(1) << qint64(2) << qint64(3);
    QTest::newRow("negative half") << qint64(-5) << qint64(1) << qint64(2) << qint64(-3);
    QTest::newRow("below half") << qint64(100) << qint64(1) << qint64(3) << qint64(33);
    QTest::newRow("above half") << qint64(200) << qint64(1) << qint64(3) << qint64(67);
    QTest::newRow("12.5 percent") << qint64(1999) << qint64(125) << qint64(1000) << qint64(250);
    QTest::newRow("odd divisor, no half") << qint64(1) << qint64(1) << qint64(3) << qint64(0);
}

void MoneyTest::portionRoundsHalvesAwayFromZero()
{
    QFETCH(qint64, amount);
    QFETCH(qint64, numerator);
    QFETCH(qint64, denominator);
    QTEST(qint64(anteroom::portion(Money{amount}, numerator, denominator)->minor), "expected");
}

void MoneyTest::digitsOfCurrencies()
{
    QCOMPARE(anteroom::currencyDigits(u"USD"), 2);
    QCOMPARE(anteroom::currencyDigits(u"xof"), 0);
    QCOMPARE(anteroom::currencyDigits(u"KWD"), 3);
    QCOMPARE(anteroom::currencyDigits(u""), 2);
}

void MoneyTest::plainForm()
{
    QCOMPARE(anteroom::plainMoney(Money{123450}, 2), QStringLiteral("1234.50"));
    QCOMPARE(anteroom::plainMoney(Money{-5}, 2), QStringLiteral("-0.05"));
    QCOMPARE(anteroom::plainMoney(Money{6500}, 0), QStringLiteral("6500"));
    QCOMPARE(anteroom::plainMoney(Money{7}, 3), QStringLiteral("0.007"));
    QCOMPARE(anteroom::plainMoney(kSmallest, 2), QStringLiteral("-92233720368547758.08"));
}

void MoneyTest::localForm()
{
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    const QLocale german(QLocale::German, QLocale::Germany);
    QCOMPARE(anteroom::formatMoney(Money{123450}, 2, english), QStringLiteral("1,234.50"));
    QCOMPARE(anteroom::formatMoney(Money{123450}, 2, german), QStringLiteral("1.234,50"));
    QCOMPARE(anteroom::formatMoney(Money{-5}, 2, english), QStringLiteral("-0.05"));
    QCOMPARE(anteroom::formatMoney(Money{6500}, 0, english), QStringLiteral("6,500"));
}

void MoneyTest::typedForms_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("digits");
    QTest::addColumn<qint64>("minor");
    const auto row = [](const char16_t *typed, int digits, qint64 minor) {
        const QString text = QString::fromUtf16(typed);
        QTest::newRow(qPrintable(QStringLiteral("%1 with %2 digits").arg(text).arg(digits))) << text << digits << minor;
    };
    row(u"12.5", 2, 1250);
    row(u"12,50", 2, 1250);
    row(u"1 234,50", 2, 123450);
    row(u"1,234.50", 2, 123450);
    row(u"1.234.567", 2, 123456700);
    row(u"6,500", 0, 6500);
    row(u"6,500", 2, 650000);
    row(u"6,500", 3, 6500);
    row(u"-3", 2, -300);
    row(u"\u22123", 2, -300);
    row(u".5", 2, 50);
    row(u"12.", 2, 1200);
    row(u"1'234.50", 2, 123450);
    row(u"\u0661\u0662\u066B\u0665", 2, 1250);
}

void MoneyTest::typedForms()
{
    QFETCH(QString, typed);
    QFETCH(int, digits);
    const auto money = anteroom::parseMoney(typed, digits);
    QVERIFY2(money.has_value(), money ? "" : qPrintable(money.error().detail));
    QTEST(qint64(money->minor), "minor");
}

void MoneyTest::refusesWhatIsNoAmount_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("digits");
    QTest::newRow("nothing") << QString() << 2;
    QTest::newRow("a word") << QStringLiteral("ten") << 2;
    QTest::newRow("only a sign") << QStringLiteral("-") << 2;
    QTest::newRow("sign inside") << QStringLiteral("1-2") << 2;
    QTest::newRow("too many digits") << QStringLiteral("1.2345") << 2;
    QTest::newRow("fraction of a whole currency") << QStringLiteral("1.5") << 0;
    QTest::newRow("too large") << QStringLiteral("99999999999999999999") << 2;
    QTest::newRow("too large once scaled") << QStringLiteral("9223372036854775807") << 2;
}

void MoneyTest::refusesWhatIsNoAmount()
{
    QFETCH(QString, typed);
    QFETCH(int, digits);
    const auto money = anteroom::parseMoney(typed, digits);
    QVERIFY(!money);
    QCOMPARE(money.error().code, anteroom::ErrorCode::Invalid);
}

void MoneyTest::plainFormReadsBack()
{
    QVERIFY(rc::check("what plainMoney writes, parseMoney reads", [] {
        const Money money{*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000)};
        const int digits = *rc::gen::element(0, 2);      // 3: "1.500" of a plain file is read as such, tested below
        RC_ASSERT(anteroom::parseMoney(anteroom::plainMoney(money, digits), digits).value() == money);
        RC_ASSERT(anteroom::parseMoney(anteroom::plainMoney(money, 3), 3).value() == money);
    }));
}

void MoneyTest::sumsAgreeWithWideIntegers()
{
    QVERIFY(rc::check("add succeeds exactly where the sum fits", [](std::int64_t a, std::int64_t b) {
        __extension__ using Wide = __int128;
        const Wide wide = Wide(a) + b;
        const bool fits = wide >= kSmallest.minor && wide <= kLargest.minor;
        const auto sum = anteroom::add(Money{a}, Money{b});
        RC_ASSERT(sum.has_value() == fits);
        RC_ASSERT(!fits || Wide(sum->minor) == wide);
    }));
}

QTEST_GUILESS_MAIN(MoneyTest)
#include "money_test.moc"
