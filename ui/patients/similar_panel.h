// Who is perhaps already here, beside the form while one types: people whose name or phone matches, with the reasons.
// It never stops anybody: "Different person? Just go on."
#pragma once

#include "ui/common/panel.h"
#include "ui/patients/patient_form_model.h"

#include <QTimer>

class QVBoxLayout;

namespace anteroom::ui {

class Label;

class SimilarPanel final : public Panel {
    Q_OBJECT
public:
    SimilarPanel(const Context &context, PatientFormModel &form, QWidget *parent = nullptr);

Q_SIGNALS:
    void useWanted(const Uuid &patient);

private:
    void ask();
    void take(const std::vector<schema::Row> &rows, bool byPhone);
    void showCards();
    QWidget *card(const schema::Row &row);

    node::Replica &m_replica;
    const Clock &m_clock;
    PatientFormModel &m_form;
    QTimer m_wait;
    QString m_name, m_phone;                             // what was asked last
    std::vector<schema::Row> m_byName, m_byPhone;
    Label *m_count, *m_hint;
    QVBoxLayout *m_cards;
    qint64 m_total = 0;
};

} // namespace anteroom::ui
