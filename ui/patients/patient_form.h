// The form to register or edit a person: fields, where to queue, the differences another desk made, and who is perhaps
// already here. Layout only; PatientFormModel knows the rules.
#pragma once

#include "ui/patients/patient_draft.h"

#include <QTimer>
#include <QWidget>

#include <functional>

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
    ~PatientForm() override;

    // Both keep what is half typed and bring it back later: a registration when none with other words begins, the changes
    // of a person when that person is edited again. While a save is under way the form stays as it is.
    void startNew(const QString &typed);
    void startEdit(const schema::Row &shown);
    void keepDraft();                                    // now: the form is left, or the window closes
    void startOver();                                    // throws away what is typed here
    void use(const Uuid &patient);                       // somebody already here; names alone are not kept
    [[nodiscard]] std::size_t keptDrafts() const { return m_drafts.size(); }
    [[nodiscard]] MessageStrip *keptStrip() const { return m_kept; }
    void save(bool withTicket);                          // as the buttons do
    [[nodiscard]] PatientFormModel &model() { return m_model; }
    [[nodiscard]] QWidget *firstFocus() const;
    [[nodiscard]] QWidget *control(PatientField field) const;
    [[nodiscard]] DifferencePanel *differences() const { return m_differences; }

Q_SIGNALS:
    void saved(const Uuid &patient, const QString &ticketLabel, bool provisional);
    void left();
    void useWanted(const Uuid &patient);                 // "Use this person" of somebody already here

protected:
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildFields();
    QWidget *buildQueue();
    QWidget *buildFooter();
    LineEdit *addLine(PatientField field, const QString &label, bool optional);
    void addSex();
    using Kept = KeptForm;
    [[nodiscard]] Kept current() const;
    void keep();
    void writeDraft();                                   // what is typed now, to the disk
    void forgetDraft(const Uuid &person);
    void readDrafts();                                   // those of a window that is no more
    [[nodiscard]] std::optional<Kept> takeDraft(const std::function<bool(const Kept &)> &wanted);
    void bringBack(const Kept &kept);
    void openNew(const QString &typed);
    void showKept(bool restored);
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
    MessageStrip *m_failure, *m_kept;
    Button *m_keptAct;
    bool m_restored = false;
    std::vector<Kept> m_drafts;                          // the latest last
    node::Drafts &m_store;
    QTimer m_write;
    Button *m_cancel, *m_only, *m_primary;
    DifferencePanel *m_differences;
    SimilarPanel *m_similar;
    bool m_showing = false;
};

} // namespace anteroom::ui
