// The history of one record from the activity log: who, when, where, what was done in words, and each value before and
// after; the latest first. It reads when it is shown, and again when the record changes while it is in view.
#pragma once

#include "node/queries.h"
#include "ui/records/record_words.h"

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace anteroom::ui {

class Button;
class EmptyState;
class Label;

class HistoryPanel final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kPage = 30;                       // acts; more come on demand

    explicit HistoryPanel(node::Queries &queries, QWidget *parent = nullptr);

    void setRecord(const schema::Table *table, const Uuid &id, const ValueStyle &style, QDate today);
    void refresh();
    [[nodiscard]] int steps() const { return m_steps; }
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void loaded();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void show(const Result<node::History> &history);
    [[nodiscard]] QWidget *card(const node::HistoryStep &step, const node::Labels &labels);

    node::Queries &m_queries;
    const schema::Table *m_table = nullptr;
    Uuid m_id;
    ValueStyle m_style;
    QDate m_today;
    QScrollArea *m_scroll;
    QVBoxLayout *m_cards;
    Label *m_note;
    Button *m_more;
    int m_limit = kPage, m_asked = 0, m_steps = 0;
    bool m_stale = true;
};

} // namespace anteroom::ui
