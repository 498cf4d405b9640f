// Plant: a known bug that a run carries, to prove that the examiner sees it. A plant changes what passes at a port: a
// StoreTx, a message on the line, the driver, the disk, the clinic's rules. Production code has no branch for it.
#pragma once

#include "storage/connection.h"
#include "sync/policy.h"
#include "sync/store_tx.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace anteroom::sim {

class Plant {
public:
    virtual ~Plant() = default;

    // The store as the engine of a host or a client meets it; null: as it is.
    [[nodiscard]] virtual std::unique_ptr<sync::StoreTx> store(bool host, int pc, sync::StoreTx &tx);
    // What an engine is about to handle, in the transaction.
    virtual void hears(bool host, int pc, const sync::Message &message) { (void)host, (void)pc, (void)message; }
    // What leaves on a line; null: nothing does.
    [[nodiscard]] virtual sync::MessagePtr passing(bool up, int client, const sync::MessagePtr &message);
    // The rules of the clinic; null: as they are.
    [[nodiscard]] virtual std::unique_ptr<sync::Policy> rules(sync::Policy &real);
    // The driver.
    [[nodiscard]] virtual storage::Durability durability(bool host, bool own, storage::Durability asked) { (void)host, (void)own; return asked; }
    [[nodiscard]] virtual bool sendsBeforeCommit() const { return false; }
    [[nodiscard]] virtual bool hidesDiskErrors() const { return false; }
    [[nodiscard]] virtual bool copiesMarks() const { return false; }             // a copied folder has a mark that fits
    [[nodiscard]] virtual bool savesWhatIsHeld() const { return false; }         // old is read when it is saved
};

struct PlantName { std::string_view name, words; };
[[nodiscard]] const std::vector<PlantName> &plants();
[[nodiscard]] std::unique_ptr<Plant> makePlant(std::string_view name);      // null: no such plant

} // namespace anteroom::sim
