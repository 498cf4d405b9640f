// A flat list whose rows are known by an id: a new state of the list is reached by the fewest removals, moves,
// insertions and in-place changes, so that selection, scroll position and focus stay where they are.
// Item has `Uuid id` and operator==. It never resets.
#pragma once

#include "core/uuid.h"

#include <QAbstractListModel>

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace anteroom::ui {

template <typename Item>
class KeyedListModel : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_items.size()); }
    [[nodiscard]] const std::vector<Item> &items() const { return m_items; }
    [[nodiscard]] const Item &at(int row) const { return m_items[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const Uuid &id) const
    {
        const auto it = std::find_if(m_items.begin(), m_items.end(), [&](const Item &i) { return i.id == id; });
        return it == m_items.end() ? -1 : static_cast<int>(it - m_items.begin());
    }

    void become(std::vector<Item> want)
    {
        removeMissing(want);
        for (int i = 0; i < static_cast<int>(want.size()); ++i)
            place(i, std::move(want[static_cast<std::size_t>(i)]));
    }

    void change(int row, Item item)                       // same id, other content
    {
        auto &have = m_items[static_cast<std::size_t>(row)];
        if (have == item)
            return;
        have = std::move(item);
        const auto at = index(row);
        Q_EMIT dataChanged(at, at);
    }

private:
    void removeMissing(const std::vector<Item> &want)
    {
        std::unordered_set<Uuid> keep;
        for (const Item &item : want)
            keep.insert(item.id);
        for (int i = rowCount() - 1; i >= 0; --i) {
            if (keep.contains(at(i).id))
                continue;
            beginRemoveRows({}, i, i);
            m_items.erase(m_items.begin() + i);
            endRemoveRows();
        }
    }

    void place(int i, Item item)
    {
        const int from = rowOf(item.id);
        if (from < 0) {
            beginInsertRows({}, i, i);
            m_items.insert(m_items.begin() + i, std::move(item));
            endInsertRows();
            return;
        }
        if (from != i) {                                   // from > i: the rows before i are placed already
            beginMoveRows({}, from, from, {}, i);
            std::rotate(m_items.begin() + i, m_items.begin() + from, m_items.begin() + from + 1);
            endMoveRows();
        }
        change(i, std::move(item));
    }

    std::vector<Item> m_items;
};

} // namespace anteroom::ui
