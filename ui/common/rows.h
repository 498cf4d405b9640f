// Tables and lists of fixed row height: roles a model answers, delegates that paint them, and the set-up of the views
// (no grid, no zebra, transparent viewport, keyboard cursor in the delegate). Models stay free of widgets and colours.
#pragma once

#include "ui/common/paint.h"

#include <QStyledItemDelegate>

class QAbstractItemView;
class QListView;
class QTableView;

namespace anteroom::ui {

// Data roles beside Qt's own. TextAlignmentRole is honoured; numbers answer Qt::AlignTrailing.
enum RowRole : int {
    ChipRole = Qt::UserRole + 100,      // ChipSpec: the cell is a chip; in a two-line row: at the trailing end of line 2
    StrongRole,                         // bool: key column, semibold
    MutedRole,                          // bool: text3 ("nobody")
    SecondLineRole,                     // QString: line 2 of a two-line row
    TrailingRole,                       // QString: trailing end of line 1 ("34 y · F")
    MatchesRole,                        // QVector<MatchRange>: bold accent prefixes in DisplayRole
    SectionRole,                        // bool: a heading row between bands ("Sounds similar")
    IconRole,                           // QString: icon name before the text
    HueRole,                            // int of Hue: words of an exception
    FreshRole,                          // bool: just changed by another PC; holds accentSoft
};

struct MatchRange {
    int start = 0;
    int length = 0;
};

// One cell of 34 px.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    // Hover, selection, fresh fill, hairline, 3 px edge and focus ring; delegates paint their text on top.
    void paintBack(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

// A two-line row of 56 px (a section row of 32).
class TwoLineDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

void setUpTable(QTableView *view);      // header 32, rows 34, whole rows, one selected, RowDelegate
void setUpList(QListView *view);        // single column, pixel scrolling, one selected; give it a delegate yourself

} // namespace anteroom::ui

Q_DECLARE_METATYPE(anteroom::ui::MatchRange)
