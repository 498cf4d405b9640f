// Queries of the inbox: rows of sync_conflicts, sync_reviews and the refused pushes of this PC, decoded.

#include "node/inbox.h"

#include "domain/permissions.h"
#include "node/inbox_read.h"
#include "node/labels.h"
#include "node/replica.h"
#include "node/replica_parts.h"
#include "schema/registry.h"
#include "schema/tables/devices.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/users.h"
#include "storage/outbox.h"
#include "storage/record_query.h"
#include "sync/codec.h"
#include "sync/merge.h"

#include <algorithm>

namespace anteroom::node {

using namespace schema;
using storage::Connection;

namespace {

constexpr const Table &kConflicts = tables::sync_conflicts, &kReviews = tables::sync_reviews;

const Value &at(const Table &table, const Row &row, std::string_view column) { return row[findColumn(table, column)]; }

InboxBy by(Labeller &labels, const Value &user, const Value &device, const Value &when)
{
    return {toUuid(user), isNull(user) ? QString() : labels.of(tables::users, toUuid(user)),
            isNull(device) ? QString() : labels.of(tables::devices, toUuid(device)), toInt(when)};
}

const Table *subjectTable(const Row &conflict)
{
    const std::int64_t number = toInt(at(kConflicts, conflict, "subject_table"));
    return number > 0 && number <= UINT16_MAX ? findTable(static_cast<std::uint16_t>(number)) : nullptr;
}

// The closing words of a note stand in its last line, below what it said before.
void splitNote(QString note, bool open, InboxItem &item)
{
    const qsizetype end = open ? -1 : note.lastIndexOf(QLatin1Char('\n'));
    item.words = end < 0 ? note : note.left(end);
    item.closing = end < 0 ? QString() : note.mid(end + 1);
}

void addClosing(Labeller &labels, const Table &table, const Row &row, InboxItem &item)
{
    item.open = toText(at(table, row, "status")) == "open";
    item.how = toText(at(table, row, "resolution"));
    if (!item.open)
        item.closed = by(labels, at(table, row, "resolved_by"), Value{}, at(table, row, "resolved_at"));
}

InboxItem itemOfConflict(Labeller &labels, const Row &row)
{
    InboxItem item;
    item.id = row.id;
    item.rule = toText(at(kConflicts, row, "rule"));
    const std::int64_t group = toInt(at(kConflicts, row, "merge_group"));
    item.kind = !item.rule.empty() ? InboxKind::Check : group == sync::kWholeRow ? InboxKind::Deleted : InboxKind::Difference;
    item.group = static_cast<GroupNo>(group);
    item.table = subjectTable(row);
    item.subject = toUuid(at(kConflicts, row, "subject_id"));
    if (item.table)
        item.label = labels.of(*item.table, item.subject);
    item.mine = by(labels, at(kConflicts, row, "mine_user"), at(kConflicts, row, "mine_device"), at(kConflicts, row, "mine_at"));
    item.theirs = by(labels, at(kConflicts, row, "theirs_user"), at(kConflicts, row, "theirs_device"), at(kConflicts, row, "theirs_at"));
    if (item.mine.at == 0)
        item.mine.at = toInt(row[kCreatedAt]);
    addClosing(labels, kConflicts, row, item);
    splitNote(toQString(at(kConflicts, row, "note")), item.open, item);
    return item;
}

Entry entryOf(const QByteArray &bytes)
{
    auto entry = sync::decodeEntry(bytes);
    return entry ? std::move(*entry) : Entry{};              // of a newer program: it is named by its act and reason
}

QString nameOf(Connection &connection, Labeller &labels, const Entry &entry, const Change &change)
{
    std::optional<Row> row = storage::readRow(connection, *change.table, change.id);
    if (!row)
        sync::overlay(entry, change, row);                   // it was never taken: named by what was typed
    return row ? labels.of(*change.table, *row) : labels.of(*change.table, change.id);
}

// The record that a person would name it by: the first that is changed, else the first.
void nameAct(Connection &connection, Labeller &labels, const Entry &entry, schema::Role role, InboxItem &item)
{
    item.changes = static_cast<int>(entry.changes.size());
    for (const Change &c : entry.changes)
        if (!item.table && domain::mayRead(role, *c.table) && c.table->policy != MergePolicy::Compare) {
            item.table = c.table;
            item.subject = c.id;
            item.label = nameOf(connection, labels, entry, c);
        }
}

bool readable(const Entry &entry, schema::Role role)
{
    return entry.changes.empty() || std::ranges::any_of(entry.changes, [&](const Change &c) { return domain::mayRead(role, *c.table); });
}

InboxItem itemOfReview(Connection &connection, Labeller &labels, const Row &row, const Entry &entry, schema::Role role)
{
    InboxItem item;
    item.kind = InboxKind::Review;
    item.id = row.id;
    item.act = toText(at(kReviews, row, "act"));
    item.mine = by(labels, at(kReviews, row, "author_user"), at(kReviews, row, "author_device"), at(kReviews, row, "at"));
    addClosing(labels, kReviews, row, item);
    splitNote(toQString(at(kReviews, row, "why")), item.open || item.how != "dropped", item);
    nameAct(connection, labels, entry, role, item);
    return item;
}

InboxItem itemOfRefused(Connection &connection, Labeller &labels, const storage::RejectedItem &refused, const Entry &entry, schema::Role role)
{
    InboxItem item;
    item.kind = InboxKind::Refused;
    item.id = refused.entryUuid;
    item.open = refused.closedAt == 0;
    item.act = entry.act;
    item.words = QString::fromStdString(refused.why);
    item.mine = by(labels, idOrNull(entry.user), idOrNull(entry.device), Value{entry.at});
    if (entry.at == 0)
        item.mine.at = refused.at;
    item.how = refused.closedHow;
    item.closing = QString::fromStdString(refused.closedWhy);
    item.closed.at = refused.closedAt;
    nameAct(connection, labels, entry, role, item);
    return item;
}

std::vector<Row> rowsOf(Connection &connection, const Table &table, const InboxRequest &request, bool blobs)
{
    storage::RecordQuery q;
    q.table = &table;
    q.where = {{findColumn(table, "status"), std::string(request.closed ? "closed" : "open")}};
    q.orderBy = {{kUpdatedAt, true}};
    q.limit = request.limit + 1;
    q.blobs = blobs;
    return storage::listRows(connection, q);
}

void addReferences(Labeller &labels, const Table &table, const Row &row)
{
    for (int i = kStandardCount; i < columnCount(table); ++i)
        labels.addReference(table, i, row[i], &row);
}

// Values that nobody may read are not asked for: a difference is about one table, an act about several.
void addAct(Connection &connection, Labeller &labels, Entry entry, schema::Role role, InboxCard &card)
{
    card.elsewhere = static_cast<int>(std::erase_if(entry.changes, [&](const Change &c) { return !domain::mayRead(role, *c.table); }));
    for (const Change &c : entry.changes) {
        std::optional<Row> now = storage::readRow(connection, *c.table, c.id), typed = now;
        sync::overlay(entry, c, typed);
        for (const auto &row : {now, typed})
            if (row)
                addReferences(labels, *c.table, *row);
        card.names.push_back(nameOf(connection, labels, entry, c));
        card.nows.push_back(std::move(now));
    }
    card.entry = std::move(entry);
}

Error gone() { return {ErrorCode::NotFound, Severity::Failure, QStringLiteral("This is not on this PC any more."), {}}; }

Result<void> addPictures(Labeller &labels, InboxCard &card)
{
    const Table &table = *card.item.table;
    const auto columns = groupColumns(table, card.item.group);
    const auto read = [&](const char *column) -> Result<std::vector<Value>> {
        const auto *bytes = std::get_if<Blob>(&at(kConflicts, card.row, column));
        return bytes ? sync::decodeGroup(table, card.item.group, *bytes) : Result<std::vector<Value>>(std::vector<Value>(columns.size()));
    };
    for (const auto &[name, to] : {std::pair("base", &card.base), std::pair("mine", &card.mine), std::pair("theirs", &card.theirs)}) {
        auto values = read(name);
        if (!values)
            return tl::unexpected(values.error());
        for (std::size_t i = 0; i < columns.size(); ++i)
            labels.addReference(table, columns[i], (*values)[i], card.now ? &*card.now : nullptr);
        *to = std::move(*values);
    }
    const Group *group = findGroup(table, card.item.group);
    card.happened = group && group->kind == GroupKind::State;
    return {};
}

Result<InboxCard> cardOfConflict(Connection &connection, Labeller &labels, const Uuid &id, schema::Role role)
{
    auto row = storage::readRow(connection, kConflicts, id);
    if (!row)
        return tl::unexpected(gone());
    InboxCard card;
    card.item = itemOfConflict(labels, *row);
    card.row = std::move(*row);
    if (!card.item.table)
        return card;
    if (const auto may = domain::checkRead(role, *card.item.table); !may)
        return tl::unexpected(may.error());
    card.now = storage::readRow(connection, *card.item.table, card.item.subject);
    if (card.now)
        addReferences(labels, *card.item.table, *card.now);
    if (card.item.kind == InboxKind::Difference)
        if (auto read = addPictures(labels, card); !read)
            return tl::unexpected(read.error());
    return card;
}

Result<InboxCard> cardOfReview(Connection &connection, Labeller &labels, const Uuid &id, schema::Role role)
{
    auto row = storage::readRow(connection, kReviews, id);
    if (!row)
        return tl::unexpected(gone());
    const auto *bytes = std::get_if<Blob>(&at(kReviews, *row, "entry"));
    Entry entry = bytes ? entryOf(*bytes) : Entry{};
    InboxCard card;
    card.item = itemOfReview(connection, labels, *row, entry, role);
    card.row = std::move(*row);
    addAct(connection, labels, std::move(entry), role, card);
    return card;
}

Result<InboxCard> cardOfRefused(Connection &connection, Labeller &labels, const Uuid &id, schema::Role role)
{
    const auto refused = storage::Outbox(connection).rejected(id);
    if (!refused)
        return tl::unexpected(gone());
    Entry entry = entryOf(refused->entry);
    InboxCard card;
    card.item = itemOfRefused(connection, labels, *refused, entry, role);
    addAct(connection, labels, std::move(entry), role, card);
    return card;
}

} // namespace

Result<InboxList> inboxOf(Connection &connection, const InboxRequest &request, schema::Role role)
{
    InboxList list;
    Labeller labels(connection, role);
    const auto add = [&](bool may, const auto &item) {
        if (may)
            list.items.push_back(item());
        else
            ++list.elsewhere;
    };
    for (const Row &row : rowsOf(connection, kConflicts, request, false)) {
        const Table *table = subjectTable(row);
        add(!table || domain::mayRead(role, *table), [&] { return itemOfConflict(labels, row); });
    }
    for (const Row &row : rowsOf(connection, kReviews, request, true)) {
        const auto *bytes = std::get_if<Blob>(&at(kReviews, row, "entry"));
        const Entry entry = bytes ? entryOf(*bytes) : Entry{};
        add(readable(entry, role), [&] { return itemOfReview(connection, labels, row, entry, role); });
    }
    for (const storage::RejectedItem &refused : storage::Outbox(connection).rejected(request.limit + 1, request.closed)) {
        if ((refused.closedAt != 0) != request.closed)
            continue;
        const Entry entry = entryOf(refused.entry);
        add(readable(entry, role), [&] { return itemOfRefused(connection, labels, refused, entry, role); });
    }
    std::ranges::stable_sort(list.items, std::ranges::greater{}, [&](const InboxItem &i) { return request.closed ? i.closed.at : i.mine.at; });
    list.more = list.items.size() > static_cast<std::size_t>(request.limit);
    if (list.more)
        list.items.resize(static_cast<std::size_t>(request.limit));
    return list;
}

Result<InboxCard> inboxCardOf(Connection &connection, InboxKind kind, const Uuid &id, schema::Role role)
{
    Labeller labels(connection, role);
    auto card = kind == InboxKind::Refused  ? cardOfRefused(connection, labels, id, role)
                : kind == InboxKind::Review ? cardOfReview(connection, labels, id, role)
                                            : cardOfConflict(connection, labels, id, role);
    if (card)
        card->labels = labels.take();
    return card;
}

QFuture<Result<InboxList>> Queries::inbox(const InboxRequest &request)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([request, role](Connection &connection) { return inboxOf(connection, request, role); });
}

QFuture<Result<InboxCard>> Queries::inboxCard(InboxKind kind, const Uuid &id)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([kind, id, role](Connection &connection) { return inboxCardOf(connection, kind, id, role); });
}

} // namespace anteroom::node
