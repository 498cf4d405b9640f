// What stands between the sentence and the acts of the pane: one kind of body for each kind of thing. A body shows what
// the model holds and tells it what is chosen; it decides nothing.
#pragma once

#include "ui/conflicts/inbox_model.h"

#include <QAbstractButton>

class QGridLayout;
class QVBoxLayout;

namespace anteroom::ui {

class Label;

class InboxBody : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void showState() {}                                      // other sides were chosen
    // The same thing with newer values; false: it has to be made anew.
    virtual bool follow() { return false; }
    [[nodiscard]] virtual QWidget *firstFocus() { return nullptr; }

Q_SIGNALS:
    void letter(int key);                                            // J, K, M, T, Enter in a field

protected:
    QVBoxLayout *makeColumn();
};

// A cell of words that wraps and can be selected.
[[nodiscard]] Label *valueLabel(const QString &text, bool strong = false);

// The fields of a difference: before, one side, the other side, and what will be saved.
class FieldsBody final : public InboxBody {
    Q_OBJECT
public:
    explicit FieldsBody(InboxModel &model, QWidget *parent = nullptr);

    void showState() override;
    [[nodiscard]] QWidget *firstFocus() override;

private:
    struct Line { std::size_t column = 0; QAbstractButton *mine = nullptr, *theirs = nullptr; };
    void addHead(QGridLayout *grid);
    void addLine(QGridLayout *grid, int row, std::size_t column);
    void addSame(QVBoxLayout *layout);
    void move(std::size_t line, int rows, int sides);
    [[nodiscard]] QString words(std::size_t column, const schema::Value &value) const;
    [[nodiscard]] bool chosen(std::size_t column, node::Side side) const;

    InboxModel &m_model;
    std::vector<Line> m_lines;
    Label *m_saved = nullptr;
};

// What a record holds now, for things that are read and closed.
class RecordBody final : public InboxBody {
    Q_OBJECT
public:
    explicit RecordBody(const InboxModel &model, QWidget *parent = nullptr);
};

} // namespace anteroom::ui
