#include "ui/records/records_model.h"

#include "core/when_ready.h"
#include "ui/common/rows.h"
#include "ui/records/record_cells.h"


#include <algorithm>
#include <unordered_map>

namespace anteroom::ui {
namespace {

constexpr int kSlack = 20;               // rows that may have come in between without pushing the last ones out

std::unordered_map<Uuid, int> placesOf(const std::vector<schema::Row> &rows)
{
    std::unordered_map<Uuid, int> out;
    out.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.emplace(rows[i].id, static_cast<int>(i));
    return out;
}

} // namespace

RecordsModel::RecordsModel(const Context &context, const ClinicValues &values, QObject *parent)
    : QAbstractTableModel(parent), m_replica(context.replica), m_values(values)
{
    m_gather.setSingleShot(true);
    m_gather.setInterval(kGatherMs);
    connect(&m_gather, &QTimer::timeout, this, &RecordsModel::next);
    connect(&m_replica, &node::Replica::changed, this, &RecordsModel::onCommit);
    connect(&m_values, &ClinicValues::changed, this, [this] {
        if (!m_rows.empty() && !m_columns.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
}

void RecordsModel::ask(const RecordsQuestion &question)
{
    if (m_question == question && m_failure.isEmpty())
        return;
    const bool otherTable = m_question.table != question.table;
    m_question = question;
    ++m_asked;
    m_waiting.reset();
    m_again.clear();
    m_failure.clear();
    m_loaded = m_more = m_stale = m_moreWanted = false;
    m_reading = Reading::None;
    if (otherTable) {                                // rows of the same table stay until the answer comes
        beginResetModel();
        m_rows.clear();
        m_labels.clear();
        m_fresh.clear();
        m_total = -1;
        m_columns = m_question.table ? defaultColumns(*m_question.table) : std::vector<int>{};
        endResetModel();
    }
    if (m_question.table)
        read(Reading::First);
    Q_EMIT changed();
}

void RecordsModel::askAgain()
{
    m_stale = true;
    if (m_reading == Reading::None)
        next();
}

void RecordsModel::setColumns(std::vector<int> columns)
{
    if (columns == m_columns)
        return;
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

int RecordsModel::rowOf(const Uuid &id) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const schema::Row &row) { return row.id == id; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

void RecordsModel::onCommit(const node::ChangeNotice &rows)
{
    if (!m_question.table)
        return;
    const bool mine = rows.empty() || std::any_of(rows.begin(), rows.end(), [this](const node::ChangedRow &row) {
        return row.table == m_question.table || m_labels.contains(row.id);
    });
    if (!mine)
        return;
    m_stale = true;
    if (m_reading == Reading::None && !m_gather.isActive())
        m_gather.start();
}

// What is to be read after an answer, or after a moment of commits.
void RecordsModel::next()
{
    if (m_reading != Reading::None || !m_question.table)
        return;
    if (m_stale) {
        m_stale = false;
        m_again.clear();
        read(m_loaded ? Reading::Again : Reading::First);
    } else if (m_moreWanted) {
        m_moreWanted = false;
        read(Reading::More);
    }
}

void RecordsModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_moreWanted = true;
    next();
}

void RecordsModel::read(Reading reading)
{
    m_reading = reading;
    node::BrowseRequest request{.table = m_question.table, .where = {}, .filter = m_question.filter.simplified(), .sortBy = m_question.sortBy,
                                .descending = m_question.descending, .deleted = m_question.deleted, .limit = kPage, .after = {}};
    if (reading == Reading::More && !m_rows.empty())
        request.after = m_rows.back();
    if (reading == Reading::Again) {
        const int missing = rowCount() + kSlack - static_cast<int>(m_again.size());
        request.limit = std::clamp(missing, kPage, kMostAtOnce);
        if (!m_again.empty())
            request.after = m_again.back();
    }
    // The replica is the context: Qt 6.4 does not bear a context that is gone when the answer comes.
    whenReady(m_replica.queries().browse(std::move(request)), this, [this, asked = m_asked](const Result<node::BrowsePage> &page) {
        if (asked != m_asked)
            return;                                  // the answer to an older question is no answer any more
        m_failure = page ? QString() : page.error().detail;
        if (page) {
            take(*page);
        } else {
            m_reading = Reading::None;
            m_moreWanted = false;
        }
        Q_EMIT changed();
    });
}

void RecordsModel::take(const node::BrowsePage &page)
{
    for (const auto &[id, label] : page.labels)
        m_labels.insert_or_assign(id, label);
    m_total = page.total;
    const Reading reading = std::exchange(m_reading, Reading::None);
    if (reading == Reading::First) {
        takeFirst(page);
    } else if (reading == Reading::More) {
        takeMore(page);
    } else {
        const auto have = placesOf(m_again);
        std::copy_if(page.rows.begin(), page.rows.end(), std::back_inserter(m_again), [&](const schema::Row &row) {
            return !have.contains(row.id);           // it moved down between two pages
        });
        if (page.more && static_cast<int>(m_again.size()) < rowCount() + kSlack) {
            read(Reading::Again);
            return;
        }
        const bool had = m_more;
        m_more = page.more;
        if (had && m_more) {                         // what is beyond the last row of before comes by scrolling
            const auto places = placesOf(m_rows);
            while (static_cast<int>(m_again.size()) > kPage && !places.contains(m_again.back().id))
                m_again.pop_back();
        }
        takeAgain();
    }
    if (m_stale)
        m_gather.start();
    else
        next();
}

void RecordsModel::takeFirst(const node::BrowsePage &page)
{
    beginResetModel();
    m_rows = page.rows;
    m_more = page.more;
    m_loaded = true;
    endResetModel();
}

void RecordsModel::takeMore(const node::BrowsePage &page)
{
    std::unordered_set<Uuid> have;
    for (const schema::Row &row : m_rows)
        have.insert(row.id);
    std::vector<schema::Row> fresh;
    for (const schema::Row &row : page.rows)
        if (!have.contains(row.id))                  // it moved down between the two questions
            fresh.push_back(row);
    m_more = page.more;
    if (fresh.empty())
        return;
    if (m_waiting)
        m_waiting->insert(m_waiting->end(), fresh.begin(), fresh.end());
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void RecordsModel::takeAgain()
{
    std::vector<schema::Row> want = std::exchange(m_again, {});
    updateInPlace(want);
    const bool same = std::equal(want.begin(), want.end(), m_rows.begin(), m_rows.end(), [](const schema::Row &a, const schema::Row &b) { return a.id == b.id; });
    m_waiting.reset();
    if (same)
        return;
    if (m_held)
        m_waiting = std::move(want);
    else
        arrange(std::move(want));
}

void RecordsModel::settle()
{
    m_held = false;
    if (!m_waiting)
        return;
    arrange(*std::exchange(m_waiting, {}));
    Q_EMIT changed();
}

void RecordsModel::markFresh(const schema::Row &row)
{
    if (schema::toUuid(row[schema::kUpdatedDevice]) == m_replica.identity().device)
        return;                                      // one's own act is no news
    m_fresh.insert(row.id);
    QTimer::singleShot(kFreshMs, this, [this, id = row.id] {
        m_fresh.erase(id);
        if (const int at = rowOf(id); at >= 0 && !m_columns.empty())
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1), {FreshRole});
    });
}

void RecordsModel::updateInPlace(const std::vector<schema::Row> &rows)
{
    const auto places = placesOf(m_rows);
    for (const schema::Row &row : rows) {
        const auto it = places.find(row.id);
        if (it == places.end() || m_rows[static_cast<std::size_t>(it->second)] == row)
            continue;
        m_rows[static_cast<std::size_t>(it->second)] = row;
        markFresh(row);
    }
    if (!m_rows.empty() && !m_columns.empty())       // names of rows that are referred to may differ too
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

// By the fewest removals, moves and insertions, so that selection and focus stay with their rows.
void RecordsModel::arrange(std::vector<schema::Row> want)
{
    Q_EMIT rearranging();
    const auto places = placesOf(want);
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (places.contains(at(i).id))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    std::unordered_set<Uuid> have;
    for (const schema::Row &row : m_rows)
        have.insert(row.id);
    for (int i = 0; i < static_cast<int>(want.size()); ++i) {
        schema::Row &row = want[static_cast<std::size_t>(i)];
        if (!have.contains(row.id)) {
            markFresh(row);
            beginInsertRows({}, i, i);
            m_rows.insert(m_rows.begin() + i, std::move(row));
            endInsertRows();
            continue;
        }
        if (at(i).id == row.id)
            continue;
        if (i + 1 < rowCount() && at(i + 1).id == row.id) {              // one row went down: the others stay
            const int to = std::min(places.at(at(i).id), rowCount() - 1);
            beginMoveRows({}, i, i, {}, to + 1);
            std::rotate(m_rows.begin() + i, m_rows.begin() + i + 1, m_rows.begin() + to + 1);
            endMoveRows();
            continue;
        }
        const int from = rowOf(row.id);                                  // one row came up
        beginMoveRows({}, from, from, {}, i);
        std::rotate(m_rows.begin() + i, m_rows.begin() + from, m_rows.begin() + from + 1);
        endMoveRows();
    }
    Q_EMIT rearranged();
}

QVariant RecordsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    const schema::Row &row = at(index.row());
    const schema::Table &table = *m_question.table;
    const int column = m_columns[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return column == kChangedColumn ? changedText(row, m_labels, m_values.today(), m_values.style())
                                        : cellText(table, column, row, m_labels, m_values.style());
    case Qt::TextAlignmentRole: return static_cast<int>((column >= 0 && isNumber(table, column) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    case StrongRole: return index.column() == 0 && !row.deleted();
    case MutedRole: return column == kChangedColumn || row.deleted();
    case FreshRole: return m_fresh.contains(row.id);
    case ChipRole: {
        const auto chip = chipOf(table, column, row);
        return chip ? QVariant::fromValue(*chip) : QVariant();
    }
    default: return {};
    }
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return listTitle(*m_question.table, column);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((column >= 0 && isNumber(*m_question.table, column) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    return {};
}

} // namespace anteroom::ui
