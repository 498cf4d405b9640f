// A whole act, change by change: what the author saw, what the author wrote, what the record holds now. A refused push can
// be written anew in the same fields; what is typed there stays while other desks go on.
#pragma once

#include "ui/conflicts/inbox_body.h"

#include <map>

namespace anteroom::ui {

class Field;

class ActBody final : public InboxBody {
    Q_OBJECT
public:
    using Typed = std::map<std::pair<std::size_t, int>, QString>;    // by change and column

    // `typed` are texts that were written into this push before.
    ActBody(InboxModel &model, node::Queries &queries, const Typed &typed, QWidget *parent = nullptr);

    bool follow() override;
    [[nodiscard]] QWidget *firstFocus() override;
    [[nodiscard]] const Typed &typed() const { return m_typed; }
    // What was written anew, with what follows from it; nothing where a value is refused: its field says why.
    [[nodiscard]] std::optional<std::vector<node::Rewritten>> rewritten();

Q_SIGNALS:
    void edited();

private:
    struct Editor { std::size_t change = 0; FieldSpec spec; Field *field = nullptr; QString start; };
    struct Shown { std::size_t number = 0; bool before = false, now = false; };
    void addChange(QVBoxLayout *layout, std::size_t number, const Typed &typed);
    void addHead(QGridLayout *grid, const Shown &shown);
    void addRow(QGridLayout *grid, int row, int column, const Shown &shown, const schema::Row &before, const schema::Row &after, const Typed &typed);
    [[nodiscard]] QWidget *makeEditor(std::size_t number, const FieldSpec &spec, const QString &text);
    [[nodiscard]] schema::Row typedRow(std::size_t number) const;
    void note(std::size_t number, int column, const QString &text);

    InboxModel &m_model;
    node::Queries &m_queries;
    bool m_editable;
    std::vector<Editor> m_editors;
    std::vector<std::tuple<std::size_t, int, Label *>> m_now;
    Typed m_typed;                                                   // only what differs from the push
};

} // namespace anteroom::ui
