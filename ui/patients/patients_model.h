// The patients of the clinic as a list: everybody by name, or who matches the words of the search box. Rows follow every
// commit in place; a late answer to an older search is dropped. No widgets.
#pragma once

#include "ui/common/rows.h"
#include "ui/desk/context.h"
#include "ui/desk/keyed_list_model.h"

#include <QDate>

#include <map>

namespace anteroom::ui {

struct PatientItem {
    Uuid id;
    QString name;
    QString line;                        // "AA-000012-7 · 76 12 40 88"
    QString who;                         // "34 y · F"
    QString ticket;                      // label while waiting today
    bool died = false;
    QVector<MatchRange> matches;
    schema::Row row;
    friend bool operator==(const PatientItem &a, const PatientItem &b)
    {
        return a.id == b.id && a.row == b.row && a.ticket == b.ticket && a.who == b.who && a.name == b.name && a.matches.size() == b.matches.size()
            && std::equal(a.matches.begin(), a.matches.end(), b.matches.begin(),
                          [](const MatchRange &x, const MatchRange &y) { return x.start == y.start && x.length == y.length; });
    }
};

class PatientListModel final : public KeyedListModel<PatientItem> {
public:
    using KeyedListModel::KeyedListModel;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
};

class PatientsModel final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMost = 200;                // rows of a list; a search that finds more says so

    explicit PatientsModel(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] PatientListModel &list() { return m_list; }
    [[nodiscard]] const PatientListModel &list() const { return m_list; }
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString &text);
    [[nodiscard]] qint64 total() const { return m_total; }           // people of the clinic; -1 until known
    [[nodiscard]] bool loaded() const { return m_loaded; }
    [[nodiscard]] QString failure() const { return m_failure; }
    void reload();

Q_SIGNALS:
    void changed();                                  // rows, counts, failure

private:
    void take(const Result<std::vector<schema::Row>> &result);
    void readTickets();
    void show();

    node::Replica &m_replica;
    const Clock &m_clock;
    PatientListModel m_list;
    std::vector<schema::Row> m_rows;
    std::map<Uuid, QString> m_tickets;               // patient → label
    QString m_search, m_failure;
    qint64 m_total = -1;
    quint64 m_asked = 0;                             // number of the newest question
    bool m_loaded = false;
};

// Prefixes of the name's words that match the typed tokens, accents folded.
[[nodiscard]] QVector<MatchRange> matchesIn(const QString &name, const QString &typed);

} // namespace anteroom::ui
