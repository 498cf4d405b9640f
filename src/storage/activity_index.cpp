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

} // namespace

void indexActivity(Transaction &transaction, const schema::Row &activity)
{
    Connection &connection = transaction.connection();
    std::int64_t pk = 0;
    {
        Statement find(connection, "SELECT pk FROM user_activity_log WHERE id=?1");
        find.bindUuid(1, activity.id);
        if (!find.step())
            return;
        pk = find.integer(0);
    }
    std::vector<Subject> subjects;
    if (const auto *details = std::get_if<schema::Blob>(&activity[kDetails]))
        subjects = subjectsOf(*details);
    if (subjects.empty() && !schema::isNull(activity[kSubject]))
        subjects.push_back({schema::toInt(activity[kSubjectTable]), schema::toUuid(activity[kSubject])});
    for (const Subject &subject : subjects) {
        Statement put(connection, "INSERT INTO activity_row(tbl,id,activity) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING");
        put.bindInt(1, subject.table).bindUuid(2, subject.id).bindInt(3, pk).run();
    }
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
