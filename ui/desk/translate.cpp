#include "ui/desk/translate.h"

#include <QApplication>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

// One for each letter a…z: close enough to be read aloud, and joined as the script joins.
constexpr char16_t kArabic[] = u"ابتدهفغحيجكلمنوبقرستوثوزيظ";
constexpr char16_t kLatin[] = u"àƀçđéƒĝĥîĵķļɱñöþǫŕšţüṽŵẋýž";
constexpr int kLonger = 3;                               // one letter more for every three

// Length of what stands as it is: a place for a value, a mnemonic, anything that is no letter.
qsizetype placeAt(const QString &text, qsizetype at)
{
    if (text.at(at) != QLatin1Char('%'))
        return 0;
    qsizetype end = at + 1;
    if (end < text.size() && text.at(end) == QLatin1Char('L'))
        ++end;
    if (end < text.size() && text.at(end) == QLatin1Char('n'))
        return end + 1 - at;
    const qsizetype digits = end;
    while (end < text.size() && end < digits + 2 && text.at(end).isDigit())
        ++end;
    return end > digits ? end - at : 0;
}

} // namespace

PseudoTranslator::PseudoTranslator(Script script, QObject *parent) : QTranslator(parent), m_script(script) {}

QString pseudo(const QString &source, PseudoTranslator::Script script)
{
    const bool arabic = script == PseudoTranslator::Script::Arabic;
    QString out;
    int letters = 0;
    for (qsizetype i = 0; i < source.size(); ++i) {
        if (const qsizetype place = placeAt(source, i)) {
            out += source.mid(i, place);
            i += place - 1;
            continue;
        }
        const QChar c = source.at(i);
        const char16_t lower = c.toLower().unicode();
        if (lower < u'a' || lower > u'z') {
            out += c;
            continue;
        }
        const QChar other = arabic ? QChar(kArabic[lower - u'a']) : QChar(kLatin[lower - u'a']);
        out += c.isUpper() && !arabic ? other.toUpper() : other;
        if (++letters % kLonger == 0)
            out += other;
    }
    return out;
}

QString PseudoTranslator::translate(const char *context, const char *source, const char *, int) const
{
    // Qt's own words name keys and dialogs: "Ctrl" stands on the key whatever the language.
    const bool ofQt = context && context[0] == 'Q' && context[1] >= 'A' && context[1] <= 'Z';      // QShortcut; not Queue
    if (!context || !source || ofQt)
        return {};
    return pseudo(QString::fromUtf8(source), m_script);
}

QString wantedLanguage(const QString &option, const QString &setting)
{
    for (const QString &name : {option, qEnvironmentVariable("ANTEROOM_LANGUAGE"), setting})
        if (!name.isEmpty() && name != QLatin1String("system"))
            return name;
    return {};
}

void useLanguage(QApplication &app, const QString &name)
{
    if (name.isEmpty() || name == QLatin1String("en"))
        return;
    const bool arabic = name == QLatin1String("ar") || name.startsWith(QLatin1String("ar-")) || name.startsWith(QLatin1String("ar_"));
    auto *real = new QTranslator(&app);
    if (real->load(QStringLiteral(":/anteroom/i18n/anteroom_") + name)) {
        QCoreApplication::installTranslator(real);
        QLocale::setDefault(QLocale(name));
    } else {
        delete real;
        if (!arabic && !name.endsWith(QLatin1String("-pseudo")))
            return;
        QCoreApplication::installTranslator(new PseudoTranslator(arabic ? PseudoTranslator::Script::Arabic : PseudoTranslator::Script::Latin, &app));
    }
    QGuiApplication::setLayoutDirection(arabic ? Qt::RightToLeft : QLocale(name).textDirection());
}

} // namespace anteroom::ui
