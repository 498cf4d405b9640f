// What another desk changed while a form was open, group by group: before, theirs, yours, and which is kept. Values wrap,
// never elide. Beside the form, never over it.
#pragma once

#include "ui/common/panel.h"
#include "ui/patients/patient_form_model.h"

class QVBoxLayout;

namespace anteroom::ui {

class Label;

class DifferencePanel final : public Panel {
    Q_OBJECT
public:
    explicit DifferencePanel(PatientFormModel &form, QWidget *parent = nullptr);

    void showConflicts(const std::vector<GroupConflict> &conflicts);

private:
    QWidget *card(const GroupConflict &conflict, std::size_t number);

    PatientFormModel &m_form;
    Label *m_title, *m_hint;
    QVBoxLayout *m_cards;
};

} // namespace anteroom::ui
