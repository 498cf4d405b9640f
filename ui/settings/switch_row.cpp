#include "ui/settings/switch_row.h"

#include "ui/common/label.h"
#include "ui/common/switch.h"

#include <QBoxLayout>

namespace anteroom::ui {

SwitchRow::SwitchRow(Switch *control, QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new Label(control->accessibleName()), 1);
    row->addWidget(control);
}

} // namespace anteroom::ui
