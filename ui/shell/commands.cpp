#include "ui/shell/commands.h"

#include "ui/common/button.h"
#include "ui/shell/shortcuts.h"

#include <QAction>

#include <algorithm>

namespace anteroom::ui {

namespace {

QString plain(QString text)
{
    text = text.normalized(QString::NormalizationForm_KD).toLower();
    text.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing || c == QLatin1Char('&'); });
    return text;
}

QStringList wordsIn(const QString &text)
{
    QString split = plain(text);
    for (QChar &c : split)
        if (!c.isLetterOrNumber())
            c = QLatin1Char(' ');
    return split.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

std::vector<Command> commandsOf(const QWidget *window, const QWidget *page)
{
    std::vector<Command> out;
    for (QAction *action : window->findChildren<QAction *>()) {
        const QString id = action->property(kShortcutId).toString();
        const auto *owner = qobject_cast<const QWidget *>(action->parent());
        const bool ofPage = owner != window;
        if (id.isEmpty() || action->text().isEmpty() || !owner || (ofPage && owner != page && !(page && page->isAncestorOf(owner))))
            continue;
        auto *over = qobject_cast<QWidget *>(action->property(kShortcutOver).value<QObject *>());
        const auto *button = qobject_cast<const Button *>(over);
        Command command{.id = id, .words = action->text(), .keys = action->shortcut(), .ofPage = ofPage, .over = over};
        command.possible = action->isEnabled() && owner->isVisible() && (!over || (over->isVisible() && over->isEnabled())) && !(button && button->isBusy());
        if (button && !button->text().isEmpty() && button->isVisible())
            command.words = button->text().remove(QLatin1Char('&'));
        command.run = [act = QPointer(action)] {
            if (act)
                act->trigger();
        };
        const auto same = std::ranges::find(out, id, &Command::id);
        if (same == out.end())
            out.push_back(std::move(command));
        else if (command.possible && !same->possible)      // the same key in two panes of a page: the one in front
            *same = std::move(command);
    }
    std::ranges::stable_sort(out, [](const Command &a, const Command &b) { return a.ofPage && !b.ofPage; });
    return out;
}

bool matchesWords(const QString &words, const QString &typed)
{
    const QStringList have = wordsIn(words);
    const QStringList wanted = wordsIn(typed);
    return std::ranges::all_of(wanted, [&](const QString &begin) { return std::ranges::any_of(have, [&](const QString &word) { return word.startsWith(begin); }); });
}

QString keyWords(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText).replace(QLatin1String("Return"), QLatin1String("Enter"));
}

} // namespace anteroom::ui
