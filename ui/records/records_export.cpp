#include "ui/records/records_export.h"

#include "core/atomic_file.h"
#include "core/money.h"
#include "core/when_ready.h"
#include "ui/records/record_cells.h"

#include <QPromise>

namespace anteroom::ui {
namespace {

constexpr int kPageRows = 500;           // between two of them the window stays quick
constexpr char kMark[] = "\xEF\xBB\xBF"; // without it spreadsheets read UTF-8 as the PC's old code page

QString guarded(const QString &text)     // OWASP, "CSV injection"
{
    static constexpr QStringView kBegins = u"=+-@\t\r";
    return !text.isEmpty() && kBegins.contains(text.front()) ? QString(u'\'' + text) : text;
}

QString moment(const schema::Value &value, const ValueStyle &style)
{
    return schema::isNull(value) ? QString()
                                 : QDateTime::fromMSecsSinceEpoch(schema::toInt(value), style.zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

} // namespace

QByteArray csvField(const QString &text)
{
    const bool quotes = text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r');
    if (!quotes)
        return text.toUtf8();
    return QString(u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"').toUtf8();
}

QString csvText(const schema::Table &table, int column, const schema::Row &row, const node::Labels &labels, const ValueStyle &style)
{
    const schema::Value &value = row[column];
    if (schema::isNull(value))
        return {};
    const schema::Column &c = schema::columnAt(table, column);
    if (const auto measure = measureOf(table, column))
        return plainMoney(Money{schema::toInt(value)}, measure->digits);
    if (c.type == schema::Type::Money)
        return plainMoney(Money{schema::toInt(value)}, style.moneyDigits);
    if (c.type == schema::Type::Real || (c.type == schema::Type::Integer && isNumber(table, column) && !isMinuteOfDay(table, column))) {
        const auto *real = std::get_if<double>(&value);
        return real ? QString::number(*real, 'g', QLocale::FloatingPointShortest) : QString::number(schema::toInt(value));
    }
    if (c.type == schema::Type::Date)
        return schema::toQString(value);
    if (c.type == schema::Type::Timestamp)
        return moment(value, style);
    return guarded(cellText(table, column, row, labels, style));
}

QByteArray csvHead(const schema::Table &table, const std::vector<int> &columns)
{
    QByteArrayList fields;
    for (const int column : columns) {
        if (column == kChangedColumn) {
            fields.append(csvField(columnTitle(table, schema::kUpdatedAt)));
            fields.append(csvField(columnTitle(table, schema::kUpdatedBy)));
            continue;
        }
        const auto measure = measureOf(table, column);
        const QString title = columnTitle(table, column);
        fields.append(csvField(measure && !measure->unit.isEmpty() ? QString(title + QStringLiteral(" (") + measure->unit + u')') : title));
    }
    return fields.join(',') + "\r\n";
}

QByteArray csvLine(const schema::Table &table, const std::vector<int> &columns, const schema::Row &row, const node::Labels &labels, const ValueStyle &style)
{
    QByteArrayList fields;
    for (const int column : columns) {
        if (column == kChangedColumn) {
            fields.append(csvField(moment(row[schema::kUpdatedAt], style)));
            const auto who = labels.find(schema::toUuid(row[schema::kUpdatedBy]));
            fields.append(csvField(who == labels.end() ? QString() : guarded(who->second)));
        } else {
            fields.append(csvField(csvText(table, column, row, labels, style)));
        }
    }
    return fields.join(',') + "\r\n";
}

RecordsExport::RecordsExport(const Context &context, const ClinicValues &values, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_values(values)
{
    m_pool.setMaxThreadCount(1);
}

RecordsExport::~RecordsExport() { m_pool.waitForDone(); }

void RecordsExport::start(const RecordsQuestion &question, std::vector<int> columns, const QString &path)
{
    if (m_running || !question.table)
        return;
    m_running = true;
    ++m_asked;
    m_question = question;
    m_columns = std::move(columns);
    m_path = path;
    m_last.reset();
    m_done = 0;
    m_content = QByteArray(kMark) + csvHead(*question.table, m_columns);
    read();
}

void RecordsExport::cancel()
{
    if (!m_running)
        return;
    ++m_asked;                           // an answer that is on its way is not wanted any more
    m_running = false;
    m_content.clear();
    Q_EMIT cancelled();
}

void RecordsExport::read()
{
    node::BrowseRequest request{.table = m_question.table, .where = {}, .filter = m_question.filter.simplified(), .sortBy = m_question.sortBy,
                                .descending = m_question.descending, .deleted = m_question.deleted, .limit = kPageRows, .after = m_last};
    whenReady(m_replica.queries().browse(std::move(request)), this, [this, asked = m_asked](const Result<node::BrowsePage> &page) {
        if (asked != m_asked)
            return;
        if (page) {
            take(*page);
            return;
        }
        m_running = false;
        m_content.clear();
        Q_EMIT failed(page.error().detail);
    });
}

void RecordsExport::take(const node::BrowsePage &page)
{
    for (const schema::Row &row : page.rows)
        m_content += csvLine(*m_question.table, m_columns, row, page.labels, m_values.style());
    m_done += static_cast<qint64>(page.rows.size());
    if (m_content.size() > kMostBytes) {
        m_running = false;
        m_content.clear();
        Q_EMIT failed(tr("The list is too long for one file. Filter it, then export the parts."));
        return;
    }
    Q_EMIT progressed(m_done, page.total);
    if (page.more && !page.rows.empty()) {
        m_last = page.rows.back();
        read();
    } else {
        write();
    }
}

// On a thread of its own: a stick that is slow to take the file must not stop the desk.
void RecordsExport::write()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    whenReady(promise->future(), this, [this, asked = m_asked, rows = m_done](const Result<void> &written) {
        if (asked != m_asked)
            return;
        m_running = false;
        if (written)
            Q_EMIT finished(rows, m_path);
        else
            Q_EMIT failed(written.error().detail);
    });
    promise->start();
    m_pool.start([promise, path = m_path, content = std::exchange(m_content, {})] {
        promise->addResult(writeFileAtomically(path, content, FileMode::Private));
        promise->finish();
    });
}

} // namespace anteroom::ui
