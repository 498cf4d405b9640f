// What becomes of each row that a replica of another history offers (rule 16, H15, H17): taken whole where nobody wrote
// it here since the histories parted, left where this host has a later picture, else merged group by group. Decides over
// a store and a Working; places nothing into the order.
#pragma once

#include "sync/host_peer.h"
#include "sync/host_working.h"

#include <set>
#include <utility>

namespace anteroom::sync {

// The cause of all rows that the host makes of one offer (H18).
[[nodiscard]] Uuid offerCause(const Author &author, const RevSalt &real);

// Keeps the salts by which a later offer of a row is compared with the one that revision `at` took (H15).
void keepOffered(const RevSalt &at, const std::vector<RevSalt> &salts, StoreTx &tx);

// Offered rows that this host cannot place, by table and id: they refer to a row that neither it nor the offer holds. The
// replica is damaged; it keeps them aside for people (H19), and the rest of its offer counts.
[[nodiscard]] std::set<std::pair<std::uint16_t, Uuid>> rootless(const Author &author, StoreTx &tx);

// One offered row against what the host holds. What is to be written goes into `working`. True: the row stands as it was
// offered, and nobody wrote it here meanwhile.
class OfferMerge {
public:
    OfferMerge(const Author &author, const OfferUnderWay &offer);
    [[nodiscard]] bool take(const RowAt &offered, Working &working, StoreTx &tx) const;
    [[nodiscard]] const Uuid &cause() const { return m_cause; }

private:
    enum class Fit { Whole, Older, Merge };
    [[nodiscard]] Fit fit(const RowAt &offered, StoreTx &tx) const;
    [[nodiscard]] std::optional<Salt> saltOf(std::int64_t rev, StoreTx &tx) const;
    void mergeGroups(const RowAt &offered, Row held, Working &working, StoreTx &tx) const;
    void mergeDecision(const RowAt &offered, const Row &held, Working &working, StoreTx &tx) const;

    const OfferUnderWay &m_offer;
    Uuid m_cause;
};

} // namespace anteroom::sync
