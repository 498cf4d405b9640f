#include "ui/common/rows.h"

#include "ui/theme/icons.h"

#include <QHeaderView>
#include <QListView>
#include <QPainter>
#include <QTableView>
#include <QTextLayout>

namespace anteroom::ui {

namespace {

QFont weighted(const Theme &theme, Type type, bool strong)
{
    return theme.font(type, strong ? QFont::DemiBold : QFont::Normal);
}

bool isViewFocused(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->hasFocus();
}

// The name with its matched parts as format ranges: drawn as one text, so shaping and order survive.
void paintMatches(QPainter *painter, const Theme &theme, const QRect &rect, const QString &text, const QVector<MatchRange> &matches)
{
    const QFont font = theme.font(Type::Name);
    const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width());
    QTextLayout layout(shown, font);
    QTextOption how(QStyle::visualAlignment(painter->layoutDirection(), Qt::AlignLeading));
    how.setTextDirection(painter->layoutDirection());
    how.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(how);
    QList<QTextLayout::FormatRange> ranges;
    for (const MatchRange &match : matches) {
        QTextLayout::FormatRange range;
        range.start = match.start;
        range.length = qMin(match.length, static_cast<int>(shown.size()) - match.start);
        if (range.length <= 0)
            continue;
        range.format.setFontWeight(QFont::Bold);
        range.format.setForeground(theme.color(Tone::AccentText));
        ranges.append(range);
    }
    layout.setFormats(ranges);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(rect.width());
    layout.endLayout();
    painter->setPen(theme.color(Tone::Text));
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
}

} // namespace

void RowDelegate::paintBack(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || index.data(FreshRole).toBool())
        painter->fillRect(option.rect, theme.color(Tone::AccentSoft));
    else if (option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled)
        painter->fillRect(option.rect, theme.color(Tone::Hover));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(Tone::Line));
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    const bool first = !table || table->horizontalHeader()->visualIndex(index.column()) == 0;
    if (selected && first) {
        const QRect edge(option.rect.left(), option.rect.top(), 3, option.rect.height());
        painter->fillRect(mirrored(option.direction, option.rect, edge), theme.color(Tone::Accent));
    }
    const bool current = selected && isViewFocused(option);
    if (!current)
        return;
    if (!table) {
        paintFocus(painter, theme, option.rect, theme.px(size::kRadiusChip));
    } else {        // one ring over all cells of the row: each cell draws its part
        const QColor ring = theme.color(Tone::Focus);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 2), ring);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2), ring);
        const int visual = table->horizontalHeader()->visualIndex(index.column());
        if (visual == table->horizontalHeader()->count() - 1) {
            const QRect end(option.rect.right() - 1, option.rect.top(), 2, option.rect.height());
            painter->fillRect(mirrored(option.direction, option.rect, end), ring);
        }
    }
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setLayoutDirection(option.direction);
    paintBack(painter, option, index);
    QRect inner = option.rect.adjusted(theme.px(12), 0, -theme.px(12), -1);
    const QVariant chip = index.data(ChipRole);
    if (chip.canConvert<ChipSpec>() && chip.isValid()) {
        paintChips(painter, theme, inner, {chip.value<ChipSpec>()});
    } else {
        const QVariant check = index.data(Qt::CheckStateRole);
        if (check.isValid()) {
            const int side = theme.px(18);
            QStyleOptionViewItem mark(option);
            mark.rect = mirrored(option.direction, inner, QRect(inner.left(), inner.center().y() - side / 2, side, side));
            mark.state &= ~(QStyle::State_On | QStyle::State_Off | QStyle::State_NoChange);
            mark.state |= check.toInt() == Qt::Checked ? QStyle::State_On : check.toInt() == Qt::PartiallyChecked ? QStyle::State_NoChange : QStyle::State_Off;
            option.widget->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &mark, painter, option.widget);
            inner = mirrored(option.direction, inner, inner.adjusted(side + theme.px(8), 0, 0, 0));
        }
        const QVariant hue = index.data(HueRole);
        const bool muted = index.data(MutedRole).toBool();
        const bool selected = option.state & QStyle::State_Selected;
        QColor ink = theme.color(muted ? (selected ? Tone::Text2 : Tone::Text3) : Tone::Text);
        if (hue.isValid())
            ink = theme.fg(static_cast<Hue>(hue.toInt()));
        if (const QString icon = index.data(IconRole).toString(); !icon.isEmpty()) {
            const int side = theme.px(size::kIconText);
            paintIcon(painter, mirrored(option.direction, inner, QRect(inner.left(), inner.center().y() - side / 2 + 1, side, side)), icon,
                      hue.isValid() ? ink : theme.color(Tone::Text2));
            inner = mirrored(option.direction, inner, inner.adjusted(side + theme.px(8), 0, 0, 0));
        }
        const QVariant alignment = index.data(Qt::TextAlignmentRole);
        const auto aligned = alignment.isValid() ? Qt::Alignment(alignment.toInt()) & Qt::AlignHorizontal_Mask : Qt::AlignLeading;
        paintText(painter, inner, index.data().toString(), weighted(theme, Type::Body, index.data(StrongRole).toBool()), ink,
                  aligned | Qt::AlignVCenter);
    }
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const int width = textWidth(index.data().toString(), weighted(theme, Type::Body, index.data(StrongRole).toBool()));
    const QVariant chip = index.data(ChipRole);
    const int chips = chip.isValid() ? chipSize(theme, chip.value<ChipSpec>()).width() : 0;
    return {qMax(width, chips) + theme.px(26), theme.px(size::kRow)};
}

void TwoLineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setLayoutDirection(option.direction);
    if (index.data(SectionRole).toBool()) {
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.color(Tone::Line));
        paintText(painter, option.rect.adjusted(theme.px(16), theme.px(4), -theme.px(16), 0), index.data().toString(),
                  theme.font(Type::Caption, QFont::DemiBold), theme.color(Tone::Text2));
        painter->restore();
        return;
    }
    paintBack(painter, option, index);
    const QRect inner = option.rect.adjusted(theme.px(16), theme.px(7), -theme.px(16), -theme.px(7));
    const int half = inner.height() / 2;
    QRect first(inner.left(), inner.top(), inner.width(), half);
    QRect second(inner.left(), inner.top() + half, inner.width(), inner.height() - half);

    const QString trailing = index.data(TrailingRole).toString();
    if (!trailing.isEmpty()) {
        const QFont font = theme.font(Type::Secondary);
        const int width = qMin(textWidth(trailing, font) + 1, first.width() / 2);
        paintText(painter, mirrored(option.direction, first, QRect(first.right() + 1 - width, first.top(), width, half)), trailing, font,
                  theme.color(Tone::Text2), Qt::AlignTrailing | Qt::AlignVCenter);
        first = mirrored(option.direction, first, first.adjusted(0, 0, -width - theme.px(8), 0));
    }
    const QVariant chip = index.data(ChipRole);
    if (chip.isValid()) {
        const auto spec = chip.value<ChipSpec>();
        const QSize wanted = chipSize(theme, spec);
        const QRect at(second.right() + 1 - wanted.width(), second.top() + (second.height() - wanted.height()) / 2, wanted.width(), wanted.height());
        paintChip(painter, theme, mirrored(option.direction, second, at), spec);
        second = mirrored(option.direction, second, second.adjusted(0, 0, -wanted.width() - theme.px(8), 0));
    }
    const auto matches = index.data(MatchesRole).value<QVector<MatchRange>>();
    if (matches.isEmpty())
        paintText(painter, first, index.data().toString(), weighted(theme, Type::Name, index.data(StrongRole).toBool()), theme.color(Tone::Text));
    else
        paintMatches(painter, theme, first, index.data().toString(), matches);
    const QVariant hue = index.data(HueRole);
    paintText(painter, second, index.data(SecondLineRole).toString(), theme.font(Type::Secondary),
              hue.isValid() ? theme.fg(static_cast<Hue>(hue.toInt())) : theme.color(Tone::Text2));
    painter->restore();
}

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    return {theme.px(200), theme.px(index.data(SectionRole).toBool() ? size::kHeaderRow : size::kTwoLineRow)};
}

namespace {

void setUpView(QAbstractItemView *view)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setMouseTracking(true);
    view->setTabKeyNavigation(false);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setAutoFillBackground(false);
    view->viewport()->setAutoFillBackground(false);        // panel corners stay round: delegates fill only what differs
    QPalette palette = view->palette();
    palette.setColor(QPalette::Base, Qt::transparent);
    view->setPalette(palette);
}

} // namespace

void setUpTable(QTableView *view)
{
    const Theme &theme = Theme::of(view);
    setUpView(view);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setCornerButtonEnabled(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(theme.px(20));       // the default size is clamped by the minimum
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(theme.px(size::kRow));
    view->horizontalHeader()->setFixedHeight(theme.px(size::kHeaderRow));
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    view->horizontalHeader()->setStretchLastSection(true);
    view->setItemDelegate(new RowDelegate(view));
}

void setUpList(QListView *view)
{
    setUpView(view);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setResizeMode(QListView::Adjust);
}

} // namespace anteroom::ui
