#include "app/sim/plants_store.h"

#include "app/sim/rows.h"
#include "app/sim/tx_decorator.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"

#include <algorithm>
#include <set>

namespace anteroom::sim {

using namespace schema;
using sync::StoreTx;

namespace {

// A plant whose store is a decorator of this kind, at hosts or at clients.
template <typename Tx>
class At final : public Plant {
public:
    explicit At(bool host) : m_host(host) {}
    [[nodiscard]] std::unique_ptr<StoreTx> store(bool host, int, StoreTx &tx) override { return host == m_host ? std::make_unique<Tx>(tx) : nullptr; }

private:
    bool m_host;
};

// ---- the cursor moves now, the rows in the next transaction

class RowsLater final : public TxDecorator {
public:
    RowsLater(StoreTx &tx, std::vector<std::pair<const Table *, Row>> &later) : TxDecorator(tx), m_later(later)
    {
        for (const auto &[table, row] : std::exchange(m_later, {}))
            TxDecorator::putRow(*table, row);
    }
    void setTouched(const Table &t, const Uuid &id, RevPos at) override
    {
        m_remote.insert({t.number, id});
        TxDecorator::setTouched(t, id, at);
    }
    void putRow(const Table &t, const Row &row) override
    {
        if (m_remote.contains({t.number, row.id}))
            m_later.emplace_back(&t, row);
        else
            TxDecorator::putRow(t, row);
    }

private:
    std::vector<std::pair<const Table *, Row>> &m_later;
    std::set<RowId> m_remote;
};
class CursorBeforeApply final : public Plant {
public:
    [[nodiscard]] std::unique_ptr<StoreTx> store(bool host, int pc, StoreTx &tx) override { return host ? nullptr : std::make_unique<RowsLater>(tx, m_later[pc]); }

private:
    std::map<int, std::vector<std::pair<const Table *, Row>>> m_later;
};

// ---- the counter of a device as the host reads it while an entry arrives

class Counting final : public TxDecorator {
public:
    Counting(StoreTx &tx, std::int64_t arrives, bool repeats) : TxDecorator(tx), m_arrives(arrives), m_repeats(repeats) {}
    std::optional<sync::Counter> counter(const sync::Author &a) override
    {
        auto known = TxDecorator::counter(a);
        if (known && m_arrives > 0 && (m_repeats ? m_arrives <= known->seq : m_arrives > known->seq))
            known->seq = m_arrives - 1;
        return known;
    }

private:
    std::int64_t m_arrives;
    bool m_repeats;
};
class CounterMisread final : public Plant {
public:
    explicit CounterMisread(bool repeats) : m_repeats(repeats) {}
    void hears(bool host, int, const sync::Message &message) override
    {
        const auto *push = std::get_if<sync::Push>(&message);
        m_arrives = host && push ? push->seq : 0;
    }
    // The store is made before the message is heard: it reads through the plant.
    [[nodiscard]] std::unique_ptr<StoreTx> store(bool host, int, StoreTx &tx) override { return host ? std::make_unique<Late>(tx, *this) : nullptr; }

private:
    class Late final : public TxDecorator {
    public:
        Late(StoreTx &tx, CounterMisread &plant) : TxDecorator(tx), m_plant(plant) {}
        std::optional<sync::Counter> counter(const sync::Author &a) override { return Counting(m_tx, m_plant.m_arrives, m_plant.m_repeats).counter(a); }

    private:
        CounterMisread &m_plant;
    };
    bool m_repeats;
    std::int64_t m_arrives = 0;
};

// ---- a page is cut before its rows are in order

class Unsorted final : public TxDecorator {
public:
    using TxDecorator::TxDecorator;
    std::vector<sync::RowAt> scan(RevPos after, int maxRows, std::size_t maxBytes, bool &more) override
    {
        auto rows = TxDecorator::scan(after, maxRows + 1, maxBytes, more);
        if (static_cast<int>(rows.size()) > maxRows)
            rows.erase(rows.begin());
        return rows;
    }
};

// ---- the later clock wins

class LaterWins final : public TxDecorator {
public:
    LaterWins(StoreTx &tx, const std::optional<Entry> &entry) : TxDecorator(tx), m_entry(entry) {}
    std::optional<Row> row(const Table &t, const Uuid &id) override
    {
        auto row = TxDecorator::row(t, id);
        if (!row || !m_entry || t.policy == MergePolicy::Compare || m_entry->at < toInt((*row)[kUpdatedAt]))
            return row;
        for (const Change &c : m_entry->changes)
            if (c.table == &t && c.id == id && c.op == Op::Update)
                for (const GroupChange &g : c.groups)
                    setGroupValues(t, *row, g.group, g.oldValues);
        return row;
    }

private:
    const std::optional<Entry> &m_entry;
};
class LwwByClock final : public Plant {
public:
    void hears(bool host, int, const sync::Message &message) override
    {
        const auto *push = std::get_if<sync::Push>(&message);
        m_entry = host && push ? std::optional(push->entry) : std::nullopt;
    }
    [[nodiscard]] std::unique_ptr<StoreTx> store(bool host, int, StoreTx &tx) override { return host ? std::make_unique<LaterWins>(tx, m_entry) : nullptr; }

private:
    std::optional<Entry> m_entry;
};

// ---- whatever a replica says of its history is believed

class Believing final : public TxDecorator {
public:
    Believing(StoreTx &tx, const std::map<std::int64_t, sync::Salt> &said) : TxDecorator(tx), m_said(said) {}
    std::optional<sync::Salt> salt(std::int64_t rev) override
    {
        const auto found = m_said.find(rev);
        return found == m_said.end() ? TxDecorator::salt(rev) : found->second;
    }

private:
    const std::map<std::int64_t, sync::Salt> &m_said;
};
class EpochIgnored final : public Plant {
public:
    void hears(bool host, int, const sync::Message &message) override
    {
        m_said.clear();
        const auto *hello = host ? std::get_if<sync::Hello>(&message) : nullptr;
        if (!hello)
            return;
        m_said[hello->real.rev] = hello->real.salt;
        if (hello->scan)
            m_said[hello->scan->rev] = hello->scan->salt;
        if (hello->stageSalt)
            m_said[hello->cursor.rev] = *hello->stageSalt;
    }
    [[nodiscard]] std::unique_ptr<StoreTx> store(bool host, int, StoreTx &tx) override { return host ? std::make_unique<Believing>(tx, m_said) : nullptr; }
    [[nodiscard]] sync::MessagePtr passing(bool, int, const sync::MessagePtr &message) override
    {
        if (!std::holds_alternative<sync::Hello>(*message))
            return message;
        auto copy = std::make_shared<sync::Message>(*message);
        std::get<sync::Hello>(*copy).epoch = {};
        return copy;
    }

private:
    std::map<std::int64_t, sync::Salt> m_said;
};

// ---- clients

class StaleBase final : public TxDecorator {
public:
    using TxDecorator::TxDecorator;
    void setBase(const Table &t, const Uuid &id, const std::optional<Row> &image) override
    {
        if (!hasBase(t, id))
            TxDecorator::setBase(t, id, image);
    }
};

class NotDoomed final : public TxDecorator {
public:
    using TxDecorator::TxDecorator;
    void markOutbox(std::int64_t seq, bool, bool provisional) override { TxDecorator::markOutbox(seq, false, provisional); }
};

class Overwritten final : public TxDecorator {
public:
    using TxDecorator::TxDecorator;
    void setBase(const Table &t, const Uuid &id, const std::optional<Row> &image) override
    {
        m_fresh = image && hasBase(t, id) ? image : std::nullopt;
        TxDecorator::setBase(t, id, image);
    }
    void putRow(const Table &t, const Row &row) override { TxDecorator::putRow(t, m_fresh && m_fresh->id == row.id ? *m_fresh : row); }

private:
    std::optional<Row> m_fresh;
};

class NothingRejected final : public TxDecorator {
public:
    using TxDecorator::TxDecorator;
    void reject(std::int64_t, const sync::Entry &, const std::string &) override {}
};

// ---- the clinic's rules

class RulesDecorator : public sync::Policy {
public:
    explicit RulesDecorator(sync::Policy &real) : m_real(real) {}
    [[nodiscard]] std::optional<std::string> refuse(const Entry &e, const sync::Author &a, StoreTx &tx) override { return m_real.refuse(e, a, tx); }
    void fillHostColumns(const Entry &e, const sync::Author &a, const Table &t, Row &row, StoreTx &tx) override { m_real.fillHostColumns(e, a, t, row, tx); }
    [[nodiscard]] sync::ClaimResult claim(const Entry &e, const sync::Author &a, const Epoch &epoch, StoreTx &tx) override { return m_real.claim(e, a, epoch, tx); }
    [[nodiscard]] std::vector<sync::Flag> flags(const Entry *e, std::span<const sync::RowAt> rows, StoreTx &tx) override { return m_real.flags(e, rows, tx); }

protected:
    sync::Policy &m_real;
};

class CalledTwice final : public RulesDecorator {
public:
    using RulesDecorator::RulesDecorator;
    sync::ClaimResult claim(const Entry &e, const sync::Author &a, const Epoch &epoch, StoreTx &tx) override
    {
        using tables::active_patient_queue;
        static constexpr int kState = col(active_patient_queue, "state"), kClaim = col(active_patient_queue, "claim_uuid"), kDesk = col(active_patient_queue, "desk_id");
        auto out = m_real.claim(e, a, epoch, tx);
        if (e.claim != Claim::Call || out.rows.empty())
            return out;
        for (Row &other : tx.find(active_patient_queue, {{kState, std::string("waiting")}}))
            if (other.id != out.rows.front().second.id && !other.deleted()) {
                other[kState] = std::string("called");
                other[kClaim] = e.uuid;
                other[kDesk] = a.device;
                out.rows.emplace_back(&active_patient_queue, std::move(other));
                break;
            }
        return out;
    }
};

class NumberAgain final : public RulesDecorator {
public:
    using RulesDecorator::RulesDecorator;
    sync::ClaimResult claim(const Entry &e, const sync::Author &a, const Epoch &epoch, StoreTx &tx) override
    {
        static constexpr int kNumber = col(tables::active_patient_queue, "number");
        auto out = m_real.claim(e, a, epoch, tx);
        if (e.claim == Claim::Take && !out.rows.empty() && toInt(out.rows.front().second[kNumber]) > 1)
            out.rows.front().second[kNumber] = toInt(out.rows.front().second[kNumber]) - 1;
        return out;
    }
};

template <typename Rules>
class WithRules final : public Plant {
public:
    [[nodiscard]] std::unique_ptr<sync::Policy> rules(sync::Policy &real) override { return std::make_unique<Rules>(real); }
};

} // namespace

std::unique_ptr<Plant> cursorBeforeApply() { return std::make_unique<CursorBeforeApply>(); }
std::unique_ptr<Plant> noDedupe() { return std::make_unique<CounterMisread>(true); }
std::unique_ptr<Plant> counterHoleAccepted() { return std::make_unique<CounterMisread>(false); }
std::unique_ptr<Plant> unsortedBatch() { return std::make_unique<At<Unsorted>>(true); }
std::unique_ptr<Plant> lwwByClock() { return std::make_unique<LwwByClock>(); }
std::unique_ptr<Plant> staleBaseImage() { return std::make_unique<At<StaleBase>>(false); }
std::unique_ptr<Plant> dependentsKept() { return std::make_unique<At<NotDoomed>>(false); }
std::unique_ptr<Plant> pendingOverwritten() { return std::make_unique<At<Overwritten>>(false); }
std::unique_ptr<Plant> rejectedForgotten() { return std::make_unique<At<NothingRejected>>(false); }
std::unique_ptr<Plant> claimAppliedTwice() { return std::make_unique<WithRules<CalledTwice>>(); }
std::unique_ptr<Plant> epochIgnored() { return std::make_unique<EpochIgnored>(); }
std::unique_ptr<Plant> numbersRepeat() { return std::make_unique<WithRules<NumberAgain>>(); }

} // namespace anteroom::sim
