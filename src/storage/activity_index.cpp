#include "storage/activity_index.h"

#include "schema/tables/user_activity_log.h"
#include "storage/records.h"

#include <QCborStreamReader>

namespace anteroom::storage {

namespace {

constexpr const schema::Table &kLog = schema::tables::user_activity_log;
constexpr int kDetails = schema::col(kLog, "details"), kSubjectTable = schema::col(kLog, "subject_table"), kSubject = schema::col(kLog, "subject_id");

struct Subject {
    std::int64_t table = 0;
    Uuid id;
};

// The beginning of each item of the details, [[table, id, …]…]; what a change held in them is none of the index's business.
std::vector<Subject> subjectsOf(const schema::Blob &details)
{
    std::vector<Subject> subjects;
    QCborStreamReader reader(details);
    if (!reader.isArray() || !reader.enterContainer())
        return subjects;
    while (reader.hasNext() && reader.lastError() == QCborError::NoError) {
        if (!reader.isArray() || !reader.enterContainer() || !reader.isInteger())
            break;
        Subject subject{reader.toInteger(), {}};
        if (!reader.next() || !reader.isByteArray())
            break;
        const auto bytes = reader.readByteArray();
        if (bytes.status != QCborStreamReader::Ok || bytes.data.size() != static_cast<qsizetype>(subject.id.bytes.size()))
            break;
        std::copy(bytes.data.cbegin(), bytes.data.cend(), reinterpret_cast<char *>(subject.id.bytes.data()));
        subjects.push_back(subject);
        if (reader.readByteArray().status != QCborStreamReader::EndOfString)
            break;
        while (reader.hasNext() && reader.lastError() == QCborError::NoError)
            reader.next();
        if (!reader.leaveContainer())
            break;
    }
    return subjects;
}

void put(Connection &connection, std::int64_t pk, const schema::Blob &details, std::int64_t subjectTable, const Uuid &subjectId)
{
    std::vector<Subject> subjects = subjectsOf(details);
    if (subjects.empty() && !subjectId.isNull())
        subjects.push_back({subjectTable, subjectId});
    for (const Subject &subject : subjects) {
        Statement entry(connection, "INSERT INTO activity_row(tbl,id,activity) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING");
        entry.bindInt(1, subject.table).bindUuid(2, subject.id).bindInt(3, pk).run();
    }
}

} // namespace

void indexActivity(Transaction &transaction, const schema::Row &activity)
{
    std::int64_t pk = 0;
    {
        Statement find(transaction.connection(), "SELECT pk FROM user_activity_log WHERE id=?1");
        find.bindUuid(1, activity.id);
        if (!find.step())
            return;
        pk = find.integer(0);
    }
    const auto *details = std::get_if<schema::Blob>(&activity[kDetails]);
    put(transaction.connection(), pk, details ? *details : schema::Blob(), schema::toInt(activity[kSubjectTable]), schema::toUuid(activity[kSubject]));
}

void indexActivities(Transaction &transaction)
{
    Connection &connection = transaction.connection();
    Statement all(connection, "SELECT pk,details,subject_table,subject_id FROM user_activity_log");
    while (all.step())
        put(connection, all.integer(0), all.isNull(1) ? schema::Blob() : all.blob(1).toByteArray(), all.integer(2), all.isNull(3) ? Uuid{} : all.uuid(3));
}

std::vector<schema::Row> activitiesOf(Connection &connection, const schema::Table &table, const Uuid &id, int limit)
{
    const TableStatements &sql = connection.statements(kLog);
    Statement statement(connection, "SELECT " + sql.columnList + " FROM " + sql.quotedName
                                        + " WHERE pk IN (SELECT activity FROM activity_row WHERE tbl=?1 AND activity_row.id=?2)"
                                          " ORDER BY \"at\" DESC, pk DESC LIMIT ?3");
    statement.bindInt(1, table.number).bindUuid(2, id).bindInt(3, limit);
    std::vector<schema::Row> rows;
    while (statement.step())
        rows.push_back(currentRow(statement, sql));
    return rows;
}

} // namespace anteroom::storage
