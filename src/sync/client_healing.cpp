// ClientEngine, the part about digests that differ (rule 15).

#include "sync/client_engine.h"
#include "sync/client_outbox.h"

namespace anteroom::sync {

Effects ClientEngine::heal(Healing::Step step, StoreTx &tx)
{
    Effects out;
    if (step == Healing::Step::Ask) {
        out.sends.push_back({0, std::make_shared<const Message>(m_healing.question())});
    } else if (step == Healing::Step::Scan) {
        scanAgain(m_options.schemaVersion, tx);
        tx.setState(key::kHealingScan, QByteArrayLiteral("1"));
        return hello(tx);
    }
    return out;
}

Effects ClientEngine::compareContent(ContentSums mine, StoreTx &tx)
{
    if (m_mode != Mode::Live || position(tx) != Cursor{mine.rev, schema::kAllOfRev})
        return {};
    for (const TableDigest &d : differences(mine.places, tx.digests()))       // kept sums that do not describe the index
        tx.setDigest(d.table, d.dataClass, tx.digest(d.table, d.dataClass) - d.digest);
    return heal(m_healing.beginContent(std::move(mine)), tx);
}

Effects ClientEngine::compared(const Compared &m, StoreTx &tx)
{
    Effects out;
    if (m_mode != Mode::Live || !m_healing.isAnswer(m) || position(tx) != Cursor{m.rev, schema::kAllOfRev}) {
        m_healing.forgetQuestion();                 // the clinic moved on: the next heartbeat tells
        return out;
    }
    std::vector<RowKey> changed;
    takeAway(m_healing.lacking(m, tx), m_options.device, tx, changed, out);
    publish(m.rows, tx, changed, true, out);
    showRows(changed, tx);
    out.touched.insert(out.touched.end(), changed.begin(), changed.end());
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    out.append(heal(m_healing.healed(m, tx), tx));
    return out;
}

} // namespace anteroom::sync
