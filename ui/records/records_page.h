// Records: every table that the session's role may read, as a list, with the form of one record beside it. Esc comes back
// to the same row. Layout, focus and the way between list, form and file; the models know the rest.
#pragma once

#include "ui/records/records_export.h"
#include "ui/shell/page.h"

namespace anteroom::ui {

class Button;
class RecordForm;
class RecordsList;
class ToastHost;

class RecordsPage final : public Page {
    Q_OBJECT
public:
    static constexpr int kExportPatienceMs = 500;        // a shorter export shows no progress

    RecordsPage(const Context &context, ToastHost *toasts, QWidget *parent = nullptr);

    QString title() const override;
    QList<QWidget *> acts() override;
    QWidget *firstFocus() override;
    bool back() override;
    void keepDrafts() override;
    int footer() const override { return 50; }           // the line below the rows, and the page's margin

    void showDetail(const QString &detail);              // "patient_bills", "patient_bills/<id>"
    bool openRecord(const schema::Table &table, const Uuid &id);     // false: not for this role
    void startNew();
    void exportTo(const QString &path);

    [[nodiscard]] RecordsList *list() const { return m_list; }
    [[nodiscard]] RecordForm *form() const { return m_form; }
    [[nodiscard]] bool formOpen() const;
    [[nodiscard]] Button *newButton() const { return m_new; }

private:
    void connectForm();
    void connectExport();
    void onSession();
    void showNew();
    void setFormOpen(bool open);
    void askWhere();

    node::Replica &m_replica;
    ToastHost *m_toasts;
    ClinicValues m_values;
    RecordsList *m_list;
    RecordForm *m_form;
    Button *m_new;
    RecordsExport m_export;
    QTimer m_exportPatience;
    QString m_exportPath;
    const schema::Table *m_formTable = nullptr;
    bool m_exportFailed = false;
};

} // namespace anteroom::ui
