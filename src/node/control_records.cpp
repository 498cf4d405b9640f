#include "node/control_records.h"

#include "core/clock.h"
#include "core/random.h"
#include "core/when_ready.h"
#include "domain/permissions.h"
#include "node/control_listing.h"
#include "schema/registry.h"
#include "schema/tables/users.h"
#include "schema/validation.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

constexpr int kMaxList = 10'000'000;      // no limit was asked for
constexpr int kMaxUsers = 10'000;
constexpr int kTries = 5;                 // put without --old, against others who save the same row

Result<const schema::Table *> tableOf(const QJsonObject &request)
{
    const QString name = request.value("table"_L1).toString();
    if (const schema::Table *table = schema::findTable(name.toStdString()))
        return table;
    return fail(ErrorCode::Usage, u"There is no table \"%1\""_s.arg(name), name);
}

Result<int> columnOf(const schema::Table &table, const QString &name)
{
    const int column = schema::findColumn(table, name.toStdString());
    if (column < 0)
        return fail(ErrorCode::Invalid, u"Table %1 has no column \"%2\""_s.arg(QString::fromUtf8(table.name.data(), qsizetype(table.name.size())), name), name);
    return column;
}

// VALUE of --where as JSON of the column's type; what the type cannot hold stays text and is refused by it.
QJsonValue jsonOfWords(const schema::Column &column, const QString &words)
{
    if (words.isEmpty())
        return QJsonValue::Null;
    bool ok = false;
    switch (column.type) {
    case schema::Type::Integer:
    case schema::Type::Money:
        if (const qint64 number = words.toLongLong(&ok); ok)
            return number;
        break;
    case schema::Type::Real:
        if (const double number = words.toDouble(&ok); ok)
            return number;
        break;
    case schema::Type::Boolean:
        if (words == "1"_L1 || words == "true"_L1)
            return true;
        if (words == "0"_L1 || words == "false"_L1)
            return false;
        break;
    default:
        break;
    }
    return words;
}

Result<std::vector<schema::ColumnValue>> conditions(const schema::Table &table, const QJsonArray &where)
{
    std::vector<schema::ColumnValue> parsed;
    for (const QJsonValue &entry : where) {
        const QString text = entry.toString();
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return fail(ErrorCode::Usage, u"--where takes COLUMN=VALUE, not \"%1\""_s.arg(text));
        if (text.startsWith("id="_L1))
            return fail(ErrorCode::Usage, u"--where does not take id; one row is read with: record get TABLE ID"_s);
        const auto column = columnOf(table, text.left(equals));
        if (!column)
            return tl::unexpected(Error{ErrorCode::Usage, Severity::Failure, column.error().detail, column.error().subject});
        const schema::Column &description = schema::columnAt(table, *column);
        auto value = schema::valueFromJson(description, jsonOfWords(description, text.mid(equals + 1)));
        if (!value)
            return tl::unexpected(value.error());
        parsed.push_back({*column, std::move(*value)});
    }
    return parsed;
}

Result<Uuid> idOf(const QString &text)
{
    if (const auto id = Uuid::fromString(text))
        return *id;
    return fail(ErrorCode::Usage, u"\"%1\" is no id; an id looks like 0190c5a8-7a31-7c1e-9d42-0a6f3b1c5d20"_s.arg(text), text);
}

Error notThere(const schema::Table &table, const Uuid &id)
{
    return {ErrorCode::NotFound, Severity::Failure,
            u"%1 has no row %2; list its rows with: record list %1"_s.arg(QString::fromUtf8(table.name.data(), qsizetype(table.name.size())), id.toString()), id.toString()};
}

// One put or delete, from request to answer. Kept alive by the continuations that wait for it.
class Edit final : public std::enable_shared_from_this<Edit> {
public:
    Edit(Replica &replica, QObject *context, const ControlAnswer &answer) : m_replica(replica), m_context(context), m_answer(answer) {}

    void start(const QJsonObject &request, bool erase)
    {
        m_erase = erase;
        if (const auto read = readRequest(request); !read)
            return m_answer.done(tl::unexpected(read.error()));
        findActor(m_replica, m_context, request.value("as"_L1).toString(), [self = shared_from_this()](const Result<session::Session> &who) {
            if (!who)
                return self->m_answer.done(tl::unexpected(who.error()));
            self->m_who = *who;
            self->readRow();
        });
    }

private:
    Result<void> readRequest(const QJsonObject &request)
    {
        const auto table = tableOf(request);
        if (!table)
            return tl::unexpected(table.error());
        m_table = *table;
        m_values = request.value("values"_L1).toObject();
        if (request.contains("old"_L1))
            m_old = request.value("old"_L1).toObject();
        const QString inside = m_values.value("id"_L1).toString();
        const QString outside = request.value("id"_L1).toString();
        if (!inside.isEmpty() && !outside.isEmpty() && inside != outside)
            return fail(ErrorCode::Usage, u"The JSON names another id than the command"_s, u"id"_s);
        m_values.remove("id"_L1);
        if (const QString text = outside.isEmpty() ? inside : outside; !text.isEmpty()) {
            const auto id = idOf(text);
            if (!id)
                return tl::unexpected(id.error());
            m_id = *id;
            return {};
        }
        return makeId();
    }

    Result<void> makeId()
    {
        if (m_table->naturalKey.empty()) {
            SystemRandom random;
            m_id = uuidV7(SystemClock(), random);
            return {};
        }
        std::vector<std::string> key;
        for (const std::string_view name : m_table->naturalKey) {
            const int column = schema::findColumn(*m_table, name);
            const QString columnName = QString::fromUtf8(name.data(), qsizetype(name.size()));
            const auto value = schema::valueFromJson(schema::columnAt(*m_table, column), m_values.value(columnName));
            if (!value)
                return tl::unexpected(value.error());
            if (schema::isNull(*value))
                return fail(ErrorCode::Invalid, u"A new row needs %1, because it is known by it"_s.arg(columnName), columnName);
            key.push_back(schema::valueToJson(schema::columnAt(*m_table, column), *value).toVariant().toString().toStdString());
        }
        m_id = schema::naturalId(*m_table, key);
        return {};
    }

    void readRow()
    {
        whenReady(m_replica.queries().record(*m_table, m_id), m_context, [self = shared_from_this()](const Result<std::optional<schema::Row>> &row) {
            if (!row)
                return self->m_answer.done(tl::unexpected(row.error()));
            self->m_now = *row;
            self->write();
        });
    }

    void write()
    {
        if (m_now && m_now->deleted())
            return m_answer.done(fail(ErrorCode::Refused, u"The row was deleted; nothing was changed"_s, m_id.toString()));
        if (!m_now && m_erase)
            return m_answer.done(tl::unexpected(notThere(*m_table, m_id)));
        if (!m_now && m_old)
            return m_answer.done(tl::unexpected(notThere(*m_table, m_id)));
        const auto change = makeChange();
        if (!change)
            return m_answer.done(tl::unexpected(change.error()));
        if (change->op == schema::Op::Update && change->groups.empty())
            return nothingToChange();
        Act act{m_erase ? u"record.delete"_s.toStdString() : std::string(m_now ? "record.change" : "record.add"), {*change}, m_who.user, m_who.role};
        if (!m_now && m_table->name == "active_patient_queue")
            return takeTicket(std::move(act));
        whenReady(m_replica.commands().save(std::move(act)), m_context, [self = shared_from_this()](const Result<SaveOutcome> &outcome) {
            self->saved(outcome);
        });
    }

    Result<schema::Change> makeChange()
    {
        m_shown = m_now.value_or(schema::emptyRow(*m_table, m_id));
        if (m_erase)
            return schema::makeDelete(*m_table, m_shown, {});
        if (m_old)
            if (const auto old = readOld(); !old)
                return tl::unexpected(old.error());
        std::vector<schema::ColumnValue> values;
        for (auto it = m_values.begin(); it != m_values.end(); ++it) {
            const auto column = columnOf(*m_table, it.key());
            if (!column)
                return tl::unexpected(column.error());
            const schema::Column &description = schema::columnAt(*m_table, *column);
            auto value = schema::valueFromJson(description, it.value());
            if (!value)
                return tl::unexpected(value.error());
            if (description.group != schema::kHostFilled)
                values.push_back({*column, std::move(*value)});
            else if (*value != m_shown[*column] && !(schema::isNull(*value) && !m_now))
                return fail(ErrorCode::Invalid, u"%1 is filled by Anteroom; leave it out"_s.arg(it.key()), it.key());
        }
        m_named = values;
        return m_now ? schema::makeUpdate(*m_table, m_shown, values) : schema::makeInsert(*m_table, m_id, values);
    }

    // The row as the caller saw it; columns that --old leaves out are taken as they are.
    Result<void> readOld()
    {
        for (auto it = m_old->begin(); it != m_old->end(); ++it) {
            if (it.key() == "id"_L1)
                continue;
            const auto column = columnOf(*m_table, it.key());
            if (!column)
                return tl::unexpected(column.error());
            auto value = schema::valueFromJson(schema::columnAt(*m_table, *column), it.value());
            if (!value)
                return tl::unexpected(value.error());
            m_shown[*column] = std::move(*value);
        }
        return {};
    }

    // What was asked for is what the caller saw; is it also what is there?
    void nothingToChange()
    {
        for (const schema::ColumnValue &named : m_named)
            if ((*m_now)[named.column] != m_shown[named.column])
                return differs(*m_now);
        m_answer.done(QJsonObject{{u"row"_s, schema::rowToJson(*m_table, *m_now)}});
    }

    void saved(const Result<SaveOutcome> &outcome)
    {
        if (!outcome)
            return m_answer.done(tl::unexpected(outcome.error()));
        if (outcome->saved && !outcome->rows.empty())
            return m_answer.done(QJsonObject{{u"row"_s, schema::rowToJson(*m_table, outcome->rows.front())}});
        if (outcome->saved)
            return m_answer.done(QJsonObject{});
        if (!m_old && ++m_tries < kTries)
            return readRow();                                  // somebody saved between our reading and our saving
        differs(outcome->rows.empty() ? m_shown : outcome->rows.front());
    }

    void differs(const schema::Row &now)
    {
        m_answer.done(QJsonObject{{u"differs"_s, true}, {u"old"_s, schema::rowToJson(*m_table, m_shown)}, {u"now"_s, schema::rowToJson(*m_table, now)}});
    }

    void takeTicket(Act act)
    {
        whenReady(m_replica.commands().takeTicket(std::move(act)), m_context, [self = shared_from_this()](const Result<ClaimOutcome> &outcome) {
            if (!outcome)
                return self->m_answer.done(tl::unexpected(outcome.error()));
            whenReady(self->m_replica.queries().record(*self->m_table, self->m_id), self->m_context, [self](const Result<std::optional<schema::Row>> &row) {
                if (!row || !*row)
                    return self->m_answer.done(tl::unexpected(row ? notThere(*self->m_table, self->m_id) : row.error()));
                self->m_answer.done(QJsonObject{{u"row"_s, schema::rowToJson(*self->m_table, **row)}});
            });
        });
    }

    Replica &m_replica;
    QObject *m_context;
    ControlAnswer m_answer;
    const schema::Table *m_table = nullptr;
    Uuid m_id;
    session::Session m_who;
    bool m_erase = false;
    QJsonObject m_values;
    std::optional<QJsonObject> m_old;
    std::optional<schema::Row> m_now;
    schema::Row m_shown;
    std::vector<schema::ColumnValue> m_named;
    int m_tries = 0;
};

} // namespace

void findActor(Replica &replica, QObject *context, const QString &name, std::function<void(const Result<session::Session> &)> next)
{
    constexpr const schema::Table &users = schema::tables::users;
    if (name.isEmpty())
        return next(replica.session().session());
    ListRequest request;
    request.table = &users;
    request.limit = kMaxUsers;
    whenReady(replica.queries().list(std::move(request)), context, [name, next = std::move(next)](const Result<std::vector<schema::Row>> &rows) {
        if (!rows)
            return next(tl::unexpected(rows.error()));
        for (const int column : {schema::col(users, "login"), schema::col(users, "name"), schema::col(users, "short_name")})
            for (const schema::Row &row : *rows)
                if (schema::toQString(row[column]) == name && schema::toInt(row[schema::col(users, "active")], 1) != 0)
                    if (const auto role = domain::role(schema::toText(row[schema::col(users, "role")])))
                        return next(session::Session{row.id, schema::toQString(row[schema::col(users, "name")]), *role});
        next(fail(ErrorCode::Refused, u"Nobody of that name works in this clinic; --as takes the name of a users row"_s, u"as"_s));
    });
}

namespace {

// Goes on where the person of the request may read the table.
void whereReadable(Replica &replica, QObject *context, const QJsonObject &request, const schema::Table &table, const ControlAnswer &answer, std::function<void()> next)
{
    findActor(replica, context, request.value("as"_L1).toString(), [&table, answer, next = std::move(next)](const Result<session::Session> &who) {
        const Result<void> may = who ? domain::checkRead(who->role, table) : tl::unexpected(who.error());
        if (!may)
            return answer.done(tl::unexpected(may.error()));
        next();
    });
}

} // namespace

void controlList(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer)
{
    const auto table = tableOf(request);
    if (!table)
        return answer.done(tl::unexpected(table.error()));
    auto where = conditions(**table, request.value("where"_L1).toArray());
    if (!where)
        return answer.done(tl::unexpected(where.error()));
    ListRequest list;
    list.table = *table;
    list.where = std::move(*where);
    const int left = request.value("limit"_L1).toInt(kMaxList);
    whereReadable(replica, context, request, **table, answer, [&replica, context, list = std::move(list), left, answer] {
        listByPages(replica, context, list, left, answer);
    });
}

void controlGet(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer)
{
    const auto table = tableOf(request);
    if (!table)
        return answer.done(tl::unexpected(table.error()));
    const auto id = idOf(request.value("id"_L1).toString());
    if (!id)
        return answer.done(tl::unexpected(id.error()));
    whereReadable(replica, context, request, **table, answer, [&replica, context, table = *table, id = *id, answer] {
        whenReady(replica.queries().record(*table, id), context, [table, id, answer](const Result<std::optional<schema::Row>> &row) {
            if (!row)
                return answer.done(tl::unexpected(row.error()));
            if (!*row)
                return answer.done(tl::unexpected(notThere(*table, id)));
            answer.done(schema::rowToJson(*table, **row));
        });
    });
}

void controlPut(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer)
{
    std::make_shared<Edit>(replica, context, answer)->start(request, false);
}

void controlDelete(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer)
{
    std::make_shared<Edit>(replica, context, answer)->start(request, true);
}

} // namespace anteroom::node
