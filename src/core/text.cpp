#include "core/text.h"

#include <algorithm>
#include <array>

namespace anteroom {

namespace {

struct Folding {
    char16_t from;
    const char16_t *to;
};

// Letters that decomposition leaves alone. Ascending by `from`.
constexpr std::array kFoldings = std::to_array<Folding>({
    {0x0027, u""},       // ' as in O'Brien
    {0x002D, u" "},      // - as in Diallo-Ba
    {0x0060, u""},       // `
    {0x00AD, u""},       // soft hyphen
    {0x00B4, u""},       // acute accent typed as an apostrophe
    {0x00DF, u"ss"},     // ß
    {0x00E6, u"ae"},     // æ
    {0x00F0, u"d"},      // ð
    {0x00F8, u"o"},      // ø
    {0x00FE, u"th"},     // þ
    {0x0111, u"d"},      // đ
    {0x0127, u"h"},      // ħ
    {0x0131, u"i"},      // ı
    {0x0142, u"l"},      // ł
    {0x014B, u"n"},      // ŋ
    {0x0153, u"oe"},     // œ
    {0x0167, u"t"},      // ŧ
    {0x0180, u"b"},      // ƀ
    {0x0192, u"f"},      // ƒ
    {0x01B4, u"y"},      // ƴ
    {0x0253, u"b"},      // ɓ, as in Fula and Hausa
    {0x0256, u"d"},      // ɖ
    {0x0257, u"d"},      // ɗ
    {0x0259, u"e"},      // ə
    {0x025B, u"e"},      // ɛ
    {0x0272, u"n"},      // ɲ
    {0x02B9, u""},       // modifier letters that stand for an apostrophe
    {0x02BB, u""},
    {0x02BC, u""},
    {0x02BE, u""},
    {0x02BF, u""},
    {0x03C2, u"\u03C3"}, // final sigma
    {0x0621, u""},       // hamza on the line: written or left out
    {0x0629, u"\u0647"}, // teh marbuta → heh
    {0x0640, u""},       // tatweel
    {0x0649, u"\u064A"}, // alef maksura → yeh
    {0x0671, u"\u0627"}, // alef wasla → alef
    {0x06A9, u"\u0643"}, // Persian keheh → kaf
    {0x06C1, u"\u0647"}, // heh goal → heh
    {0x06CC, u"\u064A"}, // Persian yeh → yeh
    {0x06D2, u"\u064A"}, // yeh barree → yeh
    {0x2010, u" "},      // hyphens and dashes
    {0x2011, u" "},
    {0x2012, u" "},
    {0x2013, u" "},
    {0x2014, u" "},
    {0x2018, u""},       // typographic apostrophes
    {0x2019, u""},
    {0x2032, u""},
});
static_assert(std::is_sorted(kFoldings.begin(), kFoldings.end(), [](const Folding &a, const Folding &b) { return a.from < b.from; }));

const char16_t *foldingOf(QChar c)
{
    const auto at = std::lower_bound(kFoldings.begin(), kFoldings.end(), c.unicode(),
        [](const Folding &f, char16_t wanted) { return f.from < wanted; });
    return at != kFoldings.end() && at->from == c.unicode() ? at->to : nullptr;
}

bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
    });
}

bool vanishes(QChar c)
{
    const QChar::Category category = c.category();
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format
        || category == QChar::Other_Control;
}

void appendFolded(QString &out, QChar c)
{
    if (const char16_t *to = foldingOf(c)) {
        for (; *to != u'\0'; ++to)
            if (*to != u' ' || (!out.isEmpty() && !out.endsWith(u' ')))
                out += QChar(*to);
        return;
    }
    if (c.isSpace()) {
        if (!out.isEmpty() && !out.endsWith(u' '))
            out += u' ';
        return;
    }
    if (vanishes(c))
        return;
    const int digit = c.isDigit() ? c.digitValue() : -1;
    out += digit >= 0 ? QChar(u'0' + digit) : c;
}

} // namespace

QString fold(QStringView text)
{
    if (isPlain(text))      // most search keys and numbers
        return text.toString();
    // Compatibility decomposition: ligatures, full width and Arabic presentation forms come apart too. Lower case stands
    // between two of them because İ becomes i + dot only then, and capitals hide in compatibility forms.
    const QString apart = text.toString().normalized(QString::NormalizationForm_KD).toLower().normalized(QString::NormalizationForm_KD);
    QString folded;
    folded.reserve(apart.size());
    for (const QChar c : apart)
        appendFolded(folded, c);
    if (folded.endsWith(u' '))
        folded.chop(1);
    return folded;
}

QString digitsOnly(QStringView text)
{
    QString digits;
    for (const QChar c : text)
        if (c.isDigit() && c.digitValue() >= 0)
            digits += QChar(u'0' + c.digitValue());
    return digits;
}

} // namespace anteroom
