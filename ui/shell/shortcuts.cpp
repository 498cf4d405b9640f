#include "ui/shell/shortcuts.h"

#include "ui/common/button.h"

#include <QAction>
#include <QCoreApplication>
#include <QShortcut>

#include <cstring>

namespace anteroom::ui {

const Shortcut *findShortcut(const char *id)
{
    for (const Shortcut &shortcut : kShortcuts) {
        if (std::strcmp(shortcut.id, id) == 0)
            return &shortcut;
    }
    return nullptr;
}

QKeySequence shortcutKeys(const char *id)
{
    const Shortcut *found = findShortcut(id);
    return found ? QKeySequence::fromString(QLatin1String(found->keys), QKeySequence::PortableText) : QKeySequence();
}

QString shortcutTitle(const char *id)
{
    const Shortcut *found = findShortcut(id);
    return found ? QCoreApplication::translate("Shortcuts", found->title) : QString();
}

QAction *addShortcut(const char *id, QWidget *owner)
{
    const Shortcut *found = findShortcut(id);
    auto *action = new QAction(shortcutTitle(id), owner);
    action->setProperty(kShortcutId, QString::fromLatin1(id));
    const QKeySequence keys = shortcutKeys(id);
    QList<QKeySequence> all{keys};
    if (keys.count() == 1 && keys[0].key() == Qt::Key_Return)               // the numeric pad's Enter is another key to Qt
        all.append(QKeySequence(QKeyCombination(keys[0].keyboardModifiers(), Qt::Key_Enter)));
    action->setShortcuts(all);
    action->setAutoRepeat(false);                                           // a held F9 calls one person, not a row of them
    action->setShortcutContext(found && found->scope == Shortcut::Scope::Program ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    owner->addAction(action);
    return action;
}

void bindShortcut(const char *id, Button *button, QWidget *page)
{
    const QKeySequence keys = shortcutKeys(id);
    button->setKeycap(keys);
    if (button->toolTip().isEmpty())
        button->setToolTip(QStringLiteral("%1 (%2)").arg(shortcutTitle(id), keys.toString(QKeySequence::NativeText)));
    QAction *action = addShortcut(id, page);
    action->setProperty(kShortcutOver, QVariant::fromValue<QObject *>(button));
    QObject::connect(action, &QAction::triggered, button, [button] {
        if (button->isVisible() && !button->isBusy())
            button->click();                    // nothing while disabled
    });
}

} // namespace anteroom::ui
