// A field that holds a reference: type to find, choose from the list, open what is chosen, clear. It asks Queries::pick and
// shows what a row is called; it never decides whether a reference may be empty.
#pragma once

#include "node/queries.h"
#include "schema/table.h"

#include <QWidget>

class QCompleter;
class QStandardItemModel;

namespace anteroom::ui {

class Button;
class LineEdit;

class ReferenceBox final : public QWidget {
    Q_OBJECT
public:
    static constexpr int kChoices = 12;                    // as many as one looks through; typing narrows them

    explicit ReferenceBox(node::Queries &queries, QWidget *parent = nullptr);

    void setTable(const schema::Table *table);             // null: nothing can be chosen yet
    void setWritable(bool writable);
    // The id of the chosen row, words that were typed and not chosen, or nothing.
    void setText(const QString &text, const QString &label);
    [[nodiscard]] QString text() const;
    [[nodiscard]] LineEdit *line() const { return m_line; }

Q_SIGNALS:
    void edited(const QString &text, const QString &label);
    void left();
    void openRequested(const anteroom::schema::Table *table, const anteroom::Uuid &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(const QString &typed);
    void show(const std::vector<node::Pick> &picks);
    void chooseRow(const QModelIndex &index);
    void choose(const Uuid &id, const QString &label);
    void showActs();

    node::Queries &m_queries;
    const schema::Table *m_table = nullptr;
    LineEdit *m_line;
    Button *m_open, *m_clear;
    QCompleter *m_completer;
    QStandardItemModel *m_model;
    Uuid m_id;
    QString m_label;
    int m_asked = 0;
    bool m_writable = true;
};

} // namespace anteroom::ui
