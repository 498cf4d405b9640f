#include "sync/digest_content.h"

#include "schema/registry.h"

namespace anteroom::sync {

namespace {

std::int64_t standsAt(StoreTx &tx)
{
    if (const auto cursor = stateCursor(tx, key::kCursor))
        return cursor->pos == schema::kAllOfRev && !stateSet(tx, key::kStageCursor) ? cursor->rev : -1;
    return stateInt(tx, key::kHead);
}

} // namespace

ContentSums contentSums(StoreTx &tx, const std::atomic_bool *stop)
{
    ContentSums out;
    out.rev = standsAt(tx);
    for (const Table *table : schema::allTables()) {
        std::vector<std::pair<Uuid, std::int64_t>> rows;
        tx.forEachTouched(*table, [&](const Uuid &id, RevPos at) { rows.emplace_back(id, at.rev); });
        std::map<std::uint8_t, std::uint64_t> places;
        for (const auto &[id, rev] : rows) {
            if (stop && *stop)
                return {.rev = -1, .places = {}, .sums = {}};
            const auto image = hostImage(*table, id, tx);
            const std::uint8_t dataClass = image ? classOf(*table, *image) : static_cast<std::uint8_t>(table->dataClass);
            const auto [at, isNew] = out.sums.try_emplace({table->number, dataClass});
            if (isNew)
                at->second.fill(0);
            at->second[bucketOf(id)] += image ? contentHash(*table, *image) : 0;
            places[dataClass] += placeHash(*table, id, rev);
        }
        for (const auto &[dataClass, sum] : places)
            out.places.push_back({table->number, dataClass, sum});
    }
    return out;
}

} // namespace anteroom::sync
