// What the one search box finds, as lines: exact hits, below them those that sound similar, at the end "Register …". A
// late answer to earlier letters never replaces a later one; letters typed on cancel the question before. No widgets.
#pragma once

#include "node/queries.h"
#include "ui/common/rows.h"
#include "ui/desk/context.h"
#include "ui/records/clinic_values.h"

#include <QAbstractListModel>
#include <QFutureWatcher>

namespace anteroom::ui {

struct SearchLine {
    enum class Kind : unsigned char { Hit, Heading, Register };

    Kind kind = Kind::Hit;
    QString text, second, trailing;
    QVector<MatchRange> matches;
    std::optional<ChipSpec> chip;
    std::optional<node::Hit> hit;
};

class SearchModel final : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kMost = 20;                 // hits; more are asked for by another letter

    explicit SearchModel(const Context &context, QObject *parent = nullptr);
    ~SearchModel() override;

    void ask(const QString &typed);                  // empty: no lines
    [[nodiscard]] QString typed() const { return m_typed; }
    // The lines are not yet those of what is typed.
    [[nodiscard]] bool waiting() const { return m_waiting && m_answered != m_typed; }
    [[nodiscard]] QString answeredTo() const { return m_answered; }      // what the lines answer
    [[nodiscard]] const SearchLine &line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }
    [[nodiscard]] bool selectable(int row) const { return row >= 0 && row < rowCount() && line(row).kind != SearchLine::Kind::Heading; }
    [[nodiscard]] int hits() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void answered();                                 // the lines are those of typed()

private:
    void question();
    void take(const Result<node::Found> &result);
    [[nodiscard]] SearchLine hitLine(const node::Hit &hit) const;
    [[nodiscard]] SearchLine patientLine(const node::Hit &hit) const;
    [[nodiscard]] SearchLine ticketLine(const node::Hit &hit) const;
    [[nodiscard]] SearchLine billLine(const node::Hit &hit) const;

    node::Replica &m_replica;
    const Clock &m_clock;
    ClinicValues m_values;
    std::vector<SearchLine> m_lines;
    QString m_typed, m_answered;
    QFutureWatcher<Result<node::Found>> m_question;  // of the newest question; an older answer reaches nobody
    bool m_waiting = false, m_again = false;
};

} // namespace anteroom::ui
