// The acts that have a key, of the window and of the page in front, as the key table and the widgets have them now: what
// the command palette runs and the key sheet lists. It reads the actions that addShortcut() made and keeps nothing.
#pragma once

#include <QKeySequence>
#include <QPointer>
#include <QString>

#include <functional>
#include <vector>

class QWidget;

namespace anteroom::ui {

struct Command {
    QString id;                         // of the key table; "page.queue" for a page of the rail
    QString words;                      // the button's own words where it has them, else the table's
    QKeySequence keys;
    bool ofPage = false;                // else of the program
    bool possible = false;              // now
    std::function<void()> run;
    QPointer<QWidget> over;             // the widget it presses, where a badge can stand
};

[[nodiscard]] std::vector<Command> commandsOf(const QWidget *window, const QWidget *page);
// Every word of `typed` begins a word of `words`; case and accents do not count.
[[nodiscard]] bool matchesWords(const QString &words, const QString &typed);
[[nodiscard]] QString keyWords(const QKeySequence &keys);       // as the keys are labelled: "Ctrl+Enter"

} // namespace anteroom::ui
