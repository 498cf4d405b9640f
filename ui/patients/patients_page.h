// Patients: the search box and list at the leading side, one person beside it; registering and editing take the page's
// place and come back to the same row. Layout and focus; the models know the rest.
#pragma once

#include "ui/patients/patient_details_model.h"
#include "ui/patients/patients_model.h"
#include "ui/shell/page.h"

#include <QPointer>

class QListView;
class QStackedWidget;

namespace anteroom::ui {

class AskDialog;
class Button;
class DetailsPane;
class EmptyState;
class Label;
class MessageStrip;
class PatientForm;
class QueueModel;
class SearchBox;

class PatientsPage final : public Page {
    Q_OBJECT
public:
    PatientsPage(const Context &context, QueueModel &queue, QWidget *parent = nullptr);

    QString title() const override;
    QString subtitle() const override;
    QList<QWidget *> acts() override { return {}; }
    QWidget *firstFocus() override;
    bool hasOwnSearch() const override { return true; }
    void focusSearch() override;
    bool back() override;
    void keepDrafts() override;
    int footer() const override { return 70; }               // the buttons below the list and the form, and the page's margin

    void showPatient(const Uuid &id);
    void searchFor(const QString &words);
    void registerNew(const QString &typed);
    void editCurrent();
    void askToArchive();                                     // with a reason; can be undone and restored
    void restoreCurrent();

    [[nodiscard]] PatientsModel &model() { return m_model; }
    [[nodiscard]] PatientDetailsModel &details() { return m_details; }
    [[nodiscard]] PatientForm *form() const { return m_form; }
    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] SearchBox *search() const { return m_search; }

Q_SIGNALS:
    void queueWanted(const Uuid &patient);

private:
    QWidget *buildList();
    void connectParts();
    void move(int rows);
    void showList();
    void leaveForm();
    void onSaved(const Uuid &patient);
    void save(const node::Act &act, const QString &undoes, const QString &done);

    PatientsModel m_model;
    PatientDetailsModel m_details;
    node::Replica &m_replica;
    Undo &m_undo;
    QPointer<AskDialog> m_ask;
    QStackedWidget *m_stack, *m_listStack;
    SearchBox *m_search;
    Label *m_found;
    QListView *m_list;
    EmptyState *m_empty;
    MessageStrip *m_failure;
    Button *m_register;
    DetailsPane *m_pane;
    PatientForm *m_form;
    QString m_editing;                                       // who the form is about, for the head
};

} // namespace anteroom::ui
