// The fields of a form in two columns, labels above, small headings where a large part of a long record stands alone. It
// shows what the model holds and tells it what is typed; it is built anew for each table.
#pragma once

#include "ui/records/field_control.h"

#include <QWidget>

#include <map>

class QGridLayout;

namespace anteroom::ui {

class Field;

class RecordFields final : public QWidget {
    Q_OBJECT
public:
    RecordFields(RecordFormModel &model, node::Queries &queries, QWidget *parent = nullptr);

    void showTexts();
    void showMarks();
    [[nodiscard]] QWidget *control(int column) const;              // null where the column has no field
    [[nodiscard]] QWidget *firstEmpty() const;
    void reveal(int column);                                       // focus, and scrolled to

Q_SIGNALS:
    void openRequested(const anteroom::schema::Table *table, const anteroom::Uuid &id);

private:
    struct Entry {
        FieldControl *control = nullptr;
        Field *field = nullptr;                                    // null: a check box says its own name
    };
    void addField(const FieldSpec &field, QGridLayout *grid, int &cell);

    RecordFormModel &m_model;
    node::Queries &m_queries;
    std::map<int, Entry> m_entries;                                // by column
    std::vector<int> m_order;
};

} // namespace anteroom::ui
