#include "ui/common/message_strip.h"

#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>

namespace anteroom::ui {

MessageStrip::MessageStrip(Hue hue, QWidget *parent)
    : QWidget(parent), m_hue(hue), m_bold(new Label({}, Type::Body)), m_plain(new Label({}, Type::Secondary)), m_row(new QHBoxLayout(this))
{
    m_bold->setWeight(QFont::DemiBold);
    m_bold->setWordWrap(true);
    m_plain->setWordWrap(true);
    m_plain->hide();
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch();
    words->addWidget(m_bold);
    words->addWidget(m_plain);
    words->addStretch();
    m_row->setSpacing(8);
    m_row->addLayout(words, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);     // its hint is of a wider strip: wrapped words need more
    setHue(hue);
    updateMetrics();
}

void MessageStrip::setHue(Hue hue)
{
    m_hue = hue;
    m_bold->setHue(hue);
    m_plain->setHue(hue);
    update();
}

void MessageStrip::setIconName(const QString &name)
{
    m_icon = name;
    update();
}

void MessageStrip::setMessage(const QString &bold, const QString &plain)
{
    m_bold->setText(bold);
    m_plain->setText(plain);
    m_plain->setVisible(!plain.isEmpty());
    setAccessibleName(plain.isEmpty() ? bold : bold + QStringLiteral(". ") + plain);
}

void MessageStrip::addAct(QWidget *act)
{
    m_row->addWidget(act, 0, Qt::AlignVCenter);
}

void MessageStrip::updateMetrics()
{
    const Theme &theme = Theme::of(this);
    const int lead = theme.px(12 + size::kIconText + 10);
    const bool mirror = layoutDirection() == Qt::RightToLeft;
    m_row->setContentsMargins(mirror ? theme.px(10) : lead, theme.px(6), mirror ? lead : theme.px(10), theme.px(6));
    setMinimumHeight(theme.px(34));
}

void MessageStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        updateMetrics();
}

void MessageStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintBox(&painter, rect(), theme.px(size::kRadius), theme.soft(m_hue));
    QString icon = m_icon.isEmpty() ? hueIcon(m_hue) : m_icon;
    if (icon.isEmpty())
        icon = m_hue == Hue::Ok ? QStringLiteral("tick-circle") : QStringLiteral("info");
    const int side = theme.px(size::kIconText);
    const QRect first = m_bold->geometry();
    const int y = m_plain->isHidden() ? (height() - side) / 2 : first.top() + (m_bold->fontMetrics().height() - side) / 2;
    paintIcon(&painter, mirrored(layoutDirection(), rect(), QRect(theme.px(12), y, side, side)), icon, theme.fg(m_hue));
}

} // namespace anteroom::ui
