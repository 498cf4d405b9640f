#include "ui/records/record_form.h"

#include "ui/records/record_form_model.h"

namespace anteroom::ui {

struct RecordForm::Parts {
    explicit Parts(const Context &context) : model(context) {}
    RecordFormModel model;
};

RecordForm::RecordForm(const Context &context, QWidget *parent) : QWidget(parent), m(std::make_unique<Parts>(context)) {}

RecordForm::~RecordForm() = default;

void RecordForm::startNew(const schema::Table &, const std::vector<schema::ColumnValue> &) {}

void RecordForm::open(const schema::Table &, const Uuid &) {}

void RecordForm::archive() {}

bool RecordForm::back() { return false; }

QWidget *RecordForm::firstFocus() { return this; }

RecordFormModel &RecordForm::model() { return m->model; }

} // namespace anteroom::ui
