// The two pictures of the description that a review must see change: SQLite's DDL and the permanent wire numbers.
// ANTEROOM_UPDATE_GOLDEN=1 writes them anew; the commit says why they changed.
#include "schema/ddl.h"
#include "schema/registry.h"

#include <QFile>
#include <QTest>

using namespace anteroom;
using namespace anteroom::schema;

namespace {

const char *const kTypeNames[] = {"Uuid", "Text", "Integer", "Real", "Boolean", "Date", "Timestamp", "Money", "Json", "Blob"};

QByteArray bytes(std::string_view text) { return QByteArray(text.data(), static_cast<qsizetype>(text.size())); }

QByteArray wireNumbers()
{
    QByteArray text = "# Permanent: a number is never given to another table, group or column. A retired one stays here as `retired`.\n";
    for (const Table *t : allTables()) {
        text += "\ntable " + QByteArray::number(t->number) + ' ' + bytes(t->name) + '\n';
        for (const Group &g : t->groups)
            text += "  group " + QByteArray::number(g.number) + ' ' + bytes(g.name) + (g.kind == GroupKind::State ? " state\n" : "\n");
        for (const Column &c : t->columns)
            text += "  column " + QByteArray::number(c.number) + ' ' + bytes(c.name) + ' ' + kTypeNames[static_cast<int>(c.type)]
                    + " group " + QByteArray::number(c.group) + (c.content ? " content\n" : "\n");
    }
    return text;
}

QByteArray sqliteDdl()
{
    QByteArray text = "-- Made from src/schema/tables; one replica's tables in SQLite.\n";
    for (const Table *t : allTables()) {
        text += '\n';
        for (const std::string &statement : createStatements(*t, Dialect::Sqlite))
            text += bytes(statement) + ";\n";
    }
    return text;
}

// Lines that one has and the other lacks, a few of them, with their numbers: enough to see what happened.
QByteArray difference(const QByteArray &golden, const QByteArray &now)
{
    const auto before = golden.split('\n'), after = now.split('\n');
    QByteArray text;
    int shown = 0;
    for (qsizetype i = 0; i < before.size() && shown < 12; ++i)
        if (!after.contains(before[i]))
            text += "  - " + QByteArray::number(i + 1) + ": " + before[i] + '\n', ++shown;
    for (qsizetype i = 0; i < after.size() && shown < 24; ++i)
        if (!before.contains(after[i]))
            text += "  + " + QByteArray::number(i + 1) + ": " + after[i] + '\n', ++shown;
    return text.isEmpty() ? QByteArray("  the same lines in another order\n") : text;
}

void compare(const QString &name, const QByteArray &now)
{
    const QString source = qEnvironmentVariable("ANTEROOM_SOURCE");
    QVERIFY2(!source.isEmpty(), "set ANTEROOM_SOURCE to the source tree, as ctest does");
    QFile file(source + QStringLiteral("/tests/golden/") + name);
    if (qEnvironmentVariableIntValue("ANTEROOM_UPDATE_GOLDEN") == 1) {
        QVERIFY2(file.open(QIODevice::WriteOnly | QIODevice::Truncate), qPrintable(file.errorString()));
        QCOMPARE(file.write(now), now.size());
        return;
    }
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    const QByteArray golden = file.readAll();
    const QByteArray words = "tests/golden/" + name.toUtf8() + " differs from the description:\n" + difference(golden, now)
                             + "If that is meant, run this test with ANTEROOM_UPDATE_GOLDEN=1 and give the reason in the commit.";
    QVERIFY2(golden == now, words.constData());
}

} // namespace

class GoldenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wireNumbersArePermanent() { compare(QStringLiteral("wire_numbers.txt"), wireNumbers()); }
    void sqliteTables() { compare(QStringLiteral("schema_sqlite.sql"), sqliteDdl()); }
    void aDifferenceNamesTheLines()
    {
        const QByteArray words = difference("a\nb\nc\n", "a\nB\nc\n");
        QVERIFY(words.contains("- 2: b") && words.contains("+ 2: B"));
        QVERIFY(difference("a\nb\n", "b\na\n").contains("another order"));
    }
};

QTEST_GUILESS_MAIN(GoldenTest)
#include "golden_test.moc"
