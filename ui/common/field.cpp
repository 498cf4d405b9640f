#include "ui/common/field.h"

#include "ui/common/label.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGuiApplication>

namespace anteroom::ui {

Field::Field(const QString &label, QWidget *control, Need need, QWidget *parent)
    : QWidget(parent), m_control(control), m_label(new Label(label, Type::Secondary, Tone::Text2)),
      m_optional(new Label(tr("optional"), Type::Secondary, Tone::Text3)), m_icon(new QLabel),
      m_line(new Label({}, Type::Secondary, Tone::Text3))
{
    m_label->setWeight(QFont::DemiBold);
    m_label->setBuddy(control);
    m_optional->setVisible(need == Need::Optional);
    control->setAccessibleName(label);

    auto *above = new QHBoxLayout;
    above->setSpacing(6);
    above->addWidget(m_label);
    above->addWidget(m_optional);
    above->addStretch();
    m_line->setWordWrap(true);
    m_icon->setAlignment(Qt::AlignTop);
    auto *below = new QHBoxLayout;
    below->setSpacing(6);
    below->addWidget(m_icon, 0, Qt::AlignTop);
    below->addWidget(m_line, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(above);
    column->addWidget(control);
    column->addLayout(below);
    showLine();
}

void Field::setLabel(const QString &label)
{
    m_label->setText(label);
    m_control->setAccessibleName(label);
}

void Field::setHint(const QString &hint)
{
    m_hint = hint;
    showLine();
}

void Field::setError(const QString &sentence)
{
    setMark(sentence.isEmpty() ? FieldMark::None : FieldMark::Error, sentence);
}

void Field::setUnusual(const QString &sentence)
{
    setMark(sentence.isEmpty() ? FieldMark::None : FieldMark::Unusual, sentence);
}

void Field::clearMark()
{
    setMark(FieldMark::None, {});
}

void Field::setMark(FieldMark mark, const QString &sentence)
{
    m_mark = mark;
    m_sentence = sentence;
    m_control->setProperty(prop::kMark, static_cast<int>(mark));
    m_control->update();
    showLine();
}

void Field::showLine()
{
    const bool marked = m_mark != FieldMark::None;
    const QString words = marked ? m_sentence : m_hint;
    const Hue hue = m_mark == FieldMark::Error ? Hue::Danger : Hue::Urgent;
    const Theme &theme = Theme::of(this);
    m_line->setHue(marked ? std::optional(hue) : std::nullopt);
    m_line->setText(words);
    m_control->setAccessibleDescription(words);
    // A field that had a line keeps its room, so that the form below does not jump when it goes.
    m_hadLine = m_hadLine || !words.isEmpty();
    m_line->setVisible(m_hadLine);
    m_icon->setVisible(marked);
    if (marked) {
        const QString icon = m_mark == FieldMark::Error ? QStringLiteral("octagon") : QStringLiteral("triangle");
        m_icon->setPixmap(iconPixmap(icon, theme.px(14), theme.fg(hue), devicePixelRatioF()));
        m_icon->setContentsMargins(0, theme.px(3), 0, 0);
    }
}

void Field::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showLine();
}

LineEdit::LineEdit(Content content, QWidget *parent) : QLineEdit(parent)
{
    if (content == Content::Value)
        setLayoutDirection(Qt::LeftToRight);
    updateMetrics();
}

void LineEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange)
        updateMetrics();
}

void LineEdit::updateMetrics()
{
    const Theme &theme = Theme::of(this);
    setMinimumHeight(theme.px(size::kControl));        // a tight layout squeezes a line edit below its hint
    setTextMargins(theme.px(7), 0, theme.px(7), 0);
    // The leading edge of the program, whatever the direction of the words or of a value.
    setAlignment((QGuiApplication::layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute
                 | Qt::AlignVCenter);
}

} // namespace anteroom::ui
