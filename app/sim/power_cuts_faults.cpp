#include "app/sim/power_cuts.h"

#include "app/sim/power_cuts_clinic.h"
#include "app/sim/power_cuts_look.h"
#include "node/digest.h"
#include "storage/sql_error.h"

namespace anteroom::sim {

namespace {

constexpr int kStepsBefore = 12, kStepsWith = 10;        // a first copy and some rows; then the acts that meet the fault
constexpr int kMostTries = 5'000;                // far more operations than those steps are: the faults must end by themselves
constexpr std::size_t kShown = 10;

// One try: the workload of the seed with one fault. Words of what is wrong afterwards.
class Try {
public:
    Try(std::uint64_t seed, CutLook &look) : m_look(look), m_clinic(seed) {}

    QString go(DiskFault fault, bool atHost, int n)
    {
        if (!m_clinic.begin())
            return QStringLiteral("the clinic does not begin");
        m_clinic.connect();
        for (int i = 0; i < kStepsBefore; ++i)
            m_clinic.step();
        if (!m_clinic.settle())
            return QStringLiteral("entries wait for ever without any fault");
        Disk &disk = (atHost ? m_clinic.host : m_clinic.client).disk;
        if (fault == DiskFault::Full)
            disk.setCapacity(disk.bytesUsed() + (n - 1) * kBlockBytes);
        else
            disk.failOperation(n);
        m_clinic.connect();
        for (int i = 0; i < kStepsWith; ++i) {
            m_clinic.act(i % 2 ? m_clinic.host : m_clinic.client);
            m_clinic.step();
        }
        m_met = disk.failures() > 0;
        disk.setCapacity({});
        disk.failOperation(0);
        SeededRandom dice(static_cast<std::uint64_t>(n));
        for (const bool power : {false, true}) {
            if (QString words = after(power ? &dice : nullptr); !words.isEmpty())
                return (power ? QStringLiteral("after a power cut: ") : QStringLiteral("after the fault: ")) + words;
        }
        return {};
    }

    [[nodiscard]] bool met() const { return m_met; }

private:
    // The program goes on: people act, everything is answered, both PCs hold the same.
    QString after(Random *power)
    {
        for (CutPc *pc : {&m_clinic.host, &m_clinic.client}) {
            if ((power || !pc->on()) && !m_clinic.restart(*pc, power))
                return QStringLiteral("the program does not start");
            if (m_clinic.takenForOlder())
                return QStringLiteral("the program takes its own disk for an older copy");
            if (QString words = kept(*pc); !words.isEmpty())
                return words;
        }
        for (CutPc *pc : {&m_clinic.host, &m_clinic.client})
            for (int i = 0; i < 2; ++i)
                m_clinic.act(*pc);
        if (!m_clinic.settle())
            return QStringLiteral("entries wait for ever");
        try {
            if (!(node::contentDigest(m_clinic.host.connection()) == node::contentDigest(m_clinic.client.connection())))
                return QStringLiteral("host and client hold different rows");
        } catch (const storage::SqlError &e) {
            return e.error().detail;
        }
        return {};
    }

    QString kept(CutPc &pc)
    {
        if (!m_look.look(pc.disk.image()))
            return QStringLiteral("the database cannot be read");
        const CutFacts facts = m_look.examine(pc.isHost, m_clinic.client.who.device);
        if (!facts.fault.isEmpty())
            return facts.fault;
        QString lost = lostWords(pc.isHost, pc.told(), facts);
        return lost.isEmpty() ? markWords(pc.isHost, m_look.mark(), pc.told(), facts) : lost;
    }

    CutLook &m_look;
    CutClinic m_clinic;
    bool m_met = false;
};

} // namespace

DiskFaultReport runDiskFaults(DiskFault fault, bool atHost, std::uint64_t seed)
{
    DiskFaultReport report;
    CutLook look(emptyDatabase());
    for (int n = 1; n <= kMostTries; ++n) {
        Try one(seed, look);
        const QString words = one.go(fault, atHost, n);
        if (!words.isEmpty() && report.violations.size() < kShown)
            report.violations.push_back(QStringLiteral("seed %1, %2 at the %3, n = %4: %5").arg(seed)
                .arg(fault == DiskFault::Full ? QStringLiteral("full disk") : QStringLiteral("I/O error"), atHost ? QStringLiteral("host") : QStringLiteral("client"))
                .arg(n).arg(words));
        if (!one.met())
            return report;
        ++report.faults;
    }
    report.violations.push_back(QStringLiteral("every try met a fault"));
    return report;
}

} // namespace anteroom::sim
