// One act from Commands to the database: asked at the door, compared with what the person was shown, written with its
// audit entry, answered.

#include "node/act_rules.h"
#include "node/core.h"

namespace anteroom::node {

using namespace sync;

namespace {

Error noClinic() { return {ErrorCode::NotFound, Severity::Failure, QStringLiteral("There is no clinic in this folder yet. Start one or join one."), {}}; }

// H13
Error numbersUnconfirmed()
{
    return {ErrorCode::Unconfirmed, Severity::Note,
            QStringLiteral("This PC was started again, and no other PC has told it yet which tickets are out. Wait until one is connected, or give numbers now all the same."), {}};
}

} // namespace

void Replica::Core::confirmNumbers(const Promise<void> &promise)
{
    if (m_host)
        m_host->confirmNumbers();
    makeStatus();
    promise.finish({});
}

// What nobody sees differences for: the role may not do it.
void Replica::Core::permit(const schema::Entry &entry, std::optional<schema::Role> role, StoreTx &tx) const
{
    if (!role)
        role = roleOfUser(entry.user, tx);
    if (auto no = role ? notPermitted(entry, *role) : std::nullopt)
        throw StoreFailure(std::move(*no));
}

void Replica::Core::save(const Act &act, Promise<SaveOutcome> promise, const std::function<void()> &also)
{
    if (!m_host && !m_client) {
        promise.finish(tl::unexpected(noClinic()));
        return;
    }
    auto prepared = m_door->prepare(act, m_context.identity, schema::Claim::None);
    if (!prepared) {
        promise.finish(tl::unexpected(prepared.error()));
        return;
    }
    const auto entry = std::make_shared<schema::Entry>(std::move(*prepared));
    const auto outcome = std::make_shared<SaveOutcome>();
    transact<SaveOutcome>(promise,
        [this, entry, outcome, also, role = act.role](StoreTx &tx, Effects &e) {
            permit(*entry, role, tx);
            auto repeated = repeatedDispensing(*entry, tx);
            if (!repeated)
                throw StoreFailure(std::move(repeated.error()));
            if (*repeated) {
                outcome->saved = true;
                outcome->rows = std::move(**repeated);
                if (also)
                    also();
                return;
            }
            outcome->differences = m_door->differences(*entry, tx);
            outcome->saved = outcome->differences.empty();
            if (outcome->saved && !entry->changes.empty()) {
                if (auto refused = m_door->refused(*entry, tx))
                    throw StoreFailure(std::move(*refused));
                m_door->number(*entry, m_client != nullptr, tx);
                if (m_host) {
                    e.append(m_host->log().local(*entry, m_host->author(), tx));
                    const Reply &reply = e.answered.back().reply;
                    if (reply.verdict == Verdict::Refused)
                        throw StoreFailure({ErrorCode::Refused, Severity::Failure, QString::fromStdString(reply.why), {}});
                } else {
                    outcome->seq = saveLocally(*entry, tx, e);
                }
            }
            if (outcome->saved && also)
                also();
            outcome->entry = entry->uuid;
            outcome->rows = Door::rowsOf(*entry, tx);
        },
        [promise, outcome] { promise.finish(std::move(*outcome)); });
}

void Replica::Core::claim(const Act &act, schema::Claim claim, Promise<ClaimOutcome> promise)
{
    if (!m_host && !m_client) {
        promise.finish(tl::unexpected(noClinic()));
        return;
    }
    auto prepared = m_door->prepare(act, m_context.identity, claim);
    if (!prepared) {
        promise.finish(tl::unexpected(prepared.error()));
        return;
    }
    const auto entry = std::make_shared<schema::Entry>(std::move(*prepared));
    const auto outcome = std::make_shared<ClaimOutcome>();
    const auto seq = std::make_shared<std::int64_t>(0);
    transact<ClaimOutcome>(promise,
        [this, entry, outcome, seq, claim, role = act.role](StoreTx &tx, Effects &e) {
            permit(*entry, role, tx);
            if (claim == schema::Claim::Take && m_host && m_host->numbersWait())
                throw StoreFailure(numbersUnconfirmed());
            outcome->differences = m_door->differences(*entry, tx);
            if (claim == schema::Claim::Call)                // the ticket itself is claimed: the host answers for it
                std::erase_if(outcome->differences, [&](const Difference &d) { return d.id == entry->changes.front().id; });
            if (!outcome->differences.empty())
                return;
            if (auto refused = m_door->refused(*entry, tx))
                throw StoreFailure(std::move(*refused));
            m_door->number(*entry, m_client != nullptr, tx);
            if (m_client) {
                *seq = saveLocally(*entry, tx, e);
                const auto row = tx.row(*entry->changes.front().table, entry->changes.front().id);
                outcome->number = claim == schema::Claim::Take && row ? std::string(schema::toText((*row)[schema::findColumn(*entry->changes.front().table, "provisional_label")])) : std::string();
                if (claim == schema::Claim::Call)
                    outcome->called = entry->changes.front().id;
                return;
            }
            e.append(m_host->log().local(*entry, m_host->author(), tx));
            const Reply &reply = e.answered.back().reply;
            if (reply.verdict == Verdict::Refused)
                throw StoreFailure({ErrorCode::Refused, Severity::Note, QString::fromStdString(reply.why), {}});
            outcome->number = reply.number;
            outcome->called = reply.called;
            outcome->note = reply.verdict == Verdict::Review ? reviewWords() : QString::fromStdString(reply.why);
            outcome->inReview = reply.verdict == Verdict::Review;
        },
        [this, promise, outcome, seq] {
            if (*seq > 0 && m_client)
                m_client->awaitClaim(*seq, std::move(*outcome), promise);
            else
                promise.finish(std::move(*outcome));
        });
}

} // namespace anteroom::node
