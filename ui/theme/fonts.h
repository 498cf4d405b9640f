// The faces built into the program. Loading them is idempotent and never touches the fonts of the system.
#pragma once

#include <QStringList>

namespace anteroom::ui {

// Registers the built-in faces with Qt and returns the families in the order of falling back.
QStringList loadFonts();

} // namespace anteroom::ui
