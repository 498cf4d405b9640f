#include "ui/import/import_panel.h"

#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/progress_row.h"
#include "ui/common/rows.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMimeData>
#include <QPointer>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTableView>

namespace anteroom::ui {
namespace {

constexpr int kInset = 19, kCellInset = 12;                  // of words in a panel, of words in a cell
constexpr int kHeight = 560;                                 // what a page has on a small screen
constexpr int kPatienceMs = 300;                             // LOOK: no progress before it can be read
constexpr int kGuessAfterMs = 1500;                          // a time left that is counted from less jumps
constexpr int kWidths[] = {230, 100, 80, 90, 90};            // of the columns before the last one

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls())
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    return files;
}

QString timeLeft(qint64 elapsedMs, const ImportStep &step)
{
    if (elapsedMs < kGuessAfterMs || step.bytesTotal <= 0 || step.bytesDone <= 0)
        return {};
    const qint64 left = elapsedMs * (step.bytesTotal - step.bytesDone) / step.bytesDone / 1000;
    return left < 60 ? ImportPanel::tr("about %1 s left").arg(left + 1) : ImportPanel::tr("about %1 min left").arg((left + 30) / 60);
}

} // namespace

ImportPanel::ImportPanel(ImportPort &port, QWidget *parent)
    : QWidget(parent), m_port(port), m_stack(new QStackedWidget), m_message(new MessageStrip(Hue::Danger))
{
    setAcceptDrops(true);
    setMinimumHeight(Theme::of(this).px(kHeight));
    m_stack->addWidget(buildChoose());
    m_stack->addWidget(buildAccount());
    m_message->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kPanelGap);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    m_late.setSingleShot(true);
    m_late.setInterval(kPatienceMs);
    connect(&m_late, &QTimer::timeout, this, [this] { m_progress->show(); });
    become(Step::Choose);
}

ImportPanel::~ImportPanel()
{
    if (m_step == Step::Checking || m_step == Step::Importing)
        m_port.cancel();
}

QWidget *ImportPanel::buildChoose()
{
    auto *panel = new Panel;
    auto *place = new EmptyState(QStringLiteral("upload"), tr("Import records or a list of diagnoses"),
                                 tr("FHIR bundles, FHIR as NDJSON, or an ICD-10-CM list. Drop the files here or choose them. "
                                    "You see what is in them before anything is saved."));
    auto *choose = new Button(tr("Choose files…"), ButtonKind::Primary);
    place->addAct(choose);
    connect(choose, &Button::clicked, this, &ImportPanel::openDialog);
    panel->column()->addWidget(place, 1);
    return panel;
}

QWidget *ImportPanel::buildAccount()
{
    auto *panel = new Panel;
    m_title = new Label({}, Type::Section);
    m_words = new Label({}, Type::Secondary, Tone::Text2);
    m_words->setWordWrap(true);
    m_progress = new ProgressRow;
    m_progress->setCancellable(false);                       // the button below is larger and always in one place
    m_table = new QTableView;
    setUpTable(m_table);
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("What is in the files"));
    for (int i = 0; i < ImportModel::WhyColumn; ++i)
        m_table->setColumnWidth(i, Theme::of(this).px(kWidths[i]));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_import = new Button(tr("Import"), ButtonKind::Primary);
    m_cancel = new Button(tr("Cancel"));
    m_others = new Button(tr("Other files…"));
    m_copy = new Button(tr("Copy as text"), QStringLiteral("copy"), ButtonKind::Quiet);
    m_save = new Button(tr("Save as text…"), QStringLiteral("export"), ButtonKind::Quiet);
    connect(m_import, &Button::clicked, this, [this] { run(false); });
    connect(m_cancel, &Button::clicked, this, [this] {
        m_cancel->setBusy(tr("Stopping"));
        m_port.cancel();
    });
    connect(m_others, &Button::clicked, this, &ImportPanel::openDialog);
    connect(m_copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
    connect(m_save, &Button::clicked, this, &ImportPanel::saveText);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(kInset, 14, kInset, 12);
    head->setSpacing(6);
    for (QWidget *part : std::initializer_list<QWidget *>{m_title, m_words, m_progress})
        head->addWidget(part);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 10, kInset, 10);
    foot->setSpacing(8);
    foot->addWidget(m_copy);
    foot->addWidget(m_save);
    foot->addStretch();
    for (Button *button : {m_others, m_cancel, m_import})
        foot->addWidget(button);
    panel->column()->addLayout(head);
    auto *table = new QVBoxLayout;
    table->setContentsMargins(kInset - kCellInset, 0, kInset - kCellInset, 0);     // its text stands under the title
    table->addWidget(m_table);
    panel->column()->addLayout(table, 1);
    panel->column()->addWidget(new Rule);
    panel->column()->addLayout(foot);
    return panel;
}

void ImportPanel::openDialog()
{
    auto *dialog = new QFileDialog(this, tr("Import files"));
    dialog->setObjectName(QStringLiteral("importFiles"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("FHIR and code lists (*.json *.ndjson *.tsv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &ImportPanel::chooseFiles);
    dialog->open();
}

void ImportPanel::chooseFiles(const QStringList &files)
{
    if (files.isEmpty() || m_step == Step::Checking || m_step == Step::Importing)
        return;
    m_files = files;
    m_stopped = false;
    m_model.clear();
    run(true);
}

void ImportPanel::run(bool dryRun)
{
    m_message->hide();
    become(dryRun ? Step::Checking : Step::Importing);
    m_at = {};
    m_since.start();
    progress(m_at);
    m_late.start();
    const QPointer<ImportPanel> self(this);                  // the port may answer after the window was closed
    m_port.start({m_files, dryRun}, [self](const ImportStep &step) { if (self) self->progress(step); },
                 [self, dryRun](const Result<ImportAccount> &result) { if (self) self->finished(dryRun, result); });
}

void ImportPanel::progress(const ImportStep &step)
{
    m_at = step;
    const QString done = ImportModel::count(step.records);
    const QString words = m_step == Step::Checking ? tr("Looking through the files, %1 records so far").arg(done)
                                                   : tr("Importing, %1 records so far").arg(done);
    m_progress->setProgress(words, step.bytesDone, step.bytesTotal, timeLeft(m_since.elapsed(), step));
}

void ImportPanel::finished(bool dryRun, const Result<ImportAccount> &result)
{
    m_late.stop();
    m_cancel->setReady();
    m_stopped = m_stopped || (!dryRun && !result);
    if (!result) {
        m_message->setHue(Hue::Danger);
        m_message->setMessage(dryRun ? tr("The files could not be looked through") : tr("The import stopped"), result.error().detail);
        m_message->show();
        become(m_model.rowCount() > 0 ? Step::Checked : Step::Choose);
        return;
    }
    if (dryRun && result->cancelled) {
        become(Step::Choose);
        return;
    }
    m_model.setAccount(*result);
    become(dryRun ? Step::Checked : Step::Done);
}

void ImportPanel::become(Step step)
{
    m_step = step;
    const bool working = step == Step::Checking || step == Step::Importing;
    m_stack->setCurrentIndex(step == Step::Choose ? 0 : 1);
    m_cancel->setVisible(working);
    m_others->setVisible(!working);
    for (Button *button : {m_copy, m_save})
        button->setVisible(step == Step::Done || step == Step::Checked);
    m_import->setVisible(step == Step::Checked);
    m_table->setVisible(step != Step::Checking);
    m_progress->hide();
    if (step != Step::Choose)
        showAccount();
    if (step == Step::Checked && m_import->isEnabled())
        m_import->setFocus(Qt::OtherFocusReason);
}

void ImportPanel::showAccount()
{
    const QString files = m_files.size() == 1 ? tr("1 file") : tr("%1 files").arg(m_files.size());
    const int changes = m_model.changes(), left = m_model.notTaken(), unread = m_model.account().problemCount;
    const QString fresh = changes == 1 ? tr("1 record") : tr("%1 records").arg(ImportModel::count(changes));
    QStringList words;
    switch (m_step) {
    case Step::Choose:
        return;
    case Step::Checking:
    case Step::Importing:
        m_title->setText(files);
        words << (m_step == Step::Checking ? tr("Nothing is saved yet.") : tr("What is imported reaches the other PCs at once. Work may go on meanwhile."));
        break;
    case Step::Checked:
        m_title->setText(tr("What is in %1").arg(files));
        words << (m_stopped      ? tr("It stopped before its end. What is in stays; importing the same files again goes on from there.")
                  : changes == 0 ? tr("Everything that has a place here is here already.") : tr("%1 would be new here. Nothing is saved yet.").arg(fresh));
        m_import->setText(changes == 0 ? tr("Import") : tr("Import %1").arg(fresh));
        m_import->setWhyDisabled(changes == 0 ? tr("There is nothing new in the files") : QString());
        break;
    case Step::Done:
        m_title->setText(m_model.account().cancelled ? tr("Stopped after %1").arg(fresh) : tr("Imported %1").arg(fresh));
        if (m_model.account().cancelled)
            words << tr("What is in stays. Importing the same files again goes on from there.");
        break;
    }
    if (m_step == Step::Checked || m_step == Step::Done) {
        if (left > 0)
            words << (left == 1 ? tr("1 has no place here; the last column says why.") : tr("%1 have no place here; the last column says why.").arg(ImportModel::count(left)));
        if (unread > 0)
            words << (unread == 1 ? tr("1 line could not be read: %1").arg(m_model.account().problems.value(0))
                                  : tr("%1 lines could not be read; the text to copy names them.").arg(ImportModel::count(unread)));
        words << m_model.account().notes;
    }
    m_words->setText(words.join(QLatin1Char(' ')));
}

QString ImportPanel::words() const { return m_words->text(); }

QString ImportPanel::asText() const { return m_model.asText(m_title->text(), m_files); }

void ImportPanel::saveText()
{
    auto *dialog = new QFileDialog(this, tr("Save as text"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(QStringLiteral("import.txt"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QSaveFile file(path);
        const QByteArray text = asText().toUtf8();
        if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
            return;
        m_message->setHue(Hue::Danger);
        m_message->setMessage(tr("The text was not saved"), tr("Choose a folder in which this PC may write. %1").arg(file.errorString()));
        m_message->show();
    });
    dialog->open();
}

void ImportPanel::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_step != Step::Checking && m_step != Step::Importing && !localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ImportPanel::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    chooseFiles(localFiles(event->mimeData()));
}

} // namespace anteroom::ui
