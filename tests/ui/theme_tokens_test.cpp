// The token table keeps the contrast it promises: words 4.5, borders of what one can operate and the focus 3 (WCAG 2).
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontInfo>
#include <QFontMetrics>
#include <QLabel>
#include <QtTest>

#include <cmath>

using namespace anteroom::ui;

namespace {

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(QRgb c)
{
    return 0.2126 * channel(qRed(c)) + 0.7152 * channel(qGreen(c)) + 0.0722 * channel(qBlue(c));
}

double contrast(QRgb a, QRgb b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class ThemeTokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownContrasts();
    void wordsAreReadable_data() { schemes(); }
    void wordsAreReadable();
    void bordersAndFocusAreSeen_data() { schemes(); }
    void bordersAndFocusAreSeen();
    void huesAreReadable_data() { schemes(); }
    void huesAreReadable();
    void scaleAndScheme();
    void facesAreBuiltIn();
    void iconsTakeTheirColour();

private:
    static void schemes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
};

void ThemeTokensTest::knownContrasts()
{
    QVERIFY(qAbs(contrast(0xFF000000, 0xFFFFFFFF) - 21.0) < 0.01);
    QVERIFY(qAbs(contrast(0xFF777777, 0xFFFFFFFF) - 4.48) < 0.01);
}

void ThemeTokensTest::wordsAreReadable()
{
    QFETCH(bool, dark);
    const auto check = [&](Tone words, std::initializer_list<Tone> grounds) {
        for (const Tone ground : grounds) {
            const double found = contrast(toneRgb(words, dark), toneRgb(ground, dark));
            QVERIFY2(found >= 4.5, qPrintable(QStringLiteral("tone %1 on %2: %3").arg(int(words)).arg(int(ground)).arg(found)));
        }
    };
    check(Tone::Text, {Tone::Canvas, Tone::Sunken, Tone::Surface, Tone::Raised, Tone::AccentSoft, Tone::Hover});
    check(Tone::Text2, {Tone::Canvas, Tone::Sunken, Tone::Surface, Tone::Raised, Tone::AccentSoft, Tone::Hover});
    check(Tone::Text3, {Tone::Canvas, Tone::Sunken, Tone::Surface, Tone::Raised});
    check(Tone::AccentText, {Tone::Canvas, Tone::Sunken, Tone::Surface, Tone::AccentSoft});
    check(Tone::OnAccent, {Tone::Accent, Tone::AccentHover});
}

void ThemeTokensTest::bordersAndFocusAreSeen()
{
    QFETCH(bool, dark);
    for (const Tone edge : {Tone::LineStrong, Tone::Focus, Tone::Accent}) {
        for (const Tone ground : {Tone::Canvas, Tone::Surface}) {
            const double found = contrast(toneRgb(edge, dark), toneRgb(ground, dark));
            QVERIFY2(found >= 3.0, qPrintable(QStringLiteral("tone %1 on %2: %3").arg(int(edge)).arg(int(ground)).arg(found)));
        }
    }
    QVERIFY(contrast(toneRgb(Tone::Focus, dark), toneRgb(Tone::Sunken, dark)) >= 3.0);
}

void ThemeTokensTest::huesAreReadable()
{
    QFETCH(bool, dark);
    for (const HueRow &row : kHues) {
        const HueTones &hue = hueTones(row.hue, dark);
        const auto number = QString::number(int(row.hue));
        QVERIFY2(contrast(hue.fg, hue.soft) >= 4.5, qPrintable(number));
        QVERIFY2(contrast(hue.onSolid, hue.solid) >= 4.5, qPrintable(number));
        for (const Tone ground : {Tone::Canvas, Tone::Surface, Tone::Sunken})
            QVERIFY2(contrast(hue.fg, toneRgb(ground, dark)) >= 4.5, qPrintable(number));
        QVERIFY2(contrast(hue.solid, toneRgb(Tone::Surface, dark)) >= 3.0, qPrintable(number));
    }
}

void ThemeTokensTest::scaleAndScheme()
{
    Theme theme(*qApp);
    QSignalSpy spy(&theme, &Theme::changed);
    QLabel label(QStringLiteral("x"));
    label.show();
    theme.setScheme(Theme::Scheme::Dark);
    QVERIFY(theme.isDark());
    QTRY_COMPARE(label.palette().color(QPalette::Window), theme.color(Tone::Canvas));
    theme.setScheme(Theme::Scheme::Light);
    QCOMPARE(qApp->palette().color(QPalette::Window), QColor(0xF5, 0xF7, 0xF7));
    theme.setScale(125);
    QCOMPARE(theme.scale(), 130);
    QCOMPARE(theme.px(size::kRow), 44);
    QCOMPARE(qApp->font().pixelSize(), 18);
    theme.setScale(130);
    QCOMPARE(spy.count(), 3);
    QCOMPARE(&Theme::of(&label), &theme);
}

void ThemeTokensTest::facesAreBuiltIn()
{
    const Theme theme(*qApp);
    int previous = 0;
    for (const auto weight : {QFont::Normal, QFont::DemiBold, QFont::Bold}) {
        const QFont font = theme.font(Type::Body, weight);
        QCOMPARE(QFontInfo(font).family(), QStringLiteral("Open Sans"));
        QCOMPARE(QFontInfo(font).weight(), int(weight));
        const QFontMetrics metrics(font);
        QCOMPARE(metrics.horizontalAdvance(QStringLiteral("1111")), metrics.horizontalAdvance(QStringLiteral("0000")));
        const int wide = metrics.horizontalAdvance(QStringLiteral("Aminata Diarra, thirty-four years"));
        QVERIFY(wide > previous);           // a face of its own for each weight
        previous = wide;
    }
}

void ThemeTokensTest::iconsTakeTheirColour()
{
    for (const auto *name : {"ticket", "document-print"}) {
        const QPixmap pixmap = iconPixmap(QLatin1String(name), 22, QColor(200, 30, 40), 2);
        QCOMPARE(pixmap.size(), QSize(44, 44));
        const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QRgb at = image.pixel(x, y);
                if (qAlpha(at) < 250)
                    continue;
                ++inked;
                QVERIFY(qAbs(qRed(at) - 200) <= 2 && qAbs(qGreen(at) - 30) <= 2 && qAbs(qBlue(at) - 40) <= 2);
            }
        }
        QVERIFY2(inked > 20, name);
    }
    QVERIFY(iconPixmap(QStringLiteral("no-such-icon"), 22, Qt::black, 1).isNull());
}

QTEST_MAIN(ThemeTokensTest)
#include "theme_tokens_test.moc"
