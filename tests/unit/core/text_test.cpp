// Folding: what a receptionist types finds what another one wrote.
#include "core/text.h"

#include <QtTest>

#include <rapidcheck.h>

using anteroom::digitsOnly;
using anteroom::fold;

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameAs_data();
    void sameAs();
    void differentStaysDifferent();
    void foldingTwiceChangesNothing();
    void beginningsStayBeginnings();
    void digitsOfAnyScript();
};

void TextTest::sameAs_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("folded");
    const auto row = [](const char16_t *written, const char16_t *folded) {
        QTest::newRow(qPrintable(QString::fromUtf16(written))) << QString::fromUtf16(written) << QString::fromUtf16(folded);
    };
    row(u"ana", u"ana");
    row(u"Aminata DIARRA", u"aminata diarra");
    row(u"Aïssata", u"aissata");
    row(u"Ordóñez", u"ordonez");
    row(u"Łukasz Øster Þór", u"lukasz oster thor");
    row(u"Weiß", u"weiss");
    row(u"WEIẞ", u"weiss");
    row(u"Đặng", u"dang");
    row(u"Æsa Œuvre", u"aesa oeuvre");
    row(u"Ħal Ŋaro", u"hal naro");
    row(u"IŞIK", u"isik");
    row(u"ışık", u"isik");
    row(u"İpek", u"ipek");
    row(u"O’Brien", u"obrien");
    row(u"O'Brien", u"obrien");
    row(u"Diallo-Ba", u"diallo ba");
    row(u"Diallo \u2013  Ba ", u"diallo ba");
    row(u"  two \t blanks\u00A0here ", u"two blanks here");
    row(u"ﬁne ＷＩＤＥ", u"fine wide");
    row(u"Ɓoyi Ɗan", u"boyi dan");
    row(u"مُحَمَّد", u"محمد");
    row(u"محـــمد", u"محمد");
    row(u"أحمد", u"احمد");
    row(u"إبراهيم", u"ابراهيم");
    row(u"آمنة", u"امنه");
    row(u"ٱلله", u"الله");
    row(u"مصطفى", u"مصطفي");
    row(u"فؤاد", u"فواد");
    row(u"کریم", u"كريم");
    row(u"٢٠٢٦ ۷", u"2026 7");
    row(u"ΣΟΦΟΣ", u"σοφοσ");
    row(u"", u"");
}

void TextTest::sameAs()
{
    QFETCH(QString, written);
    QTEST(fold(written), "folded");
}

void TextTest::differentStaysDifferent()
{
    QVERIFY(fold(u"Ana") != fold(u"Anna"));
    QVERIFY(fold(u"حسن") != fold(u"حسين"));
    QVERIFY(fold(u"王芳") != fold(u"王方"));
    QVERIFY(!fold(u"王芳").isEmpty());
    QVERIFY(!fold(u"नेहा").isEmpty());
}

namespace {

rc::Gen<QString> anyText()
{
    // Whole code points of the scripts that names are written in; a half of a surrogate pair is no text.
    const auto range = [](int from, int to) { return rc::gen::inRange(from, to + 1); };
    return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::oneOf(range(0x20, 0x7e), range(0xa0, 0x24f), range(0x250, 0x2ff), range(0x370, 0x3ff),
                            range(0x400, 0x52f), range(0x621, 0x6d5), range(0x900, 0x97f), range(0x1e00, 0x1eff), range(0x2010, 0x2019), range(0xfb00, 0xfb06))),
        [](const std::vector<int> &points) {
            QString text;
            for (const int point : points)
                text += QChar(point);
            return text;
        });
}

} // namespace

void TextTest::foldingTwiceChangesNothing()
{
    QVERIFY(rc::check("fold(fold(x)) = fold(x)", [] {
        const QString once = fold(*anyText());
        RC_ASSERT(fold(once) == once);
    }));
}

void TextTest::beginningsStayBeginnings()
{
    QVERIFY(rc::check("typing on never loses a hit", [] {
        const QString text = *anyText();
        const int length = *rc::gen::inRange(0, static_cast<int>(text.size()) + 1);
        RC_ASSERT(fold(text).startsWith(fold(QStringView(text).left(length))));
    }));
}

void TextTest::digitsOfAnyScript()
{
    QCOMPARE(digitsOnly(u"+221 76 12-40"), QStringLiteral("221761240"));
    QCOMPARE(digitsOnly(u"٠٧٦"), QStringLiteral("076"));
    QCOMPARE(digitsOnly(u"no phone"), QString());
    QCOMPARE(digitsOnly(u"m²"), QString());      // a superscript is no digit of a number
}

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
