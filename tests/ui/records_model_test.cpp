// The model of a list of records over a real replica: pages, order, filter, and rows that change, come and go while it is
// read; what it holds back while held. And the lines of a CSV file.
#include "records_desk.h"

#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "ui/common/rows.h"
#include "ui/desk/undo.h"
#include "ui/records/record_cells.h"

#include <QFile>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using Deleted = node::BrowseRequest::Deleted;

class RecordsModelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<Undo> m_undo;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Context> m_context;
    std::unique_ptr<ClinicValues> m_values;
    std::unique_ptr<RecordsModel> m_model;

    [[nodiscard]] node::Replica &replica() { return *m_desk->replica; }
    [[nodiscard]] QString text(int row, int column) const
    {
        const auto &columns = m_model->columns();
        const auto at = std::find(columns.begin(), columns.end(), column);
        return at == columns.end() ? QString() : m_model->index(row, static_cast<int>(at - columns.begin())).data().toString();
    }
    [[nodiscard]] QStringList codes() const
    {
        QStringList out;
        for (int i = 0; i < m_model->rowCount(); ++i)
            out.append(text(i, service::kCode));
        return out;
    }
    bool ask(const RecordsQuestion &question)
    {
        m_model->ask(question);
        return QTest::qWaitFor([&] { return m_model->loaded() || !m_model->failure().isEmpty(); }, kWaitMs) && m_model->loaded();
    }
    [[nodiscard]] static RecordsQuestion byCode() { return {.table = &kServices, .sortBy = service::kCode}; }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        m_settings = std::make_unique<AppSettings>(replica().dataDir());
        m_undo = std::make_unique<Undo>(replica());
        m_context = std::make_unique<Context>(Context{replica(), *m_settings, m_clock, m_random, *m_undo});
        m_values = std::make_unique<ClinicValues>(*m_context);
        m_model = std::make_unique<RecordsModel>(*m_context, *m_values);
    }
    void cleanup()
    {
        m_model.reset();
        m_values.reset();
        m_context.reset();
        m_undo.reset();
        m_settings.reset();
        m_desk.reset();
    }

    void latestChangeComesFirst()
    {
        QVERIFY(save(replica(), {newService("AA", "First")}));
        QVERIFY(save(replica(), {newService("BB", "Second")}));
        QVERIFY(ask({.table = &kServices}));
        QCOMPARE(codes(), QStringList({u"BB"_s, u"AA"_s}));
        QCOMPARE(m_model->total(), 2);
    }

    void sortedBothWays()
    {
        QVERIFY(save(replica(), {newService("BB", "Xray"), newService("AA", "Yolk"), newService("CC", "Zinc")}));
        QVERIFY(ask(byCode()));
        QCOMPARE(codes(), QStringList({u"AA"_s, u"BB"_s, u"CC"_s}));
        QVERIFY(ask({.table = &kServices, .sortBy = service::kCode, .descending = true}));
        QCOMPARE(codes(), QStringList({u"CC"_s, u"BB"_s, u"AA"_s}));
    }

    void pagesByKeyWithInsertsInBetween()
    {
        QVERIFY(addServices(replica(), 1, 520));
        QVERIFY(ask(byCode()));
        QCOMPARE(m_model->rowCount(), RecordsModel::kPage);
        QCOMPARE(m_model->total(), 520);
        QVERIFY(save(replica(), {newService("S-0000", "Before all"), newService("S-0050A", "In the first page"), newService("S-0510A", "At the end")}));
        while (m_model->canFetchMore({})) {
            const int before = m_model->rowCount();
            m_model->fetchMore({});
            QTRY_VERIFY_WITH_TIMEOUT(m_model->rowCount() > before || !m_model->canFetchMore({}), kWaitMs);
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 523, kWaitMs);
        QStringList shown = codes();
        QCOMPARE(shown.removeDuplicates(), 0);
        QVERIFY(std::is_sorted(shown.begin(), shown.end()));
    }

    void filterFindsAndALateAnswerIsDropped()
    {
        QVERIFY(addServices(replica(), 1, 120));
        m_model->ask({.table = &kServices, .filter = u"0007"_s});
        m_model->ask({.table = &kServices, .filter = u"number 0042"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_model->loaded(), kWaitMs);
        QCOMPARE(codes(), QStringList({u"S-0042"_s}));
        QVERIFY(ask({.table = &kServices, .filter = u"no such thing"_s}));
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->total(), 0);
    }

    void rowsChangeComeAndGoInPlace()
    {
        QVERIFY(addServices(replica(), 1, 10));
        QVERIFY(ask(byCode()));
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        const QPersistentModelIndex fifth(m_model->index(4, 0));
        QVERIFY(change(replica(), serviceId("S-0005"), {{service::kName, std::string("Renamed")}}));
        QTRY_COMPARE_WITH_TIMEOUT(text(4, service::kName), u"Renamed"_s, kWaitMs);
        QVERIFY(save(replica(), {newService("S-0003A", "Between")}));
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 11, kWaitMs);
        QCOMPARE(fifth.row(), 5);
        QVERIFY(archive(replica(), serviceId("S-0001")));
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 10, kWaitMs);
        QCOMPARE(fifth.row(), 4);
        QCOMPARE(fifth.data().toString(), u"S-0005"_s);
        QCOMPARE(resets.count(), 0);
    }

    void orderWaitsWhileHeld()
    {
        QVERIFY(addServices(replica(), 1, 5));
        QVERIFY(ask({.table = &kServices, .sortBy = service::kName}));
        m_model->hold();
        QVERIFY(change(replica(), serviceId("S-0005"), {{service::kName, std::string("A new name")}}));
        QTRY_VERIFY_WITH_TIMEOUT(m_model->isWaiting(), kWaitMs);
        QCOMPARE(codes().last(), u"S-0005"_s);                   // its place stands, its words are new
        QCOMPARE(text(4, service::kName), u"A new name"_s);
        QVERIFY(save(replica(), {newService("S-0009", "Z")}));
        QVERIFY(archive(replica(), serviceId("S-0002")));
        QCOMPARE(m_model->rowCount(), 5);
        QTRY_COMPARE_WITH_TIMEOUT(m_model->total(), 5, kWaitMs);
        m_model->settle();
        QTRY_COMPARE_WITH_TIMEOUT(codes(), QStringList({u"S-0005"_s, u"S-0001"_s, u"S-0003"_s, u"S-0004"_s, u"S-0009"_s}), kWaitMs);
    }

    void archivedRowsAreShownWhenAsked()
    {
        QVERIFY(addServices(replica(), 1, 3));
        QVERIFY(archive(replica(), serviceId("S-0002")));
        QVERIFY(ask(byCode()));
        QCOMPARE(codes(), QStringList({u"S-0001"_s, u"S-0003"_s}));
        RecordsQuestion too = byCode();
        too.deleted = Deleted::Too;
        QVERIFY(ask(too));
        QCOMPARE(m_model->rowCount(), 3);
        QVERIFY(m_model->index(1, 0).data(MutedRole).toBool());
        QCOMPARE(m_model->index(1, m_model->columnCount() - 1).data(ChipRole).value<ChipSpec>().text, u"Archived"_s);
        too.deleted = Deleted::Only;
        QVERIFY(ask(too));
        QCOMPARE(codes(), QStringList({u"S-0002"_s}));
    }

    void anExceptionIsAChip()
    {
        QVERIFY(addServices(replica(), 1, 1));
        QVERIFY(change(replica(), serviceId("S-0001"), {{service::kActive, std::int64_t{0}}}));
        QVERIFY(ask(byCode()));
        m_model->setColumns({service::kCode, service::kActive});
        QCOMPARE(m_model->index(0, 1).data(ChipRole).value<ChipSpec>().text, u"Not used"_s);
    }

    void fieldsOfAFile()
    {
        QCOMPARE(csvField(u"plain"_s), QByteArray("plain"));
        QCOMPARE(csvField(u"a \"b\", c"_s), QByteArray("\"a \"\"b\"\", c\""));
        QCOMPARE(csvField(u"two\nlines"_s), QByteArray("\"two\nlines\""));
        schema::Row row = schema::emptyRow(kServices, {});
        row[service::kName] = std::string("=HYPERLINK(1)");
        QCOMPARE(csvText(kServices, service::kName, row, {}, {}), u"'=HYPERLINK(1)"_s);
        const auto &payments = schema::tables::payments;
        schema::Row payment = schema::emptyRow(payments, {});
        const int amount = schema::findColumn(payments, "amount"), at = schema::findColumn(payments, "received_at");
        payment[amount] = std::int64_t{-123'456};
        payment[at] = QDateTime(QDate(2026, 3, 12), QTime(10, 42), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(csvText(payments, amount, payment, {}, {}), u"-1234.56"_s);            // a number is no formula
        QCOMPARE(csvText(payments, at, payment, {}, {}), u"2026-03-12 10:42"_s);
    }

    void theWholeListIsExported()
    {
        QVERIFY(addServices(replica(), 1, 612));
        QTemporaryDir folder;
        const QString path = folder.filePath(u"services.csv"_s);
        RecordsExport file(*m_context, *m_values);
        QSignalSpy finished(&file, &RecordsExport::finished);
        file.start(byCode(), {service::kCode, service::kName}, path);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kWaitMs);
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray content = written.readAll();
        QVERIFY(content.startsWith("\xEF\xBB\xBF" "Code,Name\r\nS-0001,"));
        QCOMPARE(content.count("\r\n"), 613);
        QVERIFY(content.endsWith("S-0612,Service number 0612\r\n"));
        QSignalSpy failed(&file, &RecordsExport::failed);
        file.start(byCode(), {service::kCode}, folder.filePath(u"no/such/folder.csv"_s));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
    }
};

QTEST_MAIN(RecordsModelTest)
#include "records_model_test.moc"
