// docs/sync.md against the descriptions of the tables: every table with its policy, every merge group with its columns
// and a reason, nothing that does not exist.

#include "schema/registry.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace anteroom;
using namespace Qt::StringLiterals;

namespace {

struct Said { QString columns, reason; };
struct SaidTable {
    QString policy;
    std::map<QString, Said> groups;
};

QString text(std::string_view words) { return QString::fromUtf8(words.data(), qsizetype(words.size())); }

QString policyOf(const schema::Table &table)
{
    QString policy = table.policy == schema::MergePolicy::Merge ? u"merge"_s : table.policy == schema::MergePolicy::Whole ? u"whole"_s : u"compare"_s;
    if (table.insertOnly)
        policy += u", insert-only";
    if (table.writer == schema::Writer::Host)
        policy += u", written by the host";
    if (table.writer == schema::Writer::Door)
        policy += u", derived";
    return policy;
}

QString columnsOf(const schema::Table &table, schema::GroupNo group)
{
    QStringList names;
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i)
        if (schema::columnAt(table, i).group == group)
            names << text(schema::columnAt(table, i).name);
    return names.join(u", "_s);
}

std::map<QString, SaidTable> said(const QString &document)
{
    static const QRegularExpression heading(u"^### (\\w+) · (.+)$"_s), row(u"^\\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$"_s);
    std::map<QString, SaidTable> tables;
    SaidTable *table = nullptr;
    for (const QString &line : document.split(u'\n')) {
        if (const auto match = heading.match(line); match.hasMatch()) {
            table = &tables[match.captured(1)];
            table->policy = match.captured(2);
        } else if (const auto cells = row.match(line); table && cells.hasMatch() && cells.captured(1) != u"group") {
            table->groups[cells.captured(1)] = {cells.captured(2), cells.captured(3)};
        }
    }
    return tables;
}

} // namespace

class SyncDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyGroupOfEveryTableIsSaid()
    {
        QFile file(qEnvironmentVariable("ANTEROOM_SOURCE") + u"/docs/sync.md"_s);
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        std::map<QString, SaidTable> tables = said(QString::fromUtf8(file.readAll()));
        for (const schema::Table *table : schema::allTables()) {
            const QString name = text(table->name);
            QVERIFY2(tables.contains(name), qPrintable(name));
            SaidTable &entry = tables[name];
            QVERIFY2(entry.policy == policyOf(*table), qPrintable(u"%1 is %2"_s.arg(name, policyOf(*table))));
            std::map<QString, QString> wanted;
            for (const schema::Group &group : table->groups)
                wanted[text(group.name) + (group.kind == schema::GroupKind::State ? u" (state)"_s : QString())] = columnsOf(*table, group.number);
            if (const QString host = columnsOf(*table, schema::kHostFilled); !host.isEmpty())
                wanted[u"–"_s] = host;
            for (const auto &[group, columns] : wanted) {
                const QString where = name + u'.' + group;
                QVERIFY2(entry.groups.contains(group), qPrintable(where));
                QVERIFY2(entry.groups[group].columns == columns, qPrintable(u"%1 holds %2"_s.arg(where, columns)));
                QVERIFY2(entry.groups[group].reason.split(u' ').size() >= 2, qPrintable(where));
            }
            QVERIFY2(entry.groups.size() == wanted.size(), qPrintable(u"%1 has a group in the document that it has not"_s.arg(name)));
            tables.erase(name);
        }
        QVERIFY2(tables.empty(), qPrintable(tables.empty() ? QString() : tables.begin()->first));
    }

    // `unit.node.sync_lines: rule7_…` is a function of tests/unit/node/sync_lines_test.cpp.
    void everyTestThatIsNamedExists()
    {
        QFile document(qEnvironmentVariable("ANTEROOM_SOURCE") + u"/docs/sync.md"_s);
        QVERIFY(document.open(QIODevice::ReadOnly));
        static const QRegularExpression named(u"`([a-z_.]+): (\\w+)`"_s);
        auto matches = named.globalMatch(QString::fromUtf8(document.readAll()));
        int count = 0;
        for (; matches.hasNext(); ++count) {
            const auto match = matches.next();
            QFile test(qEnvironmentVariable("ANTEROOM_SOURCE") + u"/tests/"_s + match.captured(1).replace(u'.', u'/') + u"_test.cpp"_s);
            QVERIFY2(test.open(QIODevice::ReadOnly), qPrintable(test.fileName()));
            QVERIFY2(test.readAll().contains(QString(u"void "_s + match.captured(2) + u"()"_s).toUtf8()), qPrintable(match.captured(0)));
        }
        QVERIFY(count >= 20);
    }
};

QTEST_GUILESS_MAIN(SyncDocumentTest)
#include "sync_document_test.moc"
