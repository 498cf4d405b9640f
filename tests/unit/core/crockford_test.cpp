// Crockford base32: what is read aloud and typed back, and the check character that finds the slip.
#include "core/crockford.h"

#include <QtTest>

#include <rapidcheck.h>

class CrockfordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typedLettersBecomeCanonical();
    void numberHasItsParts();
    void numberReadsBackAsTyped();
    void wrongNumbersAreNamed();
    void everyNumberReadsBack();
    void everySingleSlipIsFound();
    void neighbourSwapsAreFound();
};

void CrockfordTest::typedLettersBecomeCanonical()
{
    QCOMPARE(anteroom::normaliseCrockford(u"k7m2q-x4dov"), QStringLiteral("K7M2QX4D0V"));
    QCOMPARE(anteroom::normaliseCrockford(u" iLoO "), QStringLiteral("1100"));
    QCOMPARE(anteroom::normaliseCrockford(u"U"), std::nullopt);
    QCOMPARE(anteroom::normaliseCrockford(u"A!"), std::nullopt);
    QCOMPARE(anteroom::normaliseCrockford(u"é"), std::nullopt);
    for (std::size_t i = 0; i < anteroom::kCrockford.size(); ++i)
        QCOMPARE(anteroom::crockfordValue(QLatin1Char(anteroom::kCrockford[i])), static_cast<int>(i));
}

void CrockfordTest::numberHasItsParts()
{
    const QString number = anteroom::makeNumber(u"AA", 123).value();
    QVERIFY2(number.startsWith(QStringLiteral("AA-000123-")), qPrintable(number));
    QCOMPARE(number.size(), 11);
    QVERIFY(anteroom::makeNumber(u"AA", 1234567).value().startsWith(QStringLiteral("AA-1234567-")));
    QVERIFY(!anteroom::makeNumber(u"AA", -1));
    QVERIFY(!anteroom::makeNumber(u"", 1));
    QVERIFY(!anteroom::makeNumber(u"AU", 1));
    QVERIFY(!anteroom::makeNumber(u"aa", 1));
    // Luhn mod 32 by hand: 0 0 0 0 0 0 with prefix 0 0 sums to nothing; a last 1 counts twice, so 32 − 2 = 30 = Y.
    QCOMPARE(anteroom::checkCharacter(u"00000000"), QChar(u'0'));
    QCOMPARE(anteroom::checkCharacter(u"00000001"), QChar(u'Y'));
    QCOMPARE(anteroom::checkCharacter(u"U"), std::nullopt);
}

void CrockfordTest::numberReadsBackAsTyped()
{
    const QString number = anteroom::makeNumber(u"A0", 1).value();
    QString typed = number.toLower();
    typed.remove(u'-').replace(u'0', u'o');
    QCOMPARE(anteroom::parseNumber(typed).value(), number);
}

void CrockfordTest::wrongNumbersAreNamed()
{
    const auto words = [](QStringView typed) { return anteroom::parseNumber(typed).error().detail; };
    QVERIFY(words(u"AA-12-3").contains(QStringLiteral("too short")));
    QVERIFY(words(u"AA-000U23-7").contains(QStringLiteral("no number has")));
    QVERIFY(words(u"AA-0B0123-7").contains(QStringLiteral("made of digits")));
    QVERIFY(words(QString(anteroom::makeNumber(u"AA", 123)->chopped(1) + u'*')).contains(QStringLiteral("no number has")));
    QVERIFY(words(u"").contains(QStringLiteral("too short")));
}

namespace {

rc::Gen<QString> canonicalText()
{
    return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 32))), [](const std::vector<int> &values) {
        QString text;
        for (const int value : values)
            text += QLatin1Char(anteroom::kCrockford[static_cast<std::size_t>(value)]);
        return text;
    });
}

} // namespace

void CrockfordTest::everyNumberReadsBack()
{
    QVERIFY(rc::check("makeNumber → parseNumber", [] {
        const auto serial = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
        const QString prefix = QString(QLatin1Char(*rc::gen::elementOf(anteroom::kCrockford))) + QLatin1Char(*rc::gen::elementOf(anteroom::kCrockford));
        const QString number = anteroom::makeNumber(prefix, serial).value();
        RC_ASSERT(anteroom::parseNumber(number).value() == number);
    }));
}

void CrockfordTest::everySingleSlipIsFound()
{
    QVERIFY(rc::check("one wrong character changes the check character", [] {
        const QString text = *canonicalText();
        const int at = *rc::gen::inRange(0, static_cast<int>(text.size()));
        QString slip = text;
        slip[at] = QLatin1Char(*rc::gen::elementOf(anteroom::kCrockford));
        RC_PRE(slip != text);
        RC_ASSERT(anteroom::checkCharacter(slip) != anteroom::checkCharacter(text));
    }));
}

void CrockfordTest::neighbourSwapsAreFound()
{
    // The only pair of neighbours that Luhn mod N cannot tell apart is first and last of the alphabet.
    int missed = 0;
    for (const char a : anteroom::kCrockford) {
        for (const char b : anteroom::kCrockford) {
            const QString there = QString(QLatin1Char(a)) + QLatin1Char(b);
            const QString back = QString(QLatin1Char(b)) + QLatin1Char(a);
            if (a < b && anteroom::checkCharacter(there) == anteroom::checkCharacter(back)) {
                QCOMPARE(there, QStringLiteral("0Z"));
                ++missed;
            }
        }
    }
    QCOMPARE(missed, 1);
}

QTEST_GUILESS_MAIN(CrockfordTest)
#include "crockford_test.moc"
