// The list of the Records page: which table, the filter, columns and order, the rows, what is there and what can be done.
// Layout and keys; RecordsModel knows the rows. While a pointer or a key is at work over the rows, their order stands.
#pragma once

#include "ui/common/panel.h"
#include "ui/records/records_model.h"

class QComboBox;
class QKeySequence;
class QStackedWidget;
class QTableView;

namespace anteroom::ui {

class Button;
class EmptyState;
class Label;
class MessageStrip;
class ProgressRow;
class SearchBox;

class RecordsList final : public Panel {
    Q_OBJECT
public:
    static constexpr int kStillMs = 1000;            // LOOK, "Never": order changes wait until the pointer is still so long
    static constexpr int kFilterMs = 150;            // a pause between two letters
    static constexpr int kPatienceMs = 300;          // LOOK: nothing says "reading" before

    RecordsList(const Context &context, const ClinicValues &values, QWidget *page);

    void setTables();                                // what the session may read now; keeps the table where it still may
    bool choose(const schema::Table &table);         // false: not for this role
    void select(const Uuid &id);                     // at once, or when it comes
    void focusFilter();
    void setSort(int column, bool descending);       // kChangedColumn = latest change first
    void setDeleted(node::BrowseRequest::Deleted deleted);
    void setShown(int column, bool shown);
    void setOpenRow(bool open) { m_rowIsOpen = open; }       // a form stands beside: it follows the selection

    [[nodiscard]] RecordsModel &model() { return m_model; }
    [[nodiscard]] const schema::Table *table() const { return m_model.question().table; }
    [[nodiscard]] QTableView *view() const { return m_view; }
    [[nodiscard]] SearchBox *filter() const { return m_filter; }
    [[nodiscard]] QComboBox *chooser() const { return m_chooser; }
    [[nodiscard]] EmptyState *empty() const { return m_empty; }
    [[nodiscard]] QWidget *firstFocus() const;       // the rows, or where another table is chosen
    [[nodiscard]] QString countText() const;
    [[nodiscard]] std::optional<Uuid> current() const;
    [[nodiscard]] Button *columnsButton() const { return m_columnsButton; }
    [[nodiscard]] Button *exportButton() const { return m_exportButton; }
    [[nodiscard]] MessageStrip *failure() const { return m_failure; }
    [[nodiscard]] ProgressRow *progress() const { return m_progress; }
    void say(const QString &bold, const QString &plain = {});       // a failure, over the rows; empty takes it back

Q_SIGNALS:
    void tableChanged();
    void openWanted(const Uuid &id);
    void archiveWanted(const Uuid &id);
    void passed(const Uuid &id);                     // the selection moved while a row is open
    void exportWanted();
    void retryWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildBar();
    void buildRows();
    void connectParts(QWidget *page);
    bool keyPressed(const QKeySequence &keys);
    void ask(const RecordsQuestion &question);
    void showState();
    void showEmpty();
    void showSort();
    void fitColumns();
    void keepPlace();
    void restorePlace();
    void selectWanted();
    void popupColumns();
    void copyRow();
    void rememberColumns();
    [[nodiscard]] std::vector<int> chosenColumns(const schema::Table &table) const;
    void move(int rows);
    [[nodiscard]] const schema::Table *tableAt(int index) const;     // of the chooser; null: a heading

    node::Replica &m_replica;
    AppSettings &m_settings;
    RecordsModel m_model;
    QTimer m_still, m_typing, m_patience, m_passing;
    QComboBox *m_chooser;
    SearchBox *m_filter;
    Button *m_columnsButton, *m_exportButton, *m_clear;
    MessageStrip *m_failure;
    QStackedWidget *m_stack;
    QTableView *m_view;
    EmptyState *m_empty;
    Label *m_reading, *m_count, *m_hint;
    ProgressRow *m_progress;
    Uuid m_wanted;                                   // to be selected when it is there
    struct Place { Uuid id; int offset = 0; };
    std::vector<Place> m_places;                     // rows on screen before a rearrangement
    QString m_said;
    bool m_atTop = true, m_arranging = false, m_rowIsOpen = false;
};

} // namespace anteroom::ui
