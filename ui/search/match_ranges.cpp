#include "ui/search/match_ranges.h"

#include "core/text.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

bool isPart(QChar c) { return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == u'\'' || c == u'’'; }

// Letters of `word` whose fold holds the token; 0 where it does not begin so. One letter may fold to two, or to none.
qsizetype reach(QStringView word, const QString &token)
{
    if (!fold(word).startsWith(token))
        return 0;
    for (qsizetype length = 1; length < word.size(); ++length)
        if (fold(word.left(length)).size() >= token.size() && !word.at(length).isMark())
            return length;
    return word.size();
}

} // namespace

QVector<MatchRange> matchRanges(const QString &name, const QString &typed)
{
    QVector<MatchRange> out;
    const QStringList tokens = fold(typed).split(u' ', Qt::SkipEmptyParts);
    for (qsizetype at = 0; at < name.size();) {
        qsizetype end = at;
        while (end < name.size() && isPart(name.at(end)))
            ++end;
        qsizetype best = 0;
        for (const QString &token : tokens)
            best = std::max(best, reach(QStringView(name).mid(at, end - at), token));
        if (best > 0)
            out.append({static_cast<int>(at), static_cast<int>(best)});
        at = end + 1;
    }
    return out;
}

} // namespace anteroom::ui
