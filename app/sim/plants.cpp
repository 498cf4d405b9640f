#include "app/sim/plant.h"
#include "app/sim/plants_store.h"

#include <algorithm>
#include <map>

namespace anteroom::sim {

std::unique_ptr<sync::StoreTx> Plant::store(bool, int, sync::StoreTx &) { return nullptr; }
sync::MessagePtr Plant::passing(bool, int, const sync::MessagePtr &message) { return message; }
std::unique_ptr<sync::Policy> Plant::rules(sync::Policy &) { return nullptr; }

namespace {

// ---- the driver

class AckBeforeCommit final : public Plant {
    bool sendsBeforeCommit() const override { return true; }
};
class SwallowedIoError final : public Plant {
    bool hidesDiskErrors() const override { return true; }
};
class OldReadAtSave final : public Plant {
    bool savesWhatIsHeld() const override { return true; }
};
class NormalOnHost final : public Plant {
    storage::Durability durability(bool host, bool, storage::Durability asked) override { return host ? storage::Durability::Normal : asked; }
};
class ClientNormalSave final : public Plant {
    storage::Durability durability(bool host, bool own, storage::Durability asked) override { return !host && own ? storage::Durability::Normal : asked; }
};
class ClientNormalRetire final : public Plant {
    storage::Durability durability(bool host, bool own, storage::Durability asked) override { return !host && !own ? storage::Durability::Normal : asked; }
};

class CloneUnseen final : public Plant {
    bool copiesMarks() const override { return true; }
};

// ---- messages on the line

template <typename Change>
sync::MessagePtr changed(const sync::MessagePtr &message, Change change)
{
    auto copy = std::make_shared<sync::Message>(*message);
    change(*copy);
    return copy;
}

class LostTombstone final : public Plant {
    sync::MessagePtr passing(bool up, int, const sync::MessagePtr &message) override
    {
        const auto *frame = std::get_if<sync::Frame>(message.get());
        if (up || !frame || std::ranges::none_of(frame->rows, [](const sync::RowAt &r) { return r.row.deleted(); }))
            return message;
        return changed(message, [](sync::Message &m) { std::erase_if(std::get<sync::Frame>(m).rows, [](const sync::RowAt &r) { return r.row.deleted(); }); });
    }
};

// The rest of a revision comes with the next one.
class HalfTransaction final : public Plant {
    sync::MessagePtr passing(bool up, int client, const sync::MessagePtr &message) override
    {
        if (up || !std::holds_alternative<sync::Frame>(*message))
            return message;
        return changed(message, [this, client](sync::Message &m) {
            auto &frame = std::get<sync::Frame>(m);
            std::vector<sync::RowAt> rest;
            if (frame.rows.size() > 1) {
                rest.push_back(frame.rows.back());
                frame.rows.pop_back();
            }
            auto &waits = m_rest[client];
            frame.rows.insert(frame.rows.begin(), waits.begin(), waits.end());
            waits = std::move(rest);
        });
    }
    std::map<int, std::vector<sync::RowAt>> m_rest;
};

class AuthorSkipped final : public Plant {
    sync::MessagePtr passing(bool up, int, const sync::MessagePtr &message) override
    {
        const auto *frame = std::get_if<sync::Frame>(message.get());
        if (up || !frame || frame->answers.empty())
            return message;
        return changed(message, [](sync::Message &m) { std::get<sync::Frame>(m).rows.clear(); });
    }
};

// What one message says, said otherwise.
template <typename Message, void (*change)(Message &)>
class Said final : public Plant {
    sync::MessagePtr passing(bool, int, const sync::MessagePtr &message) override
    {
        if (!std::holds_alternative<Message>(*message))
            return message;
        return changed(message, [](sync::Message &m) { change(std::get<Message>(m)); });
    }
};
void offerNothing(sync::Offer &m) { m.rows.clear(); }
void forkHigher(sync::Welcome &m)
{
    if (m.fork)
        m.fork = std::min(*m.fork + 2, m.head);
}
void tellNoScan(sync::Hello &m) { m.scan.reset(); }
void tellNoSums(sync::Beat &m) { m.digests.clear(); }

class CountersNotTold final : public Plant {
    sync::MessagePtr passing(bool, int, const sync::MessagePtr &message) override
    {
        return changed(message, [](sync::Message &m) {
            if (auto *frame = std::get_if<sync::Frame>(&m))
                frame->counters.clear();
            else if (auto *page = std::get_if<sync::Page>(&m))
                page->counters.clear();
        });
    }
};

template <typename Made>
std::unique_ptr<Plant> make() { return std::make_unique<Made>(); }

struct Known {
    std::string_view name, words;
    std::unique_ptr<Plant> (*make)();
};
const Known kKnown[] = {
    {"ack_before_commit", "the host tells clients of a revision before it is committed", &make<AckBeforeCommit>},
    {"cursor_before_apply", "a client's cursor moves in a transaction before the one that holds the rows", &cursorBeforeApply},
    {"no_dedupe", "the host applies a repeated (device, incarnation, seq) again", &noDedupe},
    {"unsorted_batch", "a page is cut before its rows are in order", &unsortedBatch},
    {"lost_tombstone", "a deleted row does not travel", &make<LostTombstone>},
    {"lww_by_clock", "the later clock wins, whatever the person had seen", &lwwByClock},
    {"swallowed_io_error", "a transaction that failed on the disk is taken for a good one", &make<SwallowedIoError>},
    {"half_transaction_published", "the rest of a revision comes with the next one", &make<HalfTransaction>},
    {"stale_base_image", "a remote row does not replace the image behind a pending edit", &staleBaseImage},
    {"counter_hole_accepted", "the host takes an entry though the one before it never came", &counterHoleAccepted},
    {"normal_on_host", "the host commits without FULL", &make<NormalOnHost>},
    {"claim_applied_twice", "one call calls two tickets", &claimAppliedTwice},
    {"dependents_of_refusal_kept", "entries that stand on a refused one are still shown", &dependentsKept},
    {"pending_overwritten", "a remote row replaces the visible row, unsent groups too", &pendingOverwritten},
    {"rejected_forgotten", "a refused entry is nowhere to be read", &rejectedForgotten},
    {"numbers_repeat", "a ticket number is given twice", &numbersRepeat},
    {"old_read_at_save", "old is what the row holds at saving, not what the form showed", &make<OldReadAtSave>},
    {"client_normal_save", "a client saves without FULL", &make<ClientNormalSave>},
    {"client_normal_retire", "a client retires an entry in a transaction that a power cut may take back", &make<ClientNormalRetire>},
    {"epoch_ignored", "the host looks neither at epochs nor at salts", &epochIgnored},
    {"reoffer_skipped", "after a change of history a replica offers nothing", &make<Said<sync::Offer, offerNothing>>},
    {"fork_too_high", "of the gap that the salts leave open the upper end is taken as the fork", &make<Said<sync::Welcome, forkHigher>>},
    {"scan_head_not_told", "a resumed stage is checked only at its own cursor", &make<Said<sync::Hello, tellNoScan>>},
    {"digest_not_compared", "a replica does not look at the digests of a heartbeat", &make<Said<sync::Beat, tellNoSums>>},
    {"clone_unseen", "a copied folder goes on under the same incarnation", &make<CloneUnseen>},
    {"counters_not_in_standby", "a host that takes over does not know the counters of devices", &make<CountersNotTold>},
    {"author_skipped", "the author gets the answer, but not the rows of its own revision", &make<AuthorSkipped>},
};

} // namespace

const std::vector<PlantName> &plants()
{
    static const std::vector<PlantName> names = [] {
        std::vector<PlantName> out;
        for (const Known &k : kKnown)
            out.push_back({k.name, k.words});
        return out;
    }();
    return names;
}

std::unique_ptr<Plant> makePlant(std::string_view name)
{
    const auto *found = std::ranges::find(kKnown, name, &Known::name);
    return found == std::end(kKnown) ? nullptr : found->make();
}

} // namespace anteroom::sim
