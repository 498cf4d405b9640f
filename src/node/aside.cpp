#include "node/aside.h"

#include "core/atomic_file.h"
#include "node/data_folder.h"
#include "schema/registry.h"
#include "schema/validation.h"
#include "storage/connection.h"
#include "storage/database_copy.h"
#include "storage/outbox.h"
#include "storage/sql_error.h"
#include "sync/codec.h"

#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

QString words(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString opName(schema::Op op)
{
    switch (op) {
    case schema::Op::Insert: return u"insert"_s;
    case schema::Op::Update: return u"update"_s;
    case schema::Op::Delete: return u"delete"_s;
    case schema::Op::Restore: break;
    }
    return u"restore"_s;
}

QJsonObject valuesToJson(const schema::Table &table, schema::GroupNo group, const std::vector<schema::Value> &values)
{
    QJsonObject json;
    const auto columns = schema::groupColumns(table, group);
    for (std::size_t i = 0; i < values.size() && i < columns.size(); ++i) {
        const schema::Column &column = schema::columnAt(table, columns[i]);
        json.insert(words(column.name), schema::valueToJson(column, values[i]));
    }
    return json;
}

Result<QByteArray> unsentLines(storage::Connection &connection, int &count)
{
    QByteArray lines;
    const auto items = storage::Outbox(connection).after(0, std::numeric_limits<int>::max());
    for (const storage::OutboxItem &item : items) {
        const auto entry = sync::decodeEntry(item.entry);
        if (!entry)
            return tl::unexpected(entry.error());
        lines += QJsonDocument(entryToJson(*entry)).toJson(QJsonDocument::Compact) + '\n';
        ++count;
    }
    return lines;
}

} // namespace

QJsonObject entryToJson(const schema::Entry &entry)
{
    QJsonArray changes;
    for (const schema::Change &change : entry.changes) {
        QJsonObject groups;
        for (const schema::GroupChange &part : change.groups) {
            const schema::Group *group = schema::findGroup(*change.table, part.group);
            groups.insert(group ? words(group->name) : QString::number(part.group),
                          QJsonObject{{u"old"_s, valuesToJson(*change.table, part.group, part.oldValues)},
                                      {u"new"_s, valuesToJson(*change.table, part.group, part.newValues)}});
        }
        changes.append(QJsonObject{{u"table"_s, words(change.table->name)}, {u"id"_s, change.id.toString()},
                                   {u"op"_s, opName(change.op)}, {u"groups"_s, groups}});
    }
    return {{u"uuid"_s, entry.uuid.toString()}, {u"act"_s, words(entry.act)},
            {u"at"_s, QDateTime::fromMSecsSinceEpoch(entry.at, Qt::UTC).toString(Qt::ISODateWithMs)},
            {u"changes"_s, changes}};
}

Result<Aside> saveAside(const QString &dataDir, std::int64_t nowMs)
{
    const QString stamp = QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(u"yyyyMMdd-HHmmss"_s);
    Aside aside{QDir(dataDir).filePath(u"aside-"_s + stamp), 0};
    for (int i = 2; QDir(aside.folder).exists(); ++i)
        aside.folder = QDir(dataDir).filePath(u"aside-%1-%2"_s.arg(stamp).arg(i));
    if (!QDir().mkpath(aside.folder) || !QFile::setPermissions(aside.folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(ErrorCode::Io, u"The folder %1 cannot be made, so nothing was changed; make room or give the right to write there"_s.arg(aside.folder), aside.folder);
    try {
        const auto connection = storage::Connection::open(databasePath(dataDir), storage::Mode::ReadOnly);
        if (!connection)
            return tl::unexpected(connection.error());
        if (const auto copied = storage::copyDatabase(**connection, QDir(aside.folder).filePath(u"anteroom.db"_s)); !copied)
            return tl::unexpected(copied.error());
        const auto lines = unsentLines(**connection, aside.unsent);
        if (!lines)
            return tl::unexpected(lines.error());
        if (const auto written = writeFileAtomically(QDir(aside.folder).filePath(u"unsent.ndjson"_s), *lines, FileMode::Private); !written)
            return tl::unexpected(written.error());
    } catch (const storage::SqlError &error) {
        return tl::unexpected(error.error());
    }
    return aside;
}

} // namespace anteroom::node
