// The pseudo-languages: places for values survive, words grow, keys keep their names, the window is mirrored.
#include "ui/desk/translate.h"

#include <QApplication>
#include <QKeySequence>
#include <QTest>

using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using Script = PseudoTranslator::Script;

class TranslateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesStay_data()
    {
        QTest::addColumn<QString>("source");
        for (const char *source : {"%1 has ticket %2.", "%n waiting", "Wait %1–%2", "100 % of %L1", "&Save", "%12 of %3"})
            QTest::newRow(source) << QString::fromUtf8(source);
    }

    void placesStay()
    {
        QFETCH(QString, source);
        for (const Script script : {Script::Latin, Script::Arabic}) {
            const QString out = pseudo(source, script);
            QVERIFY(out != source);
            for (const QString &place : {u"%1"_s, u"%2"_s, u"%3"_s, u"%12"_s, u"%n"_s, u"%L1"_s, u"&"_s, u"–"_s})
                QCOMPARE(out.count(place), source.count(place));
        }
    }

    void wordsGrow()
    {
        const QString source = u"Register and queue a person"_s;
        for (const Script script : {Script::Latin, Script::Arabic}) {
            const QString out = pseudo(source, script);
            QVERIFY(out.size() >= source.size() * 5 / 4);
            QVERIFY(std::none_of(out.begin(), out.end(), [](QChar c) { return c.isLetter() && c.unicode() < 0x80; }));
        }
        QCOMPARE(pseudo(u"N"_s, Script::Latin), u"Ñ"_s);
    }

    void keysKeepTheirNames()
    {
        useLanguage(*qApp, u"ar"_s);
        QCOMPARE(QApplication::layoutDirection(), Qt::RightToLeft);
        QCOMPARE(QKeySequence(u"Ctrl+N"_s).toString(QKeySequence::NativeText), u"Ctrl+N"_s);
        QVERIFY(QCoreApplication::translate("Patients", "Phone") != u"Phone"_s);
        QVERIFY(QCoreApplication::translate("Queue", "No wait") != u"No wait"_s);
    }

    void theOptionGoesBeforeTheSetting()
    {
        qunsetenv("ANTEROOM_LANGUAGE");
        QCOMPARE(wantedLanguage({}, u"system"_s), QString());
        QCOMPARE(wantedLanguage({}, u"fr"_s), u"fr"_s);
        qputenv("ANTEROOM_LANGUAGE", "ar");
        QCOMPARE(wantedLanguage({}, u"fr"_s), u"ar"_s);
        QCOMPARE(wantedLanguage(u"en"_s, u"fr"_s), u"en"_s);
    }
};

QTEST_MAIN(TranslateTest)
#include "translate_test.moc"
