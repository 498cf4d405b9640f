#include "exchange/code_list.h"

#include "exchange/import_writer.h"
#include "schema/tables/code_concepts.h"

#include <QIODevice>
#include <QRegularExpression>

#include <unordered_set>

namespace anteroom::exchange {
namespace {

using schema::col;
using schema::ColumnValue;
namespace tables = schema::tables;
const auto &t = tables::code_concepts;

constexpr int kSystem = col(t, "system"), kCode = col(t, "code"), kTitle = col(t, "title"), kVersion = col(t, "version"),
              kBillable = col(t, "billable"), kActive = col(t, "active");
constexpr qint64 kMaxCodeLine = 4096;
constexpr int kPage = 20'000;                        // rows of the list that are read at a time
constexpr int kProgressEvery = 500;

class Codes {
public:
    Codes(const CodeList &list, ImportWriter &writer) : m_list(list), m_version(list.version.toStdString()), m_writer(writer) {}

    Result<void> look();                             // what is here
    Result<void> take(const QByteArray &line, const BadLine &place);
    Result<void> retire();                           // what the list has no more

private:
    Result<void> update(const schema::Row &row, const std::vector<ColumnValue> &values);
    Result<void> forEachHere(const std::function<Result<void>(const schema::Row &)> &visit);
    void refuse(BadLine place, const QString &why)
    {
        place.why = why;
        m_writer.bad(place);
        m_writer.notTaken(m_list.type, why);
        m_whole = false;
    }
    TypeCount &count() { return m_writer.report().types[m_list.type]; }

    const CodeList &m_list;
    std::string m_version;
    ImportWriter &m_writer;
    std::string m_newest;                            // version of what is here
    int m_activeHere = 0;
    bool m_whole = true;                             // every line of the file could be read
    std::unordered_set<Uuid> m_seen;
};

Result<void> Codes::forEachHere(const std::function<Result<void>(const schema::Row &)> &visit)
{
    if (!m_writer.hooks().where)
        return {};
    Uuid after;
    for (;;) {
        const auto rows = m_writer.hooks().where(t, {kSystem, std::string(m_list.system)}, after, kPage);
        if (!rows)
            return tl::unexpected(rows.error());
        for (const schema::Row &row : *rows)
            if (const auto ok = visit(row); !ok)
                return ok;
        if (static_cast<int>(rows->size()) < kPage)
            return {};
        after = rows->back().id;
    }
}

Result<void> Codes::look()
{
    return forEachHere([this](const schema::Row &row) -> Result<void> {
        m_newest = std::max(m_newest, std::string(schema::toText(row[kVersion])));
        m_activeHere += !row.deleted() && schema::toInt(row[kActive]) != 0 ? 1 : 0;
        return {};
    });
}

Result<void> Codes::update(const schema::Row &row, const std::vector<ColumnValue> &values)
{
    std::vector<schema::Change> changes{schema::makeUpdate(t, row, values)};
    if (changes.front().groups.empty())
        return {};
    if (const auto ok = makeReady(changes); !ok)
        return ok;
    return m_writer.change(std::move(changes.front()));
}

Result<void> Codes::take(const QByteArray &line, const BadLine &place)
{
    const QList<QByteArray> parts = line.split('\t');
    if (parts.size() != 3 || parts[0].trimmed().isEmpty() || (parts[1] != "0" && parts[1] != "1")) {
        refuse(place, QStringLiteral("The line is not a code, 0 or 1, and words, with tabs between them."));
        return {};
    }
    const std::string code = parts[0].trimmed().toStdString();
    const Uuid id = schema::naturalId(t, {std::string(m_list.system), code});
    if (!m_seen.insert(id).second) {
        refuse(place, QStringLiteral("The code stands in the list twice."));
        return {};
    }
    const std::vector<ColumnValue> said{{kTitle, schema::text(QString::fromUtf8(parts[2].trimmed()))}, {kBillable, std::int64_t{parts[1] == "1"}},
        {kVersion, m_version}};
    std::vector<ColumnValue> all{{kSystem, std::string(m_list.system)}, {kCode, code}};
    all.insert(all.end(), said.begin(), said.end());
    std::vector<schema::Change> insert{schema::makeInsert(t, id, all)};
    if (const auto ok = makeReady(insert); !ok) {
        refuse(place, ok.error().detail);
        return {};
    }
    const auto row = m_writer.hooks().lookup(t, id);
    if (!row)
        return tl::unexpected(row.error());
    const bool here = row->has_value() && !(**row).deleted();
    if (here && std::string(schema::toText((**row)[kVersion])) < m_version) {
        std::vector<ColumnValue> values = said;
        if (std::string(schema::toText((**row)[kVersion])) < m_newest)      // the list before had it no more, this one has it again
            values.push_back({kActive, std::int64_t{1}});
        if (const auto ok = update(**row, values); !ok)
            return ok;
        m_writer.taken(m_list.type, ImportWriter::Put::Unchanged);
        ++count().changed;
        return {};
    }
    if (!*row && m_version < m_newest) {
        m_writer.notTaken(m_list.type, QStringLiteral("a newer list is here, which does not have it"));
        return {};
    }
    const auto put = m_writer.put(std::move(insert), id);
    if (!put)
        return tl::unexpected(put.error());
    m_writer.taken(m_list.type, *put);
    return {};
}

Result<void> Codes::retire()
{
    // The list that is here already was stopped before its end where there still was something of it to write.
    const bool goesOn = m_version == m_newest && (count().added > 0 || count().changed > 0);
    if (m_newest.empty() || m_version < m_newest || (m_version == m_newest && !goesOn))
        return {};
    if (!m_whole || 2 * static_cast<int>(m_seen.size()) < m_activeHere) {
        m_writer.report().notes.push_back(QStringLiteral("Codes that the file does not have were left as they are: the file is not whole, or has less than half of the codes that are here."));
        return {};
    }
    return forEachHere([this](const schema::Row &row) -> Result<void> {
        if (row.deleted() || schema::toInt(row[kActive]) == 0 || m_seen.contains(row.id) || std::string(schema::toText(row[kVersion])) >= m_version)
            return {};
        ++count().retired;
        return update(row, {{kActive, std::int64_t{0}}});
    });
}

} // namespace

bool isCodeList(QByteArrayView firstLine)
{
    return firstLine.toByteArray().trimmed().toLower() == "code\tbillable\tdescription";
}

QString versionInName(const QString &fileName)
{
    static const QRegularExpression year(QStringLiteral("(?<![0-9])20[0-9]{2}(?![0-9])"));
    return year.match(fileName.section(QLatin1Char('/'), -1)).captured();
}

Result<void> readCodes(QIODevice &file, const FilePlace &place, const CodeList &list, ImportWriter &writer)
{
    Codes codes(list, writer);
    if (const auto ok = codes.look(); !ok)
        return ok;
    QByteArray line;
    BadLine at{0, {}, false, place.name};
    std::int64_t bytes = 0;
    for (;;) {
        if (writer.cancelled())
            return {};
        const auto read = readLine(file, kMaxCodeLine, line, bytes);
        if (!read)
            return tl::unexpected(read.error());
        if (*read == Line::End)
            break;
        if (++at.number == 1 || (*read == Line::Read && line.trimmed().isEmpty()))
            continue;                                // the header; blank lines at the end
        if (at.number > kMaxCodes)
            return fail(ErrorCode::Invalid, QStringLiteral("The list has more than %1 lines; it is no list of diagnoses. What was read before stays.").arg(kMaxCodes));
        writer.setProgress(place.bytesBefore + bytes, place.bytesTotal);
        writer.setPlace(QStringLiteral("line %1").arg(at.number));
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        if (const auto ok = codes.take(line, at); !ok)     // one that is too long comes empty: no code
            return ok;
        if (at.number % kProgressEvery == 0)
            writer.tellProgress();
    }
    if (const auto ok = codes.retire(); !ok)
        return ok;
    return writer.flush();
}

} // namespace anteroom::exchange
