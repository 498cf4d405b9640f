#include "ui/conflicts/inbox_list_model.h"

#include "ui/common/rows.h"

namespace anteroom::ui {

void InboxListModel::setWords(const InboxWords &words)
{
    m_words = words;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QVariant InboxListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const node::InboxItem &item = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return inboxTitle(item);
    case SecondLineRole: return inboxWhat(item);
    case ThirdLineRole: return inboxWho(item, m_words);
    case ChipRole: return QVariant::fromValue(inboxChip(item));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1. %2. %3. %4").arg(inboxTitle(item), inboxChip(item).text, inboxWhat(item), inboxWho(item, m_words));
    default: return {};
    }
}

} // namespace anteroom::ui
