// Queries that serve the page of records: a list of any table, one record with what it refers to, rows to choose from.

#include "node/browse.h"

#include "domain/permissions.h"
#include "node/labels.h"
#include "node/replica.h"
#include "node/replica_parts.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "storage/search_query.h"
#include "storage/text_filter.h"

#include <algorithm>

namespace anteroom::node {

using namespace schema;
using storage::Connection;

namespace {

constexpr int kMostOfBill = 10'000;                   // items, or payments: more than a position counts
constexpr int kDetailColumns = 2;

bool walksAnIndex(const Table &table, int column)
{
    return column >= 0 && std::ranges::any_of(table.indexes, [&](const Index &index) { return index.columns.front() == columnAt(table, column).name; });
}

storage::OrderBy orderOf(const Table &table, int column, bool descending)
{
    return {column, descending, columnAt(table, column).type == Type::Text && !walksAnIndex(table, column)};
}

std::optional<Error> cannotBrowse(const BrowseRequest &request, schema::Role role)
{
    if (!request.table)
        return Error{ErrorCode::Usage, Severity::Defect, QStringLiteral("A list needs a table."), {}};
    if (request.sortBy >= columnCount(*request.table) || (request.sortBy >= 0 && columnAt(*request.table, request.sortBy).type == Type::Blob))
        return Error{ErrorCode::Usage, Severity::Defect, QStringLiteral("This column cannot be sorted by."), {}};
    if (const auto may = domain::checkRead(role, *request.table); !may)
        return may.error();
    return std::nullopt;
}

storage::RecordQuery queryOf(const BrowseRequest &request)
{
    storage::RecordQuery q;
    q.table = request.table;
    for (const ColumnValue &w : request.where)
        q.where.push_back({w.column, w.value});
    q.marked = request.deleted == BrowseRequest::Deleted::Hidden ? storage::Marked::Hidden
        : request.deleted == BrowseRequest::Deleted::Too         ? storage::Marked::Too
                                                                 : storage::Marked::Only;
    q.orderBy = {request.sortBy < 0 ? storage::OrderBy{kUpdatedAt, true} : orderOf(*request.table, request.sortBy, request.descending)};
    q.limit = request.limit + 1;                      // one more tells whether there are more
    q.after = request.after;
    q.blobs = false;
    return q;
}

// The rows of one bill, where the role may read them.
Result<std::optional<domain::BillTotals>> totalsOf(Connection &connection, const Row &bill, schema::Role role)
{
    if (!domain::mayRead(role, tables::patient_bills) || !domain::mayRead(role, tables::bill_items) || !domain::mayRead(role, tables::payments))
        return std::nullopt;
    const auto of = [&](const Table &table) {
        const storage::Condition same{findColumn(table, "bill_id"), bill.id};
        return storage::findRows(connection, table, std::span(&same, 1), kMostOfBill);
    };
    const auto totals = domain::billTotals(bill, of(tables::bill_items), of(tables::payments));
    if (!totals)
        return tl::unexpected(totals.error());
    return *totals;
}

std::optional<Row> billOf(Connection &connection, const Table &table, const Row &row)
{
    if (&table == &tables::patient_bills)
        return row;
    const int column = &table == &tables::bill_items || &table == &tables::payments ? findColumn(table, "bill_id") : -1;
    return column < 0 || isNull(row[column]) ? std::nullopt : storage::readRow(connection, tables::patient_bills, toUuid(row[column]));
}

// The second line of a choice: what a list shows first and the name does not hold.
QString detailOf(Labeller &labels, const Table &table, const Row &row)
{
    QStringList parts;
    for (const std::string_view name : table.list)
        if (std::ranges::find(table.label, name) == table.label.end() && parts.size() < kDetailColumns)
            if (QString words = labels.words(table, row, findColumn(table, name)); !words.isEmpty())
                parts.append(std::move(words));
    return parts.join(QStringLiteral(" · "));
}

std::vector<Row> choices(Connection &connection, storage::SearchVocabulary &vocabulary, const Table &table, const QString &typed, int limit, schema::Role role)
{
    const auto mayRead = [role](const Table &other) { return domain::mayRead(role, other); };
    if (&table == &tables::patients && !typed.trimmed().isEmpty()) {      // as the search box finds them
        std::vector<Row> rows;
        for (storage::SearchHit &hit : storage::search(connection, vocabulary, {.text = typed, .limit = limit, .onlyPatients = true, .mayShow = mayRead}).hits)
            rows.push_back(std::move(hit.row));
        return rows;
    }
    storage::RecordQuery q;
    q.table = &table;
    q.limit = limit;
    q.blobs = false;
    q.notFalse = findColumn(table, "active");
    const int folded = findColumn(table, "folded_name"), first = findColumn(table, table.label.front());
    q.orderBy = {folded >= 0 ? storage::OrderBy{folded} : columnAt(table, first).type == Type::Text ? orderOf(table, first, false) : storage::OrderBy{kUpdatedAt, true}};
    const storage::TextFilter filter(typed, mayRead);
    return filter.empty() && !q.orderBy.front().folded ? storage::listRows(connection, q) : storage::scanRows(connection, q, filter).rows;
}

} // namespace

Result<BrowsePage> browsePage(Connection &connection, const BrowseRequest &request, schema::Role role)
{
    if (const auto no = cannotBrowse(request, role))
        return tl::unexpected(*no);
    storage::RecordQuery q = queryOf(request);
    BrowsePage page;
    const storage::TextFilter filter(request.filter, [role](const Table &table) { return domain::mayRead(role, table); });
    if (filter.empty() && walksAnIndex(*request.table, request.sortBy)) {
        page.total = storage::countUpTo(connection, q, BrowsePage::kMostCounted);
        page.rows = storage::listRows(connection, q);
    } else {
        storage::Scanned scanned = storage::scanRows(connection, q, filter);
        page.total = std::min(scanned.total, BrowsePage::kMostCounted);
        page.rows = std::move(scanned.rows);
    }
    page.more = static_cast<int>(page.rows.size()) > request.limit;
    if (page.more)
        page.rows.pop_back();
    Labeller labels(connection, role);
    for (const Row &row : page.rows)
        labels.add(*request.table, row);
    page.labels = labels.take();
    return page;
}

Result<RecordCard> recordCardOf(Connection &connection, const Table &table, const Uuid &id, schema::Role role)
{
    if (const auto may = domain::checkRead(role, table); !may)
        return tl::unexpected(may.error());
    auto row = storage::readRow(connection, table, id);
    if (!row)
        return fail(ErrorCode::NotFound, QStringLiteral("This record is not on this PC. It may have been taken back, or not have come yet."), id.toString());
    RecordCard card;
    Labeller labels(connection, role);
    labels.add(table, *row);
    card.labels = labels.take();
    if (const auto bill = billOf(connection, table, *row)) {
        const auto totals = totalsOf(connection, *bill, role);
        if (!totals)
            return tl::unexpected(totals.error());
        card.bill = *totals;
    }
    card.row = std::move(*row);
    return card;
}

QFuture<Result<BrowsePage>> Queries::browse(BrowseRequest request)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([request = std::move(request), role](Connection &connection) { return browsePage(connection, request, role); });
}

QFuture<Result<RecordCard>> Queries::recordCard(const Table &table, const Uuid &id)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([t = &table, id, role](Connection &connection) { return recordCardOf(connection, *t, id, role); });
}

QFuture<Result<std::vector<Pick>>> Queries::pick(const Table &table, QString typed, int limit)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([t = &table, typed, limit, role, vocabulary = m_replica.m_parts->vocabulary](Connection &connection) -> Result<std::vector<Pick>> {
        if (const auto may = domain::checkRead(role, *t); !may)
            return tl::unexpected(may.error());
        Labeller labels(connection, role);
        std::vector<Pick> picks;
        for (const Row &row : choices(connection, *vocabulary, *t, typed, limit, role))
            picks.push_back({row.id, labels.of(*t, row), detailOf(labels, *t, row)});
        return picks;
    });
}

} // namespace anteroom::node
