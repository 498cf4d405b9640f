#include "node/aside.h"
#include "node/data_folder.h"
#include "node/digest.h"
#include "node/verify.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/records.h"
#include "storage/sync_images.h"
#include "storage/sync_index.h"
#include "sync/codec.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace Qt::StringLiterals;
using schema::tables::patients;

namespace {

constexpr int kFamily = schema::col(patients, "family_name");
constexpr int kPhone = schema::col(patients, "phone");

Uuid idOf(std::uint8_t n)
{
    Uuid id;
    id.bytes[15] = n;
    return id;
}

schema::Row patient(std::uint8_t n, const std::string &family)
{
    schema::Row row = schema::emptyRow(patients, idOf(n));
    row[schema::kCreatedAt] = std::int64_t(n);
    row[kFamily] = family;
    return row;
}

// A database with rows that are in the change index.
struct Store {
    explicit Store(const QString &folder) : dir(folder), connection(*storage::openDatabase(node::databasePath(folder))) {}

    void add(const schema::Row &row, std::int64_t rev)
    {
        storage::Transaction transaction(*connection, "test");
        storage::upsertRow(transaction, patients, row);
        if (rev > 0)
            storage::SyncIndex(*connection).setTouched(patients, row.id, {rev, 0});
        transaction.commit();
    }
    void base(const Uuid &id, const std::optional<schema::Row> &image)
    {
        storage::Transaction transaction(*connection, "test");
        storage::SyncImages(*connection).setBase(patients, id, image ? std::optional(sync::encodeRow(patients, *image)) : std::nullopt);
        transaction.commit();
    }
    [[nodiscard]] node::ContentDigest digest() const
    {
        const auto made = node::contentDigest(node::databasePath(dir));
        return made ? *made : node::ContentDigest{};
    }

    QString dir;
    std::unique_ptr<storage::Connection> connection;
};

} // namespace

class DigestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_root = std::make_unique<QTemporaryDir>();
        for (const auto *name : {"a", "b"})
            QVERIFY(QDir(m_root->path()).mkpath(QString::fromLatin1(name)));
        m_a = std::make_unique<Store>(m_root->filePath(u"a"_s));
        m_b = std::make_unique<Store>(m_root->filePath(u"b"_s));
    }
    void cleanup()
    {
        m_a.reset();
        m_b.reset();
    }

    void equalContentIsEqualWhateverTheOrder()
    {
        for (std::uint8_t n = 1; n <= 9; ++n) {
            m_a->add(patient(n, "A"), n);
            m_b->add(patient(std::uint8_t(10 - n), "A"), 100 - n);       // revisions are not content
        }
        QCOMPARE(m_a->digest().count, std::int64_t(9));
        QVERIFY(m_a->digest() == m_b->digest());
    }

    void anyColumnMatters()
    {
        m_a->add(patient(1, "A"), 1);
        m_b->add(patient(1, "A"), 1);
        const auto before = m_a->digest();
        schema::Row row = patient(1, "A");
        row[schema::kUpdatedBy] = idOf(7);
        m_a->add(row, 2);
        QVERIFY(!(m_a->digest() == before));
        row = patient(1, "A");
        row[kPhone] = std::string("A");                                  // the same text in another column
        row[kFamily] = {};
        m_a->add(row, 3);
        m_b->add(patient(1, "A"), 3);
        QVERIFY(m_a->digest().whole != m_b->digest().whole);
    }

    // Pending edits are no content: the host's image counts, and a row that the host has not seen does not.
    void pendingEditsDoNotCount()
    {
        m_a->add(patient(1, "A"), 1);
        m_b->add(patient(1, "A"), 1);
        m_b->add(patient(1, "Changed here"), 1);
        QVERIFY(!(m_a->digest() == m_b->digest()));
        m_b->base(idOf(1), patient(1, "A"));
        QVERIFY(m_a->digest() == m_b->digest());
        m_b->add(patient(2, "Made here"), 0);
        m_b->base(idOf(2), std::nullopt);
        QVERIFY(m_a->digest() == m_b->digest());
    }

    void verifyFindsWhatTheIndexMisses()
    {
        m_a->add(patient(1, "A"), 1);
        const auto sound = node::verifyDatabase(node::databasePath(m_a->dir));
        QVERIFY(sound);
        QVERIFY2(sound->sound(), qPrintable(sound->findings.join(u'\n')));
        QCOMPARE(sound->rows, std::int64_t(1));
        QCOMPARE(sound->checks.size(), 3);

        m_a->add(patient(2, "Not in the index"), 0);
        auto found = node::verifyDatabase(node::databasePath(m_a->dir));
        QVERIFY(found && found->findings.size() == 1);
        QVERIFY(found->findings.first().contains(u"patients"_s));
        m_a->base(idOf(2), std::nullopt);                                // made here, not sent yet: sound
        QVERIFY(node::verifyDatabase(node::databasePath(m_a->dir))->sound());

        m_b->add(patient(3, "B"), 1);
        storage::Transaction transaction(*m_b->connection, "test");
        storage::eraseRow(transaction, patients, idOf(3));
        transaction.commit();
        found = node::verifyDatabase(node::databasePath(m_b->dir));
        QVERIFY(found && found->findings.size() == 1);
    }

    void verifyFindsDamage()
    {
        for (std::uint8_t n = 1; n < 200; ++n)
            m_a->add(patient(n, std::string(400, 'x')), n);
        (void)m_a->connection->checkpoint(true);
        const QString path = node::databasePath(m_a->dir);
        m_a.reset();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 2));
        file.write(QByteArray(8192, '\x5a'));
        file.close();
        const auto found = node::verifyDatabase(path);
        QVERIFY(!found || !found->sound());                              // said either way, never a crash
    }

    void asideKeepsTheCopyAndWhatWasNotSent()
    {
        m_a->add(patient(1, "A"), 1);
        schema::Entry entry;
        entry.uuid = idOf(9);
        entry.act = "patients.edit";
        entry.changes = {schema::makeUpdate(patients, patient(1, "A"), {{kPhone, std::string("555")}})};
        {
            storage::Transaction transaction(*m_a->connection, "test");
            storage::Outbox(*m_a->connection).append({1, false, false, 5, sync::encodeEntry(entry)}, {});
            transaction.commit();
        }
        const auto first = node::saveAside(m_a->dir, 1'790'000'000'000);
        const auto second = node::saveAside(m_a->dir, 1'790'000'000'000);        // never over an older one
        QVERIFY(first && second);
        QVERIFY(first->folder != second->folder);
        QCOMPARE(first->unsent, 1);
        const auto copied = node::contentDigest(QDir(first->folder).filePath(u"anteroom.db"_s));
        QVERIFY(copied);
        QVERIFY(*copied == m_a->digest());
        QFile unsent(QDir(first->folder).filePath(u"unsent.ndjson"_s));
        QVERIFY(unsent.open(QIODevice::ReadOnly));
        QVERIFY(!(unsent.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        const QJsonObject line = QJsonDocument::fromJson(unsent.readLine()).object();
        QCOMPARE(line.value("act"_L1).toString(), u"patients.edit"_s);
        const QJsonObject change = line.value("changes"_L1).toArray().first().toObject();
        QCOMPARE(change.value("table"_L1).toString(), u"patients"_s);
        QCOMPARE(change.value("groups"_L1).toObject().value("phone"_L1).toObject().value("new"_L1).toObject().value("phone"_L1).toString(), u"555"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<Store> m_a, m_b;
};

QTEST_GUILESS_MAIN(DigestTest)
#include "digest_test.moc"
