// Which letters of a name a typed word has found: the beginning of each word that folds to what was typed, as it is
// written in the name. Pure.
#pragma once

#include "ui/common/rows.h"

#include <QString>
#include <QVector>

namespace anteroom::ui {

// "lukasz" marks the whole of "Łukasz"; "mari" four letters of "Mariam Diallo".
[[nodiscard]] QVector<MatchRange> matchRanges(const QString &name, const QString &typed);

} // namespace anteroom::ui
