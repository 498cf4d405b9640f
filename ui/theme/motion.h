// The only motion there is: 120 ms of opacity for what comes up over a window (toast, scrim). None where motion is reduced.
#pragma once

class QWidget;

namespace anteroom::ui {

inline constexpr int kFadeMs = 120;

// Whether the desktop asks for no animations. Qt 6.4 does not say: read of what KDE and GTK keep in their files.
[[nodiscard]] bool desktopIsStill();

void fadeIn(QWidget *widget);           // from nothing to itself; the widget is usable at once

} // namespace anteroom::ui
