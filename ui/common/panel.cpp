#include "ui/common/panel.h"

#include "ui/common/paint.h"

#include <QBoxLayout>
#include <QPainter>

namespace anteroom::ui {

Panel::Panel(Kind kind, QWidget *parent) : QFrame(parent), m_kind(kind), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);
}

void Panel::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const qreal radius = theme.px(size::kRadiusPanel);
    switch (m_kind) {
    case Kind::Surface: paintBox(&painter, rect(), radius, theme.color(Tone::Surface), theme.color(Tone::Line)); break;
    case Kind::Sunken: paintBox(&painter, rect(), radius, theme.color(Tone::Sunken)); break;
    case Kind::Own: paintBox(&painter, rect(), radius, theme.color(Tone::Sunken), theme.color(Tone::Accent)); break;
    }
}

Rule::Rule(Qt::Orientation orientation, QWidget *parent) : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Rule::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color(Tone::Line));
}

} // namespace anteroom::ui
