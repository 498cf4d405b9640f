// The control of one column: whatever the widget is, it holds one text, tells what the person changed and when it was
// left. It never reads a value and never checks one.
#pragma once

#include "ui/records/field_rules.h"

#include <QWidget>

namespace anteroom::ui {

class RecordFormModel;

class FieldControl : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual QWidget *widget() const = 0;
    virtual void show(const RecordFormModel &model, int column) = 0;       // text, choices, whether it may be written

Q_SIGNALS:
    void edited(const QString &text);
    void labelled(const anteroom::Uuid &id, const QString &label);         // what a chosen row is called
    void left();
    void openRequested(const anteroom::schema::Table *table, const anteroom::Uuid &id);
};

[[nodiscard]] FieldControl *makeControl(const FieldSpec &field, const RecordFormModel &model, node::Queries &queries, QObject *parent);

} // namespace anteroom::ui
