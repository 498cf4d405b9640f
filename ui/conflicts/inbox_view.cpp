#include "ui/conflicts/inbox_view.h"

#include "ui/conflicts/inbox_list_model.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>

namespace anteroom::ui {
namespace {

constexpr int kHeight = 82, kSide = 16, kLine = 20, kTop = 9;      // 08-review: three lines

} // namespace

void InboxDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setLayoutDirection(option.direction);
    paintBack(painter, option, index);
    const QRect inner = option.rect.adjusted(theme.px(kSide), theme.px(kTop), -theme.px(kSide), 0);
    const int line = theme.px(kLine) + (option.rect.height() - theme.px(kHeight)) / 3;
    QRect first(inner.left(), inner.top(), inner.width(), line + theme.px(2));
    const auto chip = index.data(ChipRole).value<ChipSpec>();
    const QSize wanted = chipSize(theme, chip);
    paintChip(painter, theme, mirrored(option.direction, first, QRect(first.right() + 1 - wanted.width(), first.top(), wanted.width(), wanted.height())), chip);
    first = mirrored(option.direction, first, first.adjusted(0, 0, -wanted.width() - theme.px(8), 0));
    paintText(painter, first, index.data().toString(), theme.font(Type::Name, QFont::DemiBold), theme.color(Tone::Text));
    const QRect second(inner.left(), inner.top() + line + theme.px(2), inner.width(), line);
    paintText(painter, second, index.data(SecondLineRole).toString(), theme.font(Type::Secondary), theme.color(Tone::Text));
    paintText(painter, second.translated(0, line), index.data(InboxListModel::ThirdLineRole).toString(), theme.font(Type::Secondary), theme.color(Tone::Text2));
    painter->restore();
}

QSize InboxDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Theme &theme = Theme::of(option.widget);
    const int arabic = option.direction == Qt::RightToLeft ? 3 * 4 : 0;      // each line is higher
    return {theme.px(200), theme.px(kHeight) + arabic};
}

InboxView::InboxView(QWidget *parent) : QListView(parent)
{
    setUpList(this);
    setSelectionMode(ExtendedSelection);
    setItemDelegate(new InboxDelegate(this));
    setAccessibleName(tr("What needs you"));
}

void InboxView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const auto move = [&](Qt::Key key) {
        QKeyEvent arrow(QEvent::KeyPress, key, Qt::NoModifier);
        QListView::keyPressEvent(&arrow);
    };
    if (!plain)
        return QListView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_J: return move(Qt::Key_Down);
    case Qt::Key_K: return move(Qt::Key_Up);
    case Qt::Key_M: Q_EMIT keepWanted(true); return;
    case Qt::Key_T: Q_EMIT keepWanted(false); return;
    case Qt::Key_F:
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT fieldsWanted(); return;
    default: break;
    }
    if (event->text().isEmpty() || event->key() == Qt::Key_Space || event->key() == Qt::Key_Escape)
        QListView::keyPressEvent(event);                  // letters search nothing here: each of them decides
    else
        event->ignore();
}

} // namespace anteroom::ui
