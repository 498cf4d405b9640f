// One table of the clinic as a list: filtered, sorted, read page by page, and following every commit in place. Content
// changes at once; an order that changed waits while the list is held, so that no row moves under a pointer. A late answer
// to an older question is dropped. No widgets.
#pragma once

#include "ui/records/clinic_values.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <unordered_set>

namespace anteroom::ui {

struct RecordsQuestion {
    const schema::Table *table = nullptr;
    QString filter;
    int sortBy = -1;                                 // column; -1 = latest change first
    bool descending = false;
    node::BrowseRequest::Deleted deleted = node::BrowseRequest::Deleted::Hidden;
    friend bool operator==(const RecordsQuestion &, const RecordsQuestion &) = default;
};

class RecordsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr int kPage = 100;                // rows of one question: three screens
    static constexpr int kMostAtOnce = 500;          // rows read again in one question; a longer list takes several
    static constexpr int kGatherMs = 100;            // commits of one moment are one reading
    static constexpr int kFreshMs = 900;             // LOOK: how long a row that another PC changed is marked

    RecordsModel(const Context &context, const ClinicValues &values, QObject *parent = nullptr);

    void ask(const RecordsQuestion &question);
    [[nodiscard]] const RecordsQuestion &question() const { return m_question; }
    void askAgain();                                 // after a failure, or when something may have changed
    void setColumns(std::vector<int> columns);       // positions, and kChangedColumn
    [[nodiscard]] const std::vector<int> &columns() const { return m_columns; }

    [[nodiscard]] bool loaded() const { return m_loaded; }           // the rows answer the question
    [[nodiscard]] QString failure() const { return m_failure; }
    [[nodiscard]] std::int64_t total() const { return m_total; }     // -1 until known
    [[nodiscard]] const schema::Row &at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const Uuid &id) const;                   // -1 where it is not loaded
    [[nodiscard]] const node::Labels &labels() const { return m_labels; }

    void hold() { m_held = true; }                   // order and membership wait …
    void settle();                                   // … until now
    [[nodiscard]] bool isWaiting() const { return m_waiting.has_value(); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_columns.size()); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid() && m_loaded && m_more; }
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void changed();                                  // loaded, failure, total
    void rearranging();                              // rows come, go or move now; a view keeps what it shows
    void rearranged();

private:
    enum class Reading : std::uint8_t { None, First, More, Again };

    void onCommit(const node::ChangeNotice &rows);
    void read(Reading reading);
    void take(const node::BrowsePage &page);
    void takeFirst(const node::BrowsePage &page);
    void takeMore(const node::BrowsePage &page);
    void takeAgain();
    void updateInPlace(const std::vector<schema::Row> &rows);
    void arrange(std::vector<schema::Row> want);
    void markFresh(const schema::Row &row);
    void next();

    node::Replica &m_replica;
    const ClinicValues &m_values;
    RecordsQuestion m_question;
    std::vector<int> m_columns;
    std::vector<schema::Row> m_rows;
    node::Labels m_labels;
    std::optional<std::vector<schema::Row>> m_waiting;       // the order as it is, while held
    std::vector<schema::Row> m_again;                        // read so far
    std::unordered_set<Uuid> m_fresh;
    QTimer m_gather;
    QString m_failure;
    std::int64_t m_total = -1;
    quint64 m_asked = 0;                                     // number of the newest question
    Reading m_reading = Reading::None;
    bool m_loaded = false, m_more = false, m_stale = false, m_moreWanted = false, m_held = false;
};

} // namespace anteroom::ui
