#include "app/sim/template.h"

#include "app/sim/capture.h"
#include "app/sim/clock.h"
#include "app/sim/dice.h"
#include "node/clinic_policy.h"
#include "node/setup.h"
#include "node/sql_store_tx.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/devices.h"
#include "schema/tables/service_points.h"
#include "storage/migrations.h"
#include "sync/client_engine.h"
#include "sync/host_log.h"

namespace anteroom::sim {

using namespace Qt::StringLiterals;

namespace {

using Work = std::function<void(sync::StoreTx &)>;

class Maker {
public:
    Template make()
    {
        identities();
        Disk host;
        {
            const auto connection = open(host);
            sync::HostLog log(m_policy, m_dice, {"PC 0", storage::kSchemaVersion, 0});
            transact(*connection, [&](sync::StoreTx &tx) {
                HostCapture capture;
                HostSpy spy(tx, capture);
                node::storeIdentity(m_out.who[0], spy);
                spy.setState("role", QByteArrayLiteral("host"));
                log.load(spy);
                (void)log.write(clinic(), spy);
                m_out.revisions = std::move(capture.revisions);
            });
            (void)connection->checkpoint(true);
        }
        client(host);
        m_out.host = host.image();               // with the prefixes that it gave
        return std::move(m_out);
    }

private:
    void identities()
    {
        const Uuid clinic = uuidV7(m_clock, m_dice);
        for (int n = 0; n < kMostPcs; ++n)
            m_out.who.push_back({clinic, uuidV7(m_clock, m_dice), uuidV7(m_clock, m_dice), u"Simulated"_s, u"PC %1"_s.arg(n), u"Person %1"_s.arg(n), false});
    }

    std::unique_ptr<storage::Connection> open(Disk &disk)
    {
        auto opened = storage::openDatabase(disk.path(kDatabase), storage::IfNewer::Refuse, Disk::openOptions());
        if (!opened)
            throw sync::StoreFailure(opened.error());
        return std::move(*opened);
    }

    void transact(storage::Connection &connection, const Work &work)
    {
        storage::Transaction transaction(connection, "template");
        node::SqlStoreTx tx(transaction, m_clock);
        work(tx);
        transaction.commit();
    }

    node::MadeRows clinic()
    {
        using schema::tables::clinic_settings;
        node::MadeRows rows;
        int points = 0;
        for (auto &row : node::clinicRows(m_out.who[0], m_clock.utcMs())) {
            if (row.first == &clinic_settings && schema::toText(row.second[schema::col(clinic_settings, "key")]) == "clinic.time_zone")
                row.second[schema::col(clinic_settings, "value")] = std::string("UTC");      // the same on every machine
            if (row.first == &schema::tables::service_points && ++points <= 2)
                m_out.points.push_back(row.second.id);
            rows.push_back(std::move(row));
        }
        for (std::size_t n = 0; n < m_out.who.size(); ++n)
            for (auto &row : node::deviceAndUserRows(m_out.who[n], "sim", m_clock.utcMs())) {
                if (row.first == &schema::tables::devices && (n == 1 || n == 2))
                    row.second[schema::col(schema::tables::devices, "standby")] = std::int64_t{1};
                rows.push_back(std::move(row));
            }
        return rows;
    }

    // What a PC has that joined; then what it has when it was told everything.
    void client(Disk &host)
    {
        for (int n = 0; n < kMostPcs; ++n) {
            Disk disk;
            const auto connection = open(disk);
            transact(*connection, [&](sync::StoreTx &tx) {
                node::storeIdentity(m_out.who[static_cast<std::size_t>(n)], tx);
                tx.setState("role", QByteArrayLiteral("client"));
                tx.setSalt(0, 0);
                sync::setStateCursor(tx, sync::key::kCursor, schema::kStart);
                tx.setState(sync::key::kFirstSync, QByteArrayLiteral("1"));
                sync::setStateInt(tx, sync::key::kIncarnation, 1);
            });
            (void)connection->checkpoint(true);
            m_out.fresh.push_back(disk.image());
            copy(host, *connection, n);
            (void)connection->checkpoint(true);
            m_out.copied.push_back(disk.image());
        }
    }

    void copy(Disk &host, storage::Connection &connection, int n)
    {
        const auto source = open(host);
        sync::HostLog log(m_policy, m_dice, {"PC 0", storage::kSchemaVersion, 0});
        sync::ClientEngine engine(m_dice, {m_out.who[static_cast<std::size_t>(n)].device, {}, "sim", storage::kSchemaVersion});
        sync::Effects up, down;
        connection.setForeignKeys(false);
        transact(connection, [&](sync::StoreTx &tx) { up = engine.hello(tx); });
        transact(*source, [&](sync::StoreTx &tx) {
            log.load(tx);
            down = log.hello(1, std::get<sync::Hello>(*up.sends.front().message), m_clock.utcMs(), tx);
        });
        transact(connection, [&](sync::StoreTx &tx) {
            for (const sync::Send &send : down.sends)
                (void)engine.received(*send.message, tx);
        });
    }

    WorldClock m_world;
    PcClock m_clock{m_world};
    Dice m_dice{1};
    node::ClinicPolicy m_policy{m_clock};
    Template m_out;
};

} // namespace

const Template &theTemplate()
{
    static const Template made = Maker().make();
    return made;
}

} // namespace anteroom::sim
