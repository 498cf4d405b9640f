#include "storage/connection.h"

#include "storage/sql_error.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QUrl>
#include <QVariant>

#include <sqlite3.h>

#include <atomic>

namespace anteroom::storage {

namespace {

// QtSql keeps connections by name for the whole process; the number only keeps the names apart.
QString uniqueName()
{
    static std::atomic<quint64> next{0};
    return QStringLiteral("anteroom-%1").arg(next.fetch_add(1));
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const QString &path, Mode mode, const OpenOptions &options)
{
    auto opened = openAs(path, mode, options, false);
    if (opened || mode == Mode::ReadWrite || !options.vfs.isEmpty() || opened.error().code == ErrorCode::Busy
        || QFileInfo(path + QStringLiteral("-wal")).size() > 0)
        return opened;
    auto still = openAs(path, mode, options, true);
    return still ? std::move(still) : std::move(opened);
}

Result<std::unique_ptr<Connection>> Connection::openAs(const QString &path, Mode mode, const OpenOptions &options, bool immutable)
{
    std::unique_ptr<Connection> connection(new Connection(path, mode));
    if (auto opened = connection->openHandle(options, immutable); !opened)
        return tl::unexpected(opened.error());
    try {
        if (auto ours = connection->checkOwner(); !ours)
            return tl::unexpected(ours.error());
        if (auto set = connection->configure(options); !set)
            return tl::unexpected(set.error());
    } catch (const SqlError &e) {
        Error error = e.error();
        error.subject = path;
        return tl::unexpected(std::move(error));
    }
    connection->m_ready = true;
    return connection;
}

Result<void> Connection::openHandle(const OpenOptions &options, bool immutable)
{
    m_name = uniqueName();
    QString file = m_path;
    QString openOptions = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(options.busyTimeoutMs);
    if (m_mode == Mode::ReadOnly)
        openOptions += u";QSQLITE_OPEN_READONLY";
    if (!options.vfs.isEmpty()) {
        openOptions += u";QSQLITE_OPEN_URI";
        file = QUrl::fromLocalFile(m_path).toString(QUrl::FullyEncoded) + u"?vfs=" + options.vfs;
    } else if (immutable) {
        openOptions += u";QSQLITE_OPEN_URI";
        file = QUrl::fromLocalFile(QFileInfo(m_path).absoluteFilePath()).toString(QUrl::FullyEncoded) + u"?immutable=1";
    }
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    database.setConnectOptions(openOptions);
    database.setDatabaseName(file);
    if (!database.open()) {
        const int code = database.lastError().nativeErrorCode().toInt();
        return tl::unexpected(database.driver() && database.isValid()
                                  ? sqliteError(code ? code : SQLITE_CANTOPEN, nullptr, QStringLiteral("Opening the database"))
                                  : Error{ErrorCode::Failed, Severity::Failure, QStringLiteral("Qt's SQLite driver is missing. Install the package libqt6sql6-sqlite.")});
    }
    const QVariant handle = database.driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return fail(ErrorCode::Failed, QStringLiteral("Qt's SQLite driver gives no SQLite handle. Install the package libqt6sql6-sqlite."));
    m_handle = *static_cast<sqlite3 *const *>(handle.constData());
    sqlite3_extended_result_codes(m_handle, 1);
    return {};
}

Connection::~Connection()
{
    m_tables.clear();
    for (auto &[sql, slot] : m_slots)
        sqlite3_finalize(slot->idle);
    m_slots.clear();
    if (m_name.isEmpty())
        return;
    {
        QSqlDatabase database = QSqlDatabase::database(m_name, false);
        database.close();
    }
    QSqlDatabase::removeDatabase(m_name);
}

// Before anything is written: is the file ours, or empty?
Result<void> Connection::checkOwner()
{
    const std::int64_t owner = pragma("application_id");
    if (owner == kApplicationId)
        return {};
    const bool empty = pragma("schema_version") == 0 && pragma("page_count") <= 1;
    if (owner == 0 && empty && m_mode == Mode::ReadWrite)
        return setChecked("application_id", kApplicationId);
    return fail(ErrorCode::Io, QStringLiteral("The file is a database of another program, not of Anteroom. Choose another data folder."), m_path);
}

Result<void> Connection::setChecked(std::string_view name, std::int64_t value)
{
    execute("PRAGMA " + std::string(name) + '=' + std::to_string(value));
    if (pragma(name) == value)
        return {};
    return fail(ErrorCode::Failed, QStringLiteral("SQLite does not take the setting %1; this build of SQLite cannot hold the clinic's data.")
                                       .arg(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))), m_path);
}

Result<void> Connection::configure(const OpenOptions &options)
{
    const bool writes = m_mode == Mode::ReadWrite;
    if (writes) {
        Statement wal(*this, "PRAGMA journal_mode=WAL");
        if (!wal.step() || wal.text(0) != "wal")
            return fail(ErrorCode::Io, QStringLiteral("The data folder does not support SQLite's WAL mode. Put the data on a local disk, not on a network share."), m_path);
    }
    struct { std::string_view name; std::int64_t value; } const pragmas[] = {
        {"trusted_schema", 0},
        {"busy_timeout", options.busyTimeoutMs},
        {"foreign_keys", 1},
        {"synchronous", 2},
        {"wal_autocheckpoint", 0},
        {"page_size", kPageBytes},
        {"journal_size_limit", kWalFileBytes},
        {"cache_size", writes ? -kWriterCacheKib : -kReaderCacheKib},
        {"temp_store", 2},
        {"recursive_triggers", 0},
        {"query_only", writes ? 0 : 1},
    };
    for (const auto &p : pragmas)
        if (auto set = setChecked(p.name, p.value); !set)
            return set;
    sqlite3_wal_hook(m_handle, [](void *self, sqlite3 *, const char *, int frames) {
        static_cast<Connection *>(self)->m_walFrames = frames;
        return SQLITE_OK;
    }, this);
    int defensive = 0, noCheckpoint = 0;
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &defensive);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, writes ? 0 : 1, &noCheckpoint);
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, 0);
    if (defensive != 1 || sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, -1) != 0)
        return fail(ErrorCode::Failed, QStringLiteral("SQLite does not take its defensive settings; this build of SQLite cannot hold the clinic's data."), m_path);
    return {};
}

void Connection::execute(std::string_view sql)
{
    const std::string text(sql);
    const int rc = sqlite3_exec(m_handle, text.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK)
        throwSqliteError(rc, m_handle, QStringLiteral("A database command"));
}

std::int64_t Connection::pragma(std::string_view name)
{
    Statement statement(*this, "PRAGMA " + std::string(name));
    return statement.step() ? statement.integer(0) : 0;
}

void Connection::setDurability(Durability durability)
{
    if (durability == m_durability)
        return;
    if (inTransaction())
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("Durability can only be switched between transactions.")});
    if (auto set = setChecked("synchronous", durability == Durability::Full ? 2 : 1); !set)
        throw SqlError(set.error());
    m_durability = durability;
}

void Connection::setForeignKeys(bool on)
{
    if (on == m_foreignKeys)
        return;
    if (inTransaction())
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("Foreign keys can only be switched between transactions.")});
    if (auto set = setChecked("foreign_keys", on ? 1 : 0); !set)
        throw SqlError(set.error());
    m_foreignKeys = on;
}

CheckpointResult Connection::checkpoint(bool truncate)
{
    CheckpointResult result;
    const int rc = sqlite3_wal_checkpoint_v2(m_handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                                             &result.walFrames, &result.copied);
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)      // busy: readers hold the rest back until the next time
        throwSqliteError(rc, m_handle, QStringLiteral("Writing the log into the database"));
    if (rc == SQLITE_OK && result.copied == result.walFrames)
        m_walFrames = 0;                                   // the next commit begins the log again
    return result;
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void Connection::interrupt()
{
    sqlite3_interrupt(m_handle);
}

// SQLite may roll back by itself (disk full, I/O). A statement that follows must not run as a transaction of its own.
void Connection::requireTransaction(bool writes)
{
    if (inTransaction() || !m_ready)
        return;
    if (m_inScope)
        throw SqlError({ErrorCode::Io, Severity::Failure, QStringLiteral("The transaction was rolled back by an earlier failure; nothing was changed.")});
    if (writes)
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("A write was tried outside of a transaction; nothing was changed.")});
}

StatementSlot &Connection::slot(std::string_view sql)
{
    if (const auto found = m_slots.find(sql); found != m_slots.end())
        return *found->second;
    if (++m_sinceDrop >= kStatementCacheLimit) {
        dropIdleStatements();
        m_sinceDrop = 0;
    }
    auto slot = std::make_unique<StatementSlot>();
    slot->sql = sql;
    StatementSlot &result = *slot;
    m_slots.emplace(result.sql, std::move(slot));
    return result;
}

// The prepared forms go, the places stay: leases and generated SQL point at them.
void Connection::dropIdleStatements()
{
    for (auto &[sql, slot] : m_slots) {
        sqlite3_finalize(slot->idle);
        slot->idle = nullptr;
    }
}

const TableStatements &Connection::statements(const schema::Table &table)
{
    if (const auto found = m_tables.find(&table); found != m_tables.end())
        return found->second;
    TableStatements made;
    made.quotedName = '"' + std::string(table.name) + '"';
    made.columnList = "\"id\"";
    std::string marks = "?1", updates;
    for (int i = 0; i < schema::columnCount(table); ++i) {
        const schema::Column &column = schema::columnAt(table, i);
        const std::string name = '"' + std::string(column.name) + '"';
        made.types.push_back(column.type);
        made.columnList += ',' + name;
        marks += ",?" + std::to_string(i + 2);
        updates += (i ? "," : "") + name + "=excluded." + name;
    }
    made.read = &slot("SELECT " + made.columnList + " FROM " + made.quotedName + " WHERE \"id\"=?1");
    made.upsert = &slot("INSERT INTO " + made.quotedName + '(' + made.columnList + ") VALUES(" + marks + ") ON CONFLICT(\"id\") DO UPDATE SET " + updates);
    made.erase = &slot("DELETE FROM " + made.quotedName + " WHERE \"id\"=?1");
    return m_tables.emplace(&table, std::move(made)).first->second;
}

} // namespace anteroom::storage
