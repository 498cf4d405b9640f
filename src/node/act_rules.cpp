#include "node/act_rules.h"

#include "domain/billing.h"
#include "domain/checks.h"
#include "domain/permissions.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/users.h"
#include "sync/merge.h"

#include <algorithm>

namespace anteroom::node {

using namespace schema;

namespace {

constexpr int kBill = col(tables::bill_items, "bill_id");
constexpr int kExternal = col(tables::dispense_records, "external_id");

std::optional<Row> billOf(const Uuid &id, sync::StoreTx &tx) { return tx.row(tables::patient_bills, id); }

} // namespace

std::optional<Role> roleOfUser(const Uuid &user, sync::StoreTx &tx)
{
    const auto row = tx.row(tables::users, user);
    return row ? domain::role(toText((*row)[col(tables::users, "role")])) : std::nullopt;
}

std::optional<Error> notPermitted(const Entry &entry, Role role)
{
    for (const Change &c : entry.changes)
        if (const auto may = domain::checkPermission(role, c); !may)
            return may.error();
    return std::nullopt;
}

std::optional<Error> ofClosedBill(const Entry &entry, sync::StoreTx &tx)
{
    for (const Change &c : entry.changes) {
        if (c.table != &tables::bill_items)
            continue;
        const std::optional<Row> before = tx.row(*c.table, c.id);
        if (before && c.op == Op::Insert)
            continue;                                 // it arrives again (H9)
        if (before && c.op == Op::Update && std::ranges::all_of(c.groups, [&](const GroupChange &g) { return groupValues(*c.table, *before, g.group) == g.newValues; }))
            continue;                                 // so does a change that is in it
        std::optional<Row> after = before;
        sync::overlay(entry, c, after);
        for (const auto &item : {before, after}) {
            const auto bill = item ? billOf(toUuid((*item)[kBill]), tx) : std::nullopt;
            if (const auto open = bill ? domain::checkItemsOpen(*bill) : Result<void>{}; !open)
                return open.error();
        }
    }
    return std::nullopt;
}

Result<std::optional<std::vector<Row>>> repeatedDispensing(const Entry &entry, sync::StoreTx &tx)
{
    std::vector<Row> here;
    bool made = false;                                // a dispensing that is not here
    for (const Change &c : entry.changes) {
        if (c.table != &tables::dispense_records || c.op != Op::Insert)
            continue;
        std::optional<Row> asked;
        sync::overlay(entry, c, asked);
        const auto found = !asked || isNull((*asked)[kExternal]) ? std::vector<Row>{} : tx.find(*c.table, {{kExternal, (*asked)[kExternal]}, {kDeletedAt, Value{}}}, 2);
        if (found.empty()) {
            made = true;
            continue;
        }
        const auto same = std::ranges::find_if(found, [&](const Row &row) { return domain::sameDispensing(*asked, row); });
        if (same == found.end())
            return fail(ErrorCode::Refused,
                        QStringLiteral("The dispensing %1 is recorded here already and says something else (record %2). Correct that one, or give this one another external_id.")
                            .arg(toQString((*asked)[kExternal]), found.front().id.toString()),
                        QStringLiteral("external_id"));
        here.push_back(*same);
    }
    if (here.empty())
        return std::nullopt;
    if (made)
        return fail(ErrorCode::Refused,
                    QStringLiteral("The dispensing %1 of this act is recorded here already (record %2), others are not. Send those in an act of their own.")
                        .arg(toQString(here.front()[kExternal]), here.front().id.toString()),
                    QStringLiteral("external_id"));
    return here;
}

} // namespace anteroom::node
