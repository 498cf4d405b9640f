#include "ui/shell/key_badges.h"

#include "ui/common/paint.h"

#include <QPainter>

#include <algorithm>

namespace anteroom::ui {

namespace {

constexpr int kSide = 20;

QString letterOf(const Command &command)
{
    const bool alt = command.keys.count() == 1 && command.keys[0].keyboardModifiers() == Qt::AltModifier;
    return alt ? QKeySequence(command.keys[0].key()).toString(QKeySequence::NativeText) : QString();
}

} // namespace

KeyBadges::KeyBadges(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void KeyBadges::showOver(std::vector<Command> commands)
{
    std::erase_if(commands, [](const Command &command) { return !command.possible || !command.over || letterOf(command).isEmpty(); });
    m_commands = std::move(commands);
    setGeometry(parentWidget()->rect());
    setVisible(!m_commands.empty());
    raise();
    update();
}

QStringList KeyBadges::letters() const
{
    QStringList out;
    for (const Command &command : m_commands)
        out.append(letterOf(command));
    return out;
}

void KeyBadges::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int side = theme.px(kSide);
    for (const Command &command : m_commands) {
        if (!command.over)
            continue;
        const QRect over(command.over->mapTo(parentWidget(), QPoint(0, 0)), command.over->size());
        const QRect at = mirrored(layoutDirection(), over, QRect(over.right() - side + theme.px(4), over.top() - theme.px(4), side, side));
        paintBox(&painter, at, theme.px(size::kRadiusChip), theme.solid(Hue::Priority));
        paintText(&painter, at, letterOf(command), theme.font(Type::Caption, QFont::Bold), theme.onSolid(Hue::Priority), Qt::AlignCenter);
    }
}

} // namespace anteroom::ui
