// Every shortcut of the program in one table {id, key, title, scope}: actions, keycaps and tool-tips all read it, so
// that no key is spelled twice and two pages can not take the same one. It knows keys, not what they do.
#pragma once

#include <QKeySequence>
#include <QString>

#include <array>

class QAction;
class QWidget;

namespace anteroom::ui {

class Button;

struct Shortcut {
    enum class Scope : unsigned char { Program, Page };
    const char *id;
    const char *keys;                   // portable text
    const char *title;                  // source text of context "Shortcuts"
    Scope scope;
};

// Numbers of pages (Ctrl+1 … Ctrl+9) follow the page table and are not listed.
inline constexpr std::array kShortcuts = {
    Shortcut{"search",            "Ctrl+K",            QT_TRANSLATE_NOOP("Shortcuts", "Find a patient, ticket or bill"), Shortcut::Scope::Program},
    Shortcut{"sync.now",          "Ctrl+F5",           QT_TRANSLATE_NOOP("Shortcuts", "Sync now"), Shortcut::Scope::Program},
    Shortcut{"person.switch",     "Ctrl+L",            QT_TRANSLATE_NOOP("Shortcuts", "Switch person"), Shortcut::Scope::Program},
    Shortcut{"palette",           "Ctrl+Shift+P",      QT_TRANSLATE_NOOP("Shortcuts", "Do something by its name"), Shortcut::Scope::Program},
    Shortcut{"keys",              "F1",                QT_TRANSLATE_NOOP("Shortcuts", "Show the keys"), Shortcut::Scope::Program},
    Shortcut{"undo",              "Ctrl+Z",            QT_TRANSLATE_NOOP("Shortcuts", "Undo"), Shortcut::Scope::Program},
    Shortcut{"new",               "Ctrl+N",            QT_TRANSLATE_NOOP("Shortcuts", "New"), Shortcut::Scope::Page},
    Shortcut{"save",              "Ctrl+Return",       QT_TRANSLATE_NOOP("Shortcuts", "Save"), Shortcut::Scope::Page},
    Shortcut{"save.again",        "Ctrl+S",            QT_TRANSLATE_NOOP("Shortcuts", "Save"), Shortcut::Scope::Page},
    Shortcut{"save.other",        "Ctrl+Shift+Return", QT_TRANSLATE_NOOP("Shortcuts", "Save without the next step"), Shortcut::Scope::Page},
    Shortcut{"back",              "Esc",               QT_TRANSLATE_NOOP("Shortcuts", "Back"), Shortcut::Scope::Page},
    Shortcut{"record.open",       "Ctrl+O",            QT_TRANSLATE_NOOP("Shortcuts", "Open the record"), Shortcut::Scope::Page},
    Shortcut{"record.edit",       "F2",                QT_TRANSLATE_NOOP("Shortcuts", "Edit"), Shortcut::Scope::Page},
    Shortcut{"record.archive",    "Del",               QT_TRANSLATE_NOOP("Shortcuts", "Archive"), Shortcut::Scope::Page},
    Shortcut{"record.restore",    "Ctrl+Shift+R",      QT_TRANSLATE_NOOP("Shortcuts", "Restore"), Shortcut::Scope::Page},
    Shortcut{"list.filter",       "Ctrl+F",            QT_TRANSLATE_NOOP("Shortcuts", "Filter the list"), Shortcut::Scope::Page},
    Shortcut{"list.copy",         "Ctrl+C",            QT_TRANSLATE_NOOP("Shortcuts", "Copy the row"), Shortcut::Scope::Page},
    Shortcut{"patient.register",  "Ins",               QT_TRANSLATE_NOOP("Shortcuts", "Register a patient"), Shortcut::Scope::Page},
    Shortcut{"patient.queue",     "Alt+Q",             QT_TRANSLATE_NOOP("Shortcuts", "Queue"), Shortcut::Scope::Page},
    Shortcut{"more",              "Alt+M",             QT_TRANSLATE_NOOP("Shortcuts", "More"), Shortcut::Scope::Page},
    Shortcut{"review.mine",       "Alt+M",             QT_TRANSLATE_NOOP("Shortcuts", "Keep this side"), Shortcut::Scope::Page},
    Shortcut{"review.theirs",     "Alt+T",             QT_TRANSLATE_NOOP("Shortcuts", "Keep what stands"), Shortcut::Scope::Page},
    Shortcut{"review.fields",     "Alt+F",             QT_TRANSLATE_NOOP("Shortcuts", "Choose field by field"), Shortcut::Scope::Page},
    Shortcut{"review.drop",       "Alt+D",             QT_TRANSLATE_NOOP("Shortcuts", "Drop with a reason"), Shortcut::Scope::Page},
    Shortcut{"book.before",       "Alt+Left",          QT_TRANSLATE_NOOP("Shortcuts", "The day before"), Shortcut::Scope::Page},
    Shortcut{"book.after",        "Alt+Right",         QT_TRANSLATE_NOOP("Shortcuts", "The day after"), Shortcut::Scope::Page},
    Shortcut{"book.today",        "Alt+T",             QT_TRANSLATE_NOOP("Shortcuts", "Today"), Shortcut::Scope::Page},
    Shortcut{"book.day",          "Alt+D",             QT_TRANSLATE_NOOP("Shortcuts", "Choose a day"), Shortcut::Scope::Page},
    Shortcut{"book.draw",         "Alt+W",             QT_TRANSLATE_NOOP("Shortcuts", "Write or draw"), Shortcut::Scope::Page},
    Shortcut{"zoom.in",           "Ctrl++",            QT_TRANSLATE_NOOP("Shortcuts", "Larger"), Shortcut::Scope::Page},
    Shortcut{"zoom.out",          "Ctrl+-",            QT_TRANSLATE_NOOP("Shortcuts", "Smaller"), Shortcut::Scope::Page},
    Shortcut{"queue.serve",       "F6",                QT_TRANSLATE_NOOP("Shortcuts", "Start serving"), Shortcut::Scope::Page},
    Shortcut{"queue.recall",      "F7",                QT_TRANSLATE_NOOP("Shortcuts", "Call again"), Shortcut::Scope::Page},
    Shortcut{"queue.transfer",    "F8",                QT_TRANSLATE_NOOP("Shortcuts", "Transfer"), Shortcut::Scope::Page},
    Shortcut{"queue.next",        "F9",                QT_TRANSLATE_NOOP("Shortcuts", "Call next"), Shortcut::Scope::Page},
    Shortcut{"queue.finish",      "Shift+F9",          QT_TRANSLATE_NOOP("Shortcuts", "Finish"), Shortcut::Scope::Page},
    Shortcut{"queue.hold",        "F10",               QT_TRANSLATE_NOOP("Shortcuts", "No-show or hold"), Shortcut::Scope::Page},
};

// Properties of the actions made here: the id, and the widget that the key presses (where a badge can stand).
inline constexpr char kShortcutId[] = "shortcutId", kShortcutOver[] = "shortcutOver";

const Shortcut *findShortcut(const char *id);
QKeySequence shortcutKeys(const char *id);              // empty for an unknown id
QString shortcutTitle(const char *id);                  // translated

// An action with the key of the table, added to the widget: active in the window (Program) or while the focus is in
// the widget's page (Page). Connect its triggered().
QAction *addShortcut(const char *id, QWidget *owner);
// The same for a button: the key clicks it, the keycap and tool-tip show it. Does nothing while the button is disabled.
void bindShortcut(const char *id, Button *button, QWidget *page);

} // namespace anteroom::ui
