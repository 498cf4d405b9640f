// A push button with a kind, an icon by name and its shortcut as a keycap. Busy keeps the width, changes the words and
// takes no second press. It does not register the shortcut: ui/shell/shortcuts.h does, and calls setKeycap().
#pragma once

#include "ui/theme/style.h"

#include <QPushButton>

namespace anteroom::ui {

class Button : public QPushButton {
    Q_OBJECT
public:
    explicit Button(const QString &text, ButtonKind kind = ButtonKind::Secondary, QWidget *parent = nullptr);
    Button(const QString &text, const QString &iconName, ButtonKind kind = ButtonKind::Secondary, QWidget *parent = nullptr);

    ButtonKind kind() const;
    void setKind(ButtonKind kind);
    void setIconName(const QString &name);
    void setKeycap(const QKeySequence &keys);               // shown, and named in the accessible description
    void setLarge(bool large);                              // 44 px: the primary of a strip
    void setBusy(const QString &words);                     // "Saving"
    void setReady();
    bool isBusy() const { return m_busy; }
    void setWhyDisabled(const QString &reason);             // disables and says why in the tool-tip; empty enables

    QSize minimumSizeHint() const override;                 // a keycap gives way before words, but not the primary's

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;          // Enter presses the focused button, as on a form
    void mousePressEvent(QMouseEvent *event) override;

private:
    void updateMetrics();

    QString m_words;
    QString m_toolTip;
    bool m_busy = false;
    bool m_large = false;
};

} // namespace anteroom::ui
