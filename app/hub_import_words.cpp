#include "app/hub_import_words.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

QString placeOf(const exchange::BadLine &line)
{
    if (line.number == 0)
        return line.file;
    const QString place = line.entry ? u"entry %1"_s.arg(line.number) : u"line %1"_s.arg(line.number);
    return line.file.isEmpty() ? place : u"%1 of %2"_s.arg(place, line.file);
}

} // namespace

QJsonObject importJson(const exchange::ImportReport &report, bool dryRun)
{
    QJsonObject types, others;
    for (const auto &[type, count] : report.types) {
        QJsonObject reasons;
        for (const auto &[why, n] : count.notTaken)
            reasons.insert(why, n);
        types.insert(type, QJsonObject{{u"in"_s, count.in}, {u"taken"_s, count.taken}, {u"added"_s, count.added}, {u"changed"_s, count.changed},
                                       {u"kept"_s, count.kept}, {u"retired"_s, count.retired}, {u"not_taken"_s, reasons}});
    }
    for (const auto &[type, count] : report.otherTypes)
        others.insert(type, count);
    QJsonArray bad, notes;
    for (const exchange::BadLine &line : report.badLines)
        bad.append(QJsonObject{{u"file"_s, line.file}, {line.entry ? u"entry"_s : u"line"_s, qint64(line.number)}, {u"why"_s, line.why}});
    for (const QString &note : report.notes)
        notes.append(note);
    return {{u"created"_s, report.created}, {u"unchanged"_s, report.unchanged}, {u"kept"_s, report.kept}, {u"rows"_s, report.rowsAdded},
            {u"rows_changed"_s, report.rowsChanged}, {u"types"_s, types}, {u"other_types"_s, others}, {u"bad_lines"_s, bad},
            {u"bad_line_count"_s, report.badLineCount}, {u"notes"_s, notes}, {u"cancelled"_s, report.cancelled}, {u"dry_run"_s, dryRun}};
}

QString importWords(const exchange::ImportReport &report, bool dryRun)
{
    QString text = u"%1 %2 patients in %3 rows; %4 were here already, %5 were changed here and stay as they are\n"_s
                       .arg(dryRun ? u"Would import"_s : u"Imported"_s)
                       .arg(report.created).arg(report.rowsAdded).arg(report.unchanged).arg(report.kept);
    qsizetype width = 4;
    for (const auto &[type, count] : report.types)
        width = std::max(width, type.size());
    if (!report.types.empty())
        text += u"%1 %2 %3 %4\n"_s.arg(u"type"_s, -int(width)).arg(u"in"_s, 8).arg(u"taken"_s, 8).arg(u"not taken"_s, 10);
    for (const auto &[type, count] : report.types) {
        text += u"%1 %2 %3 %4\n"_s.arg(type, -int(width)).arg(count.in, 8).arg(count.taken, 8).arg(count.in - count.taken, 10);
        for (const auto &[why, n] : count.notTaken)
            text += u"    not taken: %1: %2\n"_s.arg(n).arg(why);
        if (count.changed > 0)
            text += u"    %1 have the newer list's words\n"_s.arg(count.changed);
        if (count.retired > 0)
            text += u"    %1 are no more in the newer list and were marked inactive\n"_s.arg(count.retired);
    }
    for (const QString &note : report.notes)
        text += note + u'\n';
    for (const exchange::BadLine &line : report.badLines)
        text += u"Skipped: %1: %2\n"_s.arg(placeOf(line), line.why);
    if (report.badLineCount > int(report.badLines.size()))
        text += u"Skipped: %1 more lines\n"_s.arg(report.badLineCount - int(report.badLines.size()));
    return text;
}

} // namespace anteroom::app
