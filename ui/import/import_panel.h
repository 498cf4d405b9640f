// Settings, "Data": files are chosen or dropped, looked through, shown as a table of what would be taken, imported with
// progress, and accounted for in words that can be kept. Layout and the steps between; what is in the files is the port's.
#pragma once

#include "ui/import/import_model.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QTableView;

namespace anteroom::ui {

class Button;
class EmptyState;
class Label;
class MessageStrip;
class ProgressRow;

class ImportPanel final : public QWidget {
    Q_OBJECT
public:
    enum class Step : unsigned char { Choose, Checking, Checked, Importing, Done };

    // The port outlives the panel.
    explicit ImportPanel(ImportPort &port, QWidget *parent = nullptr);
    ~ImportPanel() override;

    void chooseFiles(const QStringList &files);              // looks them through at once
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] const ImportModel &model() const { return m_model; }
    [[nodiscard]] Button *importButton() const { return m_import; }
    [[nodiscard]] Button *cancelButton() const { return m_cancel; }
    [[nodiscard]] QString words() const;                     // the sentence above the table
    [[nodiscard]] QString asText() const;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildChoose();
    QWidget *buildAccount();
    void openDialog();
    void run(bool dryRun);
    void finished(bool dryRun, const Result<ImportAccount> &result);
    void progress(const ImportStep &step);
    void become(Step step);
    void showAccount();
    void saveText();

    ImportPort &m_port;
    ImportModel m_model;
    QStringList m_files;
    Step m_step = Step::Choose;
    bool m_stopped = false;                                  // an import of these files failed: a part of it may be in
    ImportStep m_at;
    QElapsedTimer m_since;
    QTimer m_late;                                           // progress shows when it takes long enough to be read
    QStackedWidget *m_stack;
    MessageStrip *m_message;
    Label *m_title, *m_words;
    ProgressRow *m_progress;
    QTableView *m_table;
    Button *m_import, *m_cancel, *m_others, *m_copy, *m_save;
};

} // namespace anteroom::ui
