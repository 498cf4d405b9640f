#include "node/day_close.h"

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patient_queue.h"

namespace anteroom::node {

using namespace schema;

namespace {

Row closedRow(const Row &open)
{
    Row row = emptyRow(tables::patient_queue, open.id);
    for (int i = 0; i < columnCount(tables::active_patient_queue); ++i) {
        const int to = findColumn(tables::patient_queue, columnAt(tables::active_patient_queue, i).name);
        if (to >= 0)
            row[to] = open[i];
    }
    return row;
}

} // namespace

std::vector<std::pair<const Table *, Row>> closedTickets(sync::StoreTx &tx, const std::string &today, std::int64_t nowMs)
{
    constexpr int kDay = col(tables::active_patient_queue, "clinic_day");
    constexpr std::size_t kBatch = 200;
    std::vector<std::pair<const Table *, Row>> out;
    for (Row &open : tx.find(tables::active_patient_queue, {{kDeletedAt, Value{}}}, 100000)) {
        if (isNull(open[kDay]) || std::string(toText(open[kDay])) >= today)
            continue;
        out.emplace_back(&tables::patient_queue, closedRow(open));
        open[kDeletedAt] = nowMs;
        open[kDeletedReason] = std::string("day closed");
        out.emplace_back(&tables::active_patient_queue, std::move(open));
        if (out.size() >= 2 * kBatch)
            break;
    }
    return out;
}

} // namespace anteroom::node
