#include "ui/common/empty_state.h"

#include "ui/common/label.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QEvent>

namespace anteroom::ui {

EmptyState::EmptyState(const QString &icon, const QString &what, const QString &why, QWidget *parent)
    : QWidget(parent), m_iconName(icon), m_icon(new QLabel), m_what(new Label({}, Type::Section)),
      m_why(new Label({}, Type::Body, Tone::Text2)), m_acts(new QHBoxLayout)
{
    for (Label *label : {m_what, m_why}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_why->setMaximumWidth(Theme::of(this).px(340));
    m_why->setMinimumWidth(Theme::of(this).px(160));
    m_icon->setAlignment(Qt::AlignCenter);
    m_acts->setSpacing(8);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_why, 100);
    middle->addStretch(1);
    auto *acts = new QHBoxLayout;
    acts->addStretch();
    acts->addLayout(m_acts);
    acts->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(6);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(6);
    column->addWidget(m_what);
    column->addLayout(middle);
    column->addSpacing(8);
    column->addLayout(acts);
    column->addStretch(3);
    setText(what, why);
    updateIcon();
}

void EmptyState::setText(const QString &what, const QString &why)
{
    m_what->setText(what);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void EmptyState::addAct(QWidget *act)
{
    m_acts->addWidget(act);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateIcon();
}

void EmptyState::updateIcon()
{
    const Theme &theme = Theme::of(this);
    m_icon->setPixmap(iconPixmap(m_iconName, theme.px(size::kIconEmpty), theme.color(Tone::Text3), devicePixelRatioF()));
}

} // namespace anteroom::ui
