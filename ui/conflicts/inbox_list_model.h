// The list of the inbox as a view reads it: title, what it is, who and where, a chip. Items stay where they are while a
// person is at them, also when somebody else has settled them.
#pragma once

#include "ui/conflicts/inbox_words.h"
#include "ui/desk/keyed_list_model.h"

namespace anteroom::ui {

class InboxListModel final : public KeyedListModel<node::InboxItem> {
public:
    enum Role : int { ThirdLineRole = Qt::UserRole + 200 };

    using KeyedListModel::KeyedListModel;

    void setWords(const InboxWords &words);
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    InboxWords m_words;
};

} // namespace anteroom::ui
