#include "ui/records/records_page.h"

#include "schema/registry.h"
#include "ui/common/button.h"
#include "ui/common/paint.h"
#include "ui/common/progress_row.h"
#include "ui/common/search_box.h"
#include "ui/common/toast.h"
#include "ui/records/record_form.h"
#include "ui/records/records_list.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace anteroom::ui {
namespace {

constexpr int kFormWidth = 372;                          // 12-records

QString counted(qint64 number) { return QLocale().toString(static_cast<qlonglong>(number)); }

} // namespace

RecordsPage::RecordsPage(const Context &context, ToastHost *toasts, QWidget *parent)
    : Page(parent), m_replica(context.replica), m_toasts(toasts), m_values(context), m_list(new RecordsList(context, m_values, this)),
      m_form(new RecordForm(context)), m_new(new Button(tr("New"), QStringLiteral("plus"), ButtonKind::Secondary, this)), m_export(context, m_values)
{
    m_form->setFixedWidth(Theme::of(this).px(kFormWidth));
    m_form->hide();
    m_new->hide();                                       // the shell shows it where the role may
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    layout->setSpacing(size::kPanelGap);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_form);
    m_exportPatience.setSingleShot(true);
    m_exportPatience.setInterval(kExportPatienceMs);
    bindShortcut("new", m_new, this);
    connect(m_new, &Button::clicked, this, &RecordsPage::startNew);
    connect(&m_replica.session(), &session::CurrentSession::changed, this, &RecordsPage::onSession);
    connect(m_list, &RecordsList::tableChanged, this, &RecordsPage::showNew);
    connect(m_list, &RecordsList::openWanted, this, [this](const Uuid &id) { openRecord(*m_list->table(), id); });
    connect(m_list, &RecordsList::passed, this, [this](const Uuid &id) {
        m_formTable = m_list->table();
        m_form->open(*m_formTable, id);
    });
    connect(m_list, &RecordsList::archiveWanted, this, [this](const Uuid &id) {
        if (openRecord(*m_list->table(), id))
            m_form->archive();
    });
    connect(m_list, &RecordsList::retryWanted, this, [this] {
        const bool again = std::exchange(m_exportFailed, false);
        m_list->say({});
        if (again)
            exportTo(m_exportPath);
        else
            m_list->model().askAgain();
    });
    connectForm();
    connectExport();
    showNew();
}

void RecordsPage::connectForm()
{
    connect(m_form, &RecordForm::saved, this, [this](const schema::Table *table, const Uuid &id) {
        m_list->model().settle();                        // one's own act shows at once
        if (table == m_list->table())
            m_list->select(id);
    });
    connect(m_form, &RecordForm::left, this, [this] { setFormOpen(false); });
    connect(m_form, &RecordForm::openRequested, this, [this](const schema::Table *table, const Uuid &id) { openRecord(*table, id); });
    QAction *leave = addShortcut("back", this);          // only where it leads back: in the list Esc clears the filter
    leave->setObjectName(QStringLiteral("back"));
    leave->setEnabled(false);
    connect(leave, &QAction::triggered, this, [this] { back(); });
}

void RecordsPage::connectExport()
{
    connect(m_list, &RecordsList::exportWanted, this, &RecordsPage::askWhere);
    connect(&m_exportPatience, &QTimer::timeout, this, [this] { m_list->progress()->setVisible(m_export.running()); });
    connect(&m_export, &RecordsExport::progressed, this, [this](qint64 done, qint64 total) {
        m_list->progress()->setProgress(tr("Exporting, %1 of %2").arg(counted(done), counted(total)), done, total);
    });
    connect(m_list->progress(), &ProgressRow::cancelled, &m_export, &RecordsExport::cancel);
    const auto ended = [this] {
        m_exportPatience.stop();
        m_list->progress()->hide();
    };
    connect(&m_export, &RecordsExport::cancelled, this, ended);
    connect(&m_export, &RecordsExport::finished, this, [this, ended](qint64 rows, const QString &path) {
        ended();
        const QString name = isolated(QFileInfo(path).fileName());
        if (m_toasts)
            m_toasts->show({.text = rows == 1 ? tr("1 row is in %1.").arg(name) : tr("%1 rows are in %2.").arg(counted(rows), name)});
    });
    connect(&m_export, &RecordsExport::failed, this, [this, ended](const QString &words) {
        ended();
        m_exportFailed = true;
        m_list->say(tr("The list was not exported."), words);
    });
}

QString RecordsPage::title() const { return tr("Records"); }

QList<QWidget *> RecordsPage::acts()
{
    const schema::Table *table = m_list->table();
    return table && m_replica.session().may(*table, schema::Op::Insert) ? QList<QWidget *>{m_new} : QList<QWidget *>{};
}

QWidget *RecordsPage::firstFocus()
{
    if (formOpen())
        return m_form->firstFocus();
    return m_list->firstFocus();
}

bool RecordsPage::formOpen() const { return !m_form->isHidden(); }

void RecordsPage::setFormOpen(bool open)
{
    if (open == formOpen())
        return;
    m_form->setVisible(open);
    m_list->setOpenRow(open);
    if (auto *leave = findChild<QAction *>(QStringLiteral("back"), Qt::FindDirectChildrenOnly))
        leave->setEnabled(open);
    if (open)
        return;
    m_formTable = nullptr;
    m_list->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void RecordsPage::keepDrafts() { m_form->keepDraft(); }

bool RecordsPage::back()
{
    if (!formOpen())
        return false;
    if (!m_form->back())
        setFormOpen(false);
    return true;
}

bool RecordsPage::openRecord(const schema::Table &table, const Uuid &id)
{
    if (!m_list->choose(table))
        return false;
    m_formTable = &table;
    m_form->open(table, id);
    setFormOpen(true);
    m_list->select(id);
    if (QWidget *first = m_form->firstFocus())
        first->setFocus(Qt::OtherFocusReason);
    return true;
}

void RecordsPage::startNew()
{
    const schema::Table *table = m_list->table();
    if (!table || !m_replica.session().may(*table, schema::Op::Insert))
        return;
    m_formTable = table;
    m_form->startNew(*table);
    setFormOpen(true);
    if (QWidget *first = m_form->firstFocus())
        first->setFocus(Qt::OtherFocusReason);
}

void RecordsPage::showDetail(const QString &detail)
{
    const QStringList parts = detail.split(u'/');
    const schema::Table *table = schema::findTable(parts.front().toStdString());
    if (!table)
        return;
    const auto id = parts.size() > 1 ? Uuid::fromString(parts[1]) : std::nullopt;
    if (id)
        openRecord(*table, *id);
    else
        m_list->choose(*table);
}

void RecordsPage::onSession()
{
    if (m_formTable && !m_replica.session().mayRead(*m_formTable))
        setFormOpen(false);
    m_list->setTables();
    showNew();
}

void RecordsPage::showNew()
{
    if (const schema::Table *table = m_list->table()) {
        m_new->setText(tr("New %1", "service").arg(inSentence(tableTitle(*table))));
        if (formOpen() && m_formTable != table)
            setFormOpen(false);
    }
    Q_EMIT headChanged();
}

void RecordsPage::askWhere()
{
    const schema::Table *table = m_list->table();
    if (!table || m_export.running())
        return;
    auto *dialog = new QFileDialog(this, tr("Export CSV"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Comma separated values (*.csv)"));
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("%1 %2.csv").arg(tablePlural(*table), m_values.today().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &RecordsPage::exportTo);
    dialog->open();
}

void RecordsPage::exportTo(const QString &path)
{
    if (m_export.running())
        return;
    m_exportPath = path;
    m_exportFailed = false;
    m_list->say({});
    m_exportPatience.start();
    m_export.start(m_list->model().question(), m_list->model().columns(), path);
}

} // namespace anteroom::ui
