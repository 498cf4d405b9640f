#include "ui/records/record_form_model.h"

namespace anteroom::ui {

RecordFormModel::RecordFormModel(const Context &, QObject *parent) : QObject(parent) {}

} // namespace anteroom::ui
