#include "ui/shell/nav_rail.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace anteroom::ui {

NavItem::NavItem(const QString &title, const QString &icon, QWidget *parent) : QAbstractButton(parent), m_icon(icon)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setAutoExclusive(false);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavItem::setCount(int count, bool urgent)
{
    m_count = count;
    m_urgent = urgent;
    setAccessibleDescription(count > 0 ? tr("%n waiting", nullptr, count) : QString());
    updateTip();
    update();
}

void NavItem::setNarrow(bool narrow)
{
    m_narrow = narrow;
    updateTip();
    update();
}

void NavItem::setNumber(int number)
{
    m_number = number;
    updateTip();
}

void NavItem::showNumber(bool show)
{
    m_showNumber = show && m_number > 0;
    update();
}

void NavItem::updateTip()
{
    QString tip = m_narrow ? text() : QString();
    if (m_number > 0) {
        const QString keys = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + m_number)).toString(QKeySequence::NativeText);
        tip = tr("%1 (%2)").arg(text(), keys);
    }
    setToolTip(tip);
}

QSize NavItem::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {theme.px(m_narrow ? 40 : 172), theme.px(size::kNavItem)};
}

void NavItem::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const bool current = isChecked();
    if (current)
        paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::Surface), theme.color(Tone::Line));
    else if (underMouse())
        paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::Hover));
    const int side = theme.px(size::kIconRail);
    const int lead = m_narrow ? (width() - side) / 2 : theme.px(10);
    const QRect icon(lead, (height() - side) / 2, side, side);
    paintIcon(&painter, mirrored(layoutDirection(), rect(), icon), m_icon, theme.color(current ? Tone::Accent : Tone::Text2));

    int trail = theme.px(10);
    if (m_showNumber) {
        const QString number = QString::number(m_number);
        const QRect at(width() - theme.px(m_narrow ? 18 : 26), (height() - theme.px(18)) / 2, theme.px(18), theme.px(18));
        const QRect box = mirrored(layoutDirection(), rect(), at);
        paintBox(&painter, box, theme.px(size::kRadiusChip), theme.solid(Hue::Priority));
        paintText(&painter, box, number, theme.font(Type::Caption, QFont::Bold), theme.onSolid(Hue::Priority), Qt::AlignCenter);
        trail += theme.px(22);
    } else if (m_count > 0) {
        const QString count = QString::number(m_count);
        const QFont font = theme.font(m_narrow ? Type::Caption : Type::Secondary, m_urgent ? QFont::Bold : QFont::Normal);
        const int words = textWidth(count, font) + 1;
        const int wide = m_urgent ? qMax(theme.px(22), words + theme.px(12)) : words;
        const QRect at(width() - (m_narrow ? wide + 2 : m_urgent ? wide + theme.px(8) : wide + theme.px(10)),
                       m_narrow ? 0 : (height() - theme.px(22)) / 2, wide, theme.px(m_narrow ? 16 : 22));
        const QRect box = mirrored(layoutDirection(), rect(), at);
        if (m_urgent)
            paintBox(&painter, box, theme.px(size::kRadiusChip), theme.soft(Hue::Danger));
        paintText(&painter, box, count, font, m_urgent ? theme.fg(Hue::Danger) : theme.color(Tone::Text2), Qt::AlignCenter);
        trail += wide + theme.px(4);
    }
    if (!m_narrow) {
        const QRect words(lead + side + theme.px(10), 0, width() - lead - side - theme.px(10) - trail, height());
        paintText(&painter, mirrored(layoutDirection(), rect(), words), text(), theme.font(Type::Body, current ? QFont::DemiBold : QFont::Normal),
                  theme.color(current ? Tone::Text : Tone::Text2));
    }
}

void NavItem::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: click(); return;
    case Qt::Key_Down: focusNextChild(); return;
    case Qt::Key_Up: focusPreviousChild(); return;
    default: QAbstractButton::keyPressEvent(event);
    }
}

class NavRail::Clinic : public QWidget {
public:
    using QWidget::QWidget;
    void setName(const QString &name)
    {
        m_name = name;
        setToolTip(name);
        setAccessibleName(name);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        const int side = theme.px(20);
        paintIcon(&painter, mirrored(layoutDirection(), rect(), QRect(theme.px(11), (height() - side) / 2, side, side)),
                  QStringLiteral("logo"), theme.color(Tone::Accent));
        const int lead = theme.px(42);
        if (width() > theme.px(60))
            paintText(&painter, mirrored(layoutDirection(), rect(), QRect(lead, 0, width() - lead, height())), m_name,
                      theme.font(Type::Body, QFont::DemiBold), theme.color(Tone::Text));
    }

private:
    QString m_name;
};

class NavRail::Person : public QAbstractButton {
public:
    explicit Person(QWidget *parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }
    void setPerson(const QString &name, const QString &detail)
    {
        setText(name);
        m_detail = detail;
        setAccessibleName(name);
        setAccessibleDescription(detail);
        setToolTip(name + QStringLiteral(", ") + detail);
        update();
    }
    QSize sizeHint() const override { return {0, Theme::of(this).px(48)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        if (underMouse())
            paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::Hover));
        const int side = theme.px(32);
        const QRect round = mirrored(layoutDirection(), rect(), QRect(theme.px(8) > (width() - side) / 2 ? (width() - side) / 2 : theme.px(8),
                                                                    (height() - side) / 2, side, side));
        paintBox(&painter, round, side / 2.0, theme.color(Tone::AccentSoft));
        QString initials;
        const QStringList parts = text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (!parts.isEmpty())
            initials = parts.size() > 1 ? QString(parts.first().at(0)) + parts.last().at(0) : parts.first().left(2);
        paintText(&painter, round, initials.toUpper(), theme.font(Type::Caption, QFont::Bold), theme.color(Tone::AccentText), Qt::AlignCenter);
        if (width() <= theme.px(60))
            return;
        const int lead = theme.px(50);
        const int half = height() / 2;
        paintText(&painter, mirrored(layoutDirection(), rect(), QRect(lead, theme.px(4), width() - lead, half - theme.px(4))), text(),
                  theme.font(Type::Secondary, QFont::DemiBold), theme.color(Tone::Text));
        paintText(&painter, mirrored(layoutDirection(), rect(), QRect(lead, half, width() - lead, half - theme.px(4))), m_detail,
                  theme.font(Type::Caption), theme.color(Tone::Text2));
    }

private:
    QString m_detail;
};

NavRail::NavRail(QWidget *parent)
    : QWidget(parent), m_top(new QVBoxLayout), m_bottom(new QVBoxLayout), m_clinic(new Clinic), m_person(new Person(this))
{
    setAccessibleName(tr("Pages"));
    m_top->setSpacing(size::kNavPitch - size::kNavItem);
    m_bottom->setSpacing(size::kNavPitch - size::kNavItem);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 9, 10);
    column->setSpacing(0);
    column->addWidget(m_clinic);
    column->addSpacing(4);
    column->addLayout(m_top);
    column->addStretch();
    column->addLayout(m_bottom);
    column->addSpacing(24);
    column->addWidget(m_person);
    connect(m_person, &QAbstractButton::clicked, this, &NavRail::personChosen);
    applyWidth();
}

NavItem *NavRail::addItem(const QString &id, const QString &title, const QString &icon, bool bottom)
{
    auto *item = new NavItem(title, icon, this);
    item->setNarrow(m_narrow);
    (bottom ? m_bottom : m_top)->addWidget(item);
    m_items.append({id, item});
    connect(item, &QAbstractButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
    return item;
}

NavItem *NavRail::item(const QString &id) const
{
    for (const auto &[key, item] : m_items) {
        if (key == id)
            return item;
    }
    return nullptr;
}

void NavRail::clear()
{
    for (const auto &entry : m_items)
        delete entry.second;
    m_items.clear();
}

void NavRail::setCurrent(const QString &id)
{
    for (const auto &[key, item] : m_items)
        item->setChecked(key == id);
}

void NavRail::setClinic(const QString &name)
{
    m_clinic->setName(name);
}

void NavRail::setPerson(const QString &name, const QString &detail)
{
    m_person->setPerson(name, detail);
    m_person->setVisible(!name.isEmpty());
}

void NavRail::setNarrow(bool narrow)
{
    m_narrow = narrow;
    for (const auto &entry : m_items)
        entry.second->setNarrow(narrow);
    applyWidth();
}

void NavRail::showNumbers(bool show)
{
    for (const auto &entry : m_items)
        entry.second->showNumber(show);
}

bool NavRail::showsNumbers() const
{
    return std::any_of(m_items.begin(), m_items.end(), [](const auto &entry) { return entry.second->showsNumber(); });
}

void NavRail::applyWidth()
{
    const Theme &theme = Theme::of(this);
    setFixedWidth(theme.px(m_narrow ? size::kRailNarrow : size::kRail) + 1);
    m_clinic->setFixedHeight(theme.px(size::kToolBar));
    m_person->setFixedHeight(theme.px(48));
}

void NavRail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyWidth();
}

void NavRail::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::Sunken));
    const QRect edge(width() - 1, 0, 1, height());
    painter.fillRect(mirrored(layoutDirection(), rect(), edge), theme.color(Tone::Line));
    if (!m_person->isHidden())
        painter.fillRect(QRect(theme.px(16), m_person->y() - theme.px(12), width() - theme.px(32), 1), theme.color(Tone::Line));
}

} // namespace anteroom::ui
