// The form of a record without widgets.
#pragma once

#include "ui/desk/context.h"

#include <QObject>

namespace anteroom::ui {

class RecordFormModel final : public QObject {
    Q_OBJECT
public:
    explicit RecordFormModel(const Context &context, QObject *parent = nullptr);
};

} // namespace anteroom::ui
