// What of a window is cut off: labels, buttons and fields that are smaller than their words, and names, numbers and units
// in views. Words that are meant to elide have the whole in a tool-tip, and are never a name or a number.
#pragma once

#include "ui/common/button.h"
#include "ui/common/label.h"

#include <QAbstractItemView>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>
#include <QStyle>
#include <QTableView>

namespace anteroom::ui {

inline QString whereIs(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *w = widget; w && path.size() < 4; w = w->parentWidget())
        path.prepend(QString::fromLatin1(w->metaObject()->className()).section(QLatin1String("::"), -1));
    return path.join(QLatin1Char('/'));
}

inline constexpr int kSpareHeight = 8;      // an Arabic label asks for 30 px where its letters take 22
inline constexpr int kSpareWidth = 1;       // a hint is rounded up

// Not whole on screen, though visible: its layout gave it less than it asked for, or a parent cuts it.
inline bool hasRoom(const QWidget *widget, const QSize &needed)
{
    return widget->width() >= needed.width() && widget->height() >= needed.height();
}

inline void addClippedCells(const QAbstractItemView &view, const QList<int> &whole, QStringList &out)
{
    const QAbstractItemModel *model = view.model();
    for (int row = 0; model && row < model->rowCount(view.rootIndex()); ++row)
        for (const int column : whole) {
            const QModelIndex index = model->index(row, column, view.rootIndex());
            const QRect cell = view.visualRect(index);
            const QString words = index.data().toString();
            if (cell.isEmpty() || words.isEmpty() || !view.viewport()->rect().intersects(cell))
                continue;
            const int room = cell.width() - 2 * 8;               // the least that a row keeps free at both ends
            if (QFontMetrics(view.font()).horizontalAdvance(words) > room)
                out.append(QStringLiteral("%1: cell “%2” has %3 px").arg(whereIs(&view), words).arg(room));
        }
}

// A view names the columns that may not elide in its property "wholeColumns", a QList<int>.
inline QStringList clippedIn(const QWidget *window)
{
    QStringList out;
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        const auto tell = [&](const QString &words, const QSize &needed) {
            out.append(QStringLiteral("%1: “%2” has %3×%4, needs %5×%6").arg(whereIs(widget), words).arg(widget->width()).arg(widget->height())
                           .arg(needed.width()).arg(needed.height()));
        };
        if (const auto *elided = qobject_cast<const ElidedLabel *>(widget)) {
            const bool cut = !hasRoom(elided, QSize(elided->QLabel::sizeHint().width(), 0));
            if (cut && elided->toolTip().isEmpty())
                tell(elided->text(), elided->QLabel::sizeHint());
        } else if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->text().isEmpty())
                continue;
            const QSize needed = label->wordWrap() ? QSize(label->minimumSizeHint().width(), label->heightForWidth(label->width())) : label->sizeHint();
            if (!hasRoom(label, {needed.width() - kSpareWidth, needed.height() - kSpareHeight}))
                tell(label->text(), needed);
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            const QSize needed = button->minimumSizeHint().boundedTo(button->maximumSize());      // a link's height is its own
            if (!button->text().isEmpty() && !hasRoom(button, needed))
                tell(button->text(), needed);
        } else if (const auto *line = qobject_cast<const QLineEdit *>(widget)) {
            const int height = line->minimumSizeHint().height();
            if (line->height() < height)
                tell(line->text(), {line->width(), height});
        } else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
            addClippedCells(*view, view->property("wholeColumns").value<QList<int>>(), out);
        }
    }
    return out;
}

} // namespace anteroom::ui
