#include "ui/common/label.h"

#include "ui/common/paint.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace anteroom::ui {

namespace {

QFont::Weight ownWeight(Type type)
{
    switch (type) {
    case Type::Display:
    case Type::Banner:
    case Type::Page:
    case Type::Section: return QFont::DemiBold;
    case Type::Name:
    case Type::Body:
    case Type::Secondary:
    case Type::Caption: break;
    }
    return QFont::Normal;
}

} // namespace

Label::Label(const QString &text, Type type, Tone tone, QWidget *parent)
    : QLabel(text, parent), m_type(type), m_weight(ownWeight(type)), m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setAlignment(m_alignment);
    restyle();
}

void Label::setType(Type type, QFont::Weight weight)
{
    m_type = type;
    m_weight = weight;
    restyle();
}

void Label::setType(Type type)
{
    setType(type, ownWeight(type));
}

void Label::setWeight(QFont::Weight weight)
{
    m_weight = weight;
    restyle();
}

void Label::setTone(Tone tone)
{
    m_tone = tone;
    restyle();
}

void Label::setHue(std::optional<Hue> hue)
{
    m_hue = hue;
    restyle();
}

void Label::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    // QLabel turns by the direction of its words; a Latin name among Arabic ones would stand at the wrong edge.
    QLabel::setAlignment(QStyle::visualAlignment(layoutDirection(), alignment) | Qt::AlignAbsolute);
}

void Label::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        setAlignment(m_alignment);
    // A label with its own palette keeps it over a theme switch, so the role is applied again.
    if (!m_restyling && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
                         || event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::ApplicationFontChange
                         || event->type() == QEvent::StyleChange || event->type() == QEvent::EnabledChange))
        restyle();
}

void Label::restyle()
{
    m_restyling = true;
    const Theme &theme = Theme::of(this);
    setFont(theme.font(m_type, m_weight));
    QPalette palette = this->palette();
    const QColor color = m_hue ? theme.fg(*m_hue) : theme.color(m_tone);
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color);
    palette.setColor(QPalette::Disabled, QPalette::WindowText, theme.color(Tone::Text3));
    setPalette(palette);
    m_restyling = false;
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {Theme::of(this).px(24), Label::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect rect = contentsRect();
    const bool cut = textWidth(text(), font()) > rect.width();
    const QString tip = cut ? text() : QString();
    if (toolTip() != tip)
        setToolTip(tip);
    paintText(&painter, rect, text(), font(), palette().color(QPalette::WindowText), alignment());
}

} // namespace anteroom::ui
