// History cannot run backwards unseen (rule 16), with real processes: a host's database is replaced by an older one while
// its mark stays, with clients that know more; and a client's folder is copied while the original goes on. Everything that
// was acknowledged and that somebody still holds is there afterwards, once, everywhere.
//
// Usually a few sizes. All of them (0–5 clients, 1–10,000 revisions): ANTEROOM_HISTORY=full ctest -R integration.history
#include "support/load.h"
#include "support/process.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <map>
#include <vector>

using namespace anteroom;
using namespace anteroom::test;

namespace {

constexpr int kLoadsAPc = 6;             // at once: they share commits
constexpr int kLoadMs = 300'000, kSettleMs = 180'000;

QString dirOf(const QString &root, int pc) { return u"%1/pc%2"_s.arg(root).arg(pc); }

// PC 0 hosts. Each folder has at most one process.
struct Processes {
    QString root, listen;
    std::vector<std::unique_ptr<HubProcess>> pcs;

    Processes(QString folder, int clients) : root(std::move(folder))
    {
        for (int i = 0; i <= clients; ++i)
            pcs.push_back(std::make_unique<HubProcess>());
    }
    [[nodiscard]] QString dir(int pc) const { return dirOf(root, pc); }
    [[nodiscard]] int clients() const { return static_cast<int>(pcs.size()) - 1; }
    [[nodiscard]] bool host()
    {
        if (!pcs[0]->start({u"serve"_s, u"--data"_s, dir(0), u"--listen"_s, listen.isEmpty() ? u"127.0.0.1:0"_s : listen, u"--clinic"_s, u"Test clinic"_s}))
            return false;
        listen = pcs[0]->address();
        return true;
    }
    [[nodiscard]] bool join(int pc)
    {
        const Finished code = runHub({u"code"_s, u"--data"_s, dir(0)});
        return code.code == 0
            && pcs[std::size_t(pc)]->start({u"join"_s, u"--data"_s, dir(pc), u"--address"_s, listen, u"--code"_s, QString::fromUtf8(code.out.trimmed())});
    }
    [[nodiscard]] bool again(int pc) { return pcs[std::size_t(pc)]->start({u"join"_s, u"--data"_s, dir(pc)}); }
    [[nodiscard]] bool end(int pc) { return pcs[std::size_t(pc)]->terminate() >= 0; }
    // Everybody who runs holds the host's head, nothing is pending, and all digests are equal.
    [[nodiscard]] bool settled()
    {
        const QJsonObject host = status(dir(0));
        for (int pc = 1; pc <= clients(); ++pc)
            if (pcs[std::size_t(pc)]->running()) {
                const QJsonObject mine = status(dir(pc));
                if (mine.value("pending"_L1).toInt(-1) != 0 || mine.value("cursor"_L1) != host.value("head"_L1) || mine.value("epoch"_L1) != host.value("epoch"_L1))
                    return false;
            }
        const QByteArray ours = digest(dir(0));
        for (int pc = 1; pc <= clients(); ++pc)
            if (pcs[std::size_t(pc)]->running() && digest(dir(pc)) != ours)
                return false;
        return !ours.isEmpty();
    }
};

std::map<QString, QStringList> phonesIn(const QString &dir)
{
    std::map<QString, QStringList> phones;
    for (const QJsonObject &row : runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, dir}).lines())
        phones[row.value("family_name"_L1).toString()].append(row.value("phone"_L1).toString());
    return phones;
}

using Loads = std::vector<std::unique_ptr<Load>>;

// `acts` acknowledged acts, spread over the PCs that are named.
void write(const Processes &of, const std::vector<int> &pcs, int acts, const QString &name, Loads &loads)
{
    const std::size_t first = loads.size();
    const int parts = std::min<int>(acts, static_cast<int>(pcs.size()) * kLoadsAPc);
    for (int i = 0; i < parts; ++i) {
        loads.push_back(std::make_unique<Load>(u"%1x%2x"_s.arg(name).arg(i), acts / parts + (i < acts % parts)));
        QVERIFY(loads.back()->connectTo(of.dir(pcs[std::size_t(i) % pcs.size()])));
    }
    QTRY_VERIFY_WITH_TIMEOUT(std::all_of(loads.begin() + qsizetype(first), loads.end(), [](const auto &load) { return load->done(); }), kLoadMs);
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void olderDatabase_data()
    {
        QTest::addColumn<int>("clients");
        QTest::addColumn<int>("revisions");
        QTest::addColumn<int>("late");           // of the clients: joined after the copy was made
        if (qEnvironmentVariable("ANTEROOM_HISTORY") == "full"_L1) {
            for (int clients = 0; clients <= 5; ++clients)
                for (const int revisions : {1, 10, 100, 1'000, 10'000})
                    QTest::addRow("%d clients, %d revisions", clients, revisions) << clients << revisions << 0;
            return;
        }
        QTest::newRow("nobody knows more") << 0 << 3 << 0;
        QTest::newRow("one revision") << 1 << 1 << 0;
        QTest::newRow("two clients") << 2 << 400 << 0;
        QTest::newRow("one of two joined meanwhile") << 2 << 20 << 1;
        QTest::newRow("all joined meanwhile") << 1 << 5 << 1;
    }

    void olderDatabase()
    {
        QFETCH(int, clients);
        QFETCH(int, revisions);
        QFETCH(int, late);
        QElapsedTimer clock;
        clock.start();
        QTemporaryDir root;
        Processes p(root.path(), clients);
        QVERIFY2(p.host(), p.pcs[0]->words().constData());
        for (int pc = 1; pc <= clients - late; ++pc)
            QVERIFY2(p.join(pc), p.pcs[std::size_t(pc)]->words().constData());
        Loads loads;
        write(p, {0}, 6, u"Before"_s, loads);
        if (late == 0)
            QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);

        QVERIFY(p.end(0));
        const QString database = p.dir(0) + "/anteroom.db"_L1, older = root.filePath(u"older.db"_s);
        QVERIFY(QFile::copy(database, older));
        QVERIFY2(p.host(), p.pcs[0]->words().constData());
        for (int pc = clients - late + 1; pc <= clients; ++pc)
            QVERIFY2(p.join(pc), p.pcs[std::size_t(pc)]->words().constData());
        std::vector<int> everybody(std::size_t(clients) + 1);
        for (int pc = 0; pc <= clients; ++pc)
            everybody[std::size_t(pc)] = pc;
        Loads lost;
        write(p, everybody, revisions, u"Later"_s, lost);
        QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);
        const qint64 told = status(p.dir(0)).value("rev"_L1).toInteger();

        QVERIFY(p.end(0));
        Loads offline;
        if (clients > 0)
            write(p, {1}, 3, u"Offline"_s, offline);     // not sent to anybody yet
        for (int pc = 1; pc <= clients; ++pc)
            QVERIFY(p.end(pc));
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(database + QLatin1String(suffix));
        QVERIFY(QFile::copy(older, database));
        QVERIFY2(p.host(), p.pcs[0]->words().constData());
        const QJsonObject restored = status(p.dir(0));
        QCOMPARE(restored.value("epoch"_L1).toInt(), 2);
        QVERIFY(restored.value("rev"_L1).toInteger() < told);
        QVERIFY2(restored.value("notice"_L1).toString().contains(QString::number(told)), qPrintable(restored.value("notice"_L1).toString()));
        write(p, {0}, 2, u"Since"_s, loads);
        QCOMPARE(status(p.dir(0)).value("epoch"_L1).toInt(), 2);

        for (int pc = 1; pc <= clients; ++pc)
            QVERIFY2(p.again(pc), p.pcs[std::size_t(pc)]->words().constData());
        QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);
        const auto phones = phonesIn(p.dir(0));
        for (const Loads *all : {&loads, &lost, &offline})
            for (const auto &load : *all)
                if (all != &lost || clients > 0) {
                    const QString missing = missingOf(*load, phones);
                    QVERIFY2(missing.isEmpty(), qPrintable(missing));
                }
        QCOMPARE(status(p.dir(0)).value("conflicts"_L1).toInt(), 0);
        for (int pc = 0; pc <= clients; ++pc) {
            const Finished verified = runHub({u"verify"_s, u"--data"_s, p.dir(pc)});
            QVERIFY2(verified.code == 0, verified.err.constData());
        }
        qInfo("%d clients, %d revisions: %lld ms", clients, revisions, static_cast<long long>(clock.elapsed()));
    }

    // The folder of a client is copied, with entries that nobody has; original and copy both go on.
    void copiedClient()
    {
        QTemporaryDir root;
        Processes p(root.path(), 2);                     // PC 2 will be the copy of PC 1
        QVERIFY2(p.host(), p.pcs[0]->words().constData());
        QVERIFY2(p.join(1), p.pcs[1]->words().constData());
        QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);
        QVERIFY(p.end(0));
        Loads loads;
        write(p, {1}, 12, u"Unsent"_s, loads);
        QVERIFY(p.end(1));
        std::filesystem::copy(p.dir(1).toStdString(), p.dir(2).toStdString(), std::filesystem::copy_options::recursive);
        QVERIFY2(p.again(1), p.pcs[1]->words().constData());
        QVERIFY2(p.again(2), p.pcs[2]->words().constData());
        QVERIFY(status(p.dir(1)).value("notice"_L1).isNull());
        QVERIFY(!status(p.dir(2)).value("notice"_L1).toString().isEmpty());
        write(p, {1}, 4, u"Original"_s, loads);
        write(p, {2}, 4, u"Copy"_s, loads);
        QVERIFY2(p.host(), p.pcs[0]->words().constData());
        QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);
        write(p, {1, 2}, 40, u"Together"_s, loads);
        QTRY_VERIFY_WITH_TIMEOUT(p.settled(), kSettleMs);
        const auto phones = phonesIn(p.dir(0));
        for (const auto &load : loads) {
            const QString missing = missingOf(*load, phones);
            QVERIFY2(missing.isEmpty(), qPrintable(missing));
        }
        for (const auto &[family, values] : phones)
            QVERIFY2(values.size() == 1, qPrintable(u"%1 is there twice"_s.arg(family)));
        for (int pc = 1; pc <= 2; ++pc) {                // a second start finds nothing new
            QVERIFY(p.end(pc));
            QVERIFY2(p.again(pc), p.pcs[std::size_t(pc)]->words().constData());
            QVERIFY(status(p.dir(pc)).value("notice"_L1).isNull());
        }
        QCOMPARE(status(p.dir(0)).value("conflicts"_L1).toInt(), 0);
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
