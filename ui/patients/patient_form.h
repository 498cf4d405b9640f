// The form to register or edit a person: fields, where to queue, the differences another desk made, and who is perhaps
// already here. Layout only; PatientFormModel knows the rules.
#pragma once

#include "ui/patients/patient_form_model.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QScrollArea;
class QVBoxLayout;

namespace anteroom::ui {

class Button;
class Field;
class Label;
class LineEdit;
class MessageStrip;
class Panel;
class QueueModel;
class Segments;
class SimilarPanel;
class DifferencePanel;

class PatientForm final : public QWidget {
    Q_OBJECT
public:
    PatientForm(const Context &context, QueueModel &queue, QWidget *parent = nullptr);

    void startNew(const QString &typed);
    void startEdit(const schema::Row &shown);
    void save(bool withTicket);                          // as the buttons do
    [[nodiscard]] PatientFormModel &model() { return m_model; }
    [[nodiscard]] QWidget *firstFocus() const;
    [[nodiscard]] QWidget *control(PatientField field) const;
    [[nodiscard]] DifferencePanel *differences() const { return m_differences; }

Q_SIGNALS:
    void saved(const Uuid &patient, const QString &ticketLabel, bool provisional);
    void left();
    void useWanted(const Uuid &patient);                 // "Use this person" of somebody already here

private:
    QWidget *buildFields();
    QWidget *buildQueue();
    QWidget *buildFooter();
    LineEdit *addLine(PatientField field, const QString &label, bool optional);
    void addSex();
    void showTexts();
    void showMarks();
    void showState();

    PatientFormModel m_model;
    QueueModel &m_queue;
    std::array<Field *, kPatientFieldCount> m_fields{};
    std::array<LineEdit *, kPatientFieldCount> m_lines{};
    Segments *m_sex;
    QWidget *m_more, *m_queueBox;
    Button *m_moreButton;
    QComboBox *m_point;
    Segments *m_priority;
    LineEdit *m_reason;
    MessageStrip *m_failure;
    Button *m_cancel, *m_only, *m_primary;
    DifferencePanel *m_differences;
    SimilarPanel *m_similar;
    bool m_showing = false;
};

} // namespace anteroom::ui
