// The form of any record, made from the schema alone: fields, what another desk changed meanwhile, why a record can not be
// changed, its history, archiving with a reason. Layout only; RecordFormModel knows the rules. What is half typed is kept
// as a draft and comes back, also after a crash. It never asks before it is left.
#pragma once

#include "schema/change.h"
#include "ui/desk/context.h"

#include <QWidget>

#include <memory>

namespace anteroom::ui {

class RecordFormModel;

class RecordForm final : public QWidget {
    Q_OBJECT
public:
    RecordForm(const Context &context, QWidget *parent = nullptr);
    ~RecordForm() override;

    // A new record, or the draft of one. `preset` is what the page knows already (the bill of an item); it is shown, and
    // can be changed where a person may write it.
    void startNew(const schema::Table &table, const std::vector<schema::ColumnValue> &preset = {});
    void open(const schema::Table &table, const Uuid &id);
    void archive();                                      // asks for the reason in place
    // Esc: true where something inside was closed (history, the reason); else what is typed is kept and the page may leave.
    bool back();
    void keepDraft();                                    // now: the window closes
    [[nodiscard]] QWidget *firstFocus();
    [[nodiscard]] RecordFormModel &model();

Q_SIGNALS:
    void saved(const anteroom::schema::Table *table, const anteroom::Uuid &id);      // also archived and restored
    void left();                                         // Esc or Close within the form; what is typed is kept
    void openRequested(const anteroom::schema::Table *table, const anteroom::Uuid &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};

} // namespace anteroom::ui
