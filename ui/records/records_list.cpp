#include "ui/records/records_list.h"

#include "schema/registry.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/progress_row.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/records/record_cells.h"
#include "ui/records/record_groups.h"
#include "ui/settings/app_settings.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>

namespace anteroom::ui {
namespace {

constexpr int kLeastChooser = 140, kChooser = 210, kLeastFilter = 120, kFilter = 220;       // 12-records; the least beside a form at 1100
constexpr int kMostTables = 18;                      // of the chooser before it scrolls
constexpr int kFollowMs = 150;                       // a held arrow key opens the row where it stops
enum Shown { kRows, kEmpty, kReading };

} // namespace

RecordsList::RecordsList(const Context &context, const ClinicValues &values, QWidget *page)
    : m_replica(context.replica), m_settings(context.settings), m_model(context, values), m_chooser(new QComboBox),
      m_filter(new SearchBox(tr("Filter"))), m_columnsButton(new Button(tr("Columns"), QStringLiteral("columns"), ButtonKind::Quiet)),
      m_exportButton(new Button(tr("Export CSV"), QStringLiteral("export"), ButtonKind::Quiet)),
      m_clear(new Button(tr("Clear the filter"), ButtonKind::Secondary)), m_failure(new MessageStrip(Hue::Danger)), m_stack(new QStackedWidget),
      m_view(new QTableView), m_empty(new EmptyState(QStringLiteral("table"), QString())), m_reading(new Label({}, Type::Body, Tone::Text2)),
      m_count(new Label({}, Type::Secondary, Tone::Text2)), m_hint(new Label({}, Type::Secondary, Tone::Text2)), m_progress(new ProgressRow)
{
    buildBar();
    buildRows();
    connectParts(page);
    setTables();
}

void RecordsList::buildBar()
{
    m_chooser->setMinimumWidth(kLeastChooser);
    m_chooser->setMaximumWidth(kChooser);
    m_chooser->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_chooser->setMaxVisibleItems(kMostTables);
    m_chooser->setAccessibleName(tr("Kind of record"));
    m_chooser->setItemDelegate(new RowDelegate(m_chooser));
    m_filter->setKeycap(shortcutKeys("list.filter"));
    m_filter->setMinimumWidth(kLeastFilter);
    m_filter->setMaximumWidth(kFilter);
    m_filter->setAccessibleName(tr("Filter"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 10, 12, 10);
    bar->setSpacing(8);
    bar->addWidget(m_chooser, 2);
    bar->addWidget(m_filter, 2);
    bar->addStretch();
    bar->addWidget(m_columnsButton);
    bar->addWidget(m_exportButton);
    column()->addLayout(bar);
    m_failure->hide();
    auto *retry = new Button(tr("Try again"), ButtonKind::Secondary);
    m_failure->addAct(retry);
    connect(retry, &Button::clicked, this, &RecordsList::retryWanted);
    column()->addWidget(m_failure);
}

void RecordsList::buildRows()
{
    setUpTable(m_view);
    m_view->setModel(&m_model);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->horizontalHeader()->setSectionsClickable(true);
    m_view->horizontalHeader()->setSortIndicatorShown(true);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
    m_empty->addAct(m_clear);
    m_reading->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_reading);
    column()->addWidget(m_stack, 1);
    column()->addWidget(m_progress);
    m_progress->hide();
    column()->addWidget(new Rule);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(16, 8, 16, 8);
    footer->addWidget(m_count);
    footer->addStretch();
    footer->addWidget(m_hint);
    column()->addLayout(footer);
}

void RecordsList::connectParts(QWidget *page)
{
    for (QTimer *timer : {&m_still, &m_typing, &m_patience, &m_passing})
        timer->setSingleShot(true);
    m_still.setInterval(kStillMs);
    m_typing.setInterval(kFilterMs);
    m_patience.setInterval(kPatienceMs);
    m_passing.setInterval(kFollowMs);
    connect(&m_still, &QTimer::timeout, &m_model, &RecordsModel::settle);
    connect(&m_patience, &QTimer::timeout, this, &RecordsList::showState);
    connect(&m_typing, &QTimer::timeout, this, [this] {
        RecordsQuestion question = m_model.question();
        question.filter = m_filter->text().simplified();
        ask(question);
    });
    connect(&m_passing, &QTimer::timeout, this, [this] {
        if (const auto id = current(); id && m_rowIsOpen)
            Q_EMIT passed(*id);
    });
    connect(m_chooser, &QComboBox::activated, this, [this](int index) {
        if (const schema::Table *chosen = tableAt(index))
            choose(*chosen);
    });
    connect(m_filter, &QLineEdit::textEdited, this, [this] { m_typing.start(); });
    connect(m_filter, &SearchBox::moved, this, &RecordsList::move);
    connect(m_filter, &SearchBox::chosen, this, [this] {
        if (!m_view->currentIndex().isValid())
            move(0);
        m_view->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_clear, &Button::clicked, this, [this] {
        m_filter->clear();
        m_typing.start(0);
        m_filter->setFocus(Qt::OtherFocusReason);
    });
    connect(m_columnsButton, &Button::clicked, this, &RecordsList::popupColumns);
    connect(m_exportButton, &Button::clicked, this, &RecordsList::exportWanted);
    connect(m_view, &QTableView::doubleClicked, this, [this] { if (const auto id = current()) Q_EMIT openWanted(*id); });
    connect(m_view->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const int column = m_model.columns()[static_cast<std::size_t>(section)];
        const RecordsQuestion &now = m_model.question();
        if (column == kChangedColumn)                // latest first, then oldest first
            setSort(now.sortBy < 0 ? static_cast<int>(schema::kUpdatedAt) : kChangedColumn, false);
        else
            setSort(column, now.sortBy == column && !now.descending);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_arranging && m_rowIsOpen)
            m_passing.start();
    });
    connect(&m_model, &RecordsModel::changed, this, &RecordsList::showState);
    connect(&m_model, &RecordsModel::rearranging, this, &RecordsList::keepPlace);
    connect(&m_model, &RecordsModel::rearranged, this, &RecordsList::restorePlace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns();
        showSort();
    });
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        if (const auto id = current(); id && m_wanted.isNull())
            m_wanted = *id;
    });
    connect(addShortcut("list.filter", page), &QAction::triggered, this, &RecordsList::focusFilter);
    connect(addShortcut("list.copy", m_view), &QAction::triggered, this, &RecordsList::copyRow);
}

const schema::Table *RecordsList::tableAt(int index) const
{
    return m_chooser->itemData(index).isValid() ? schema::findTable(static_cast<std::uint16_t>(m_chooser->itemData(index).toUInt())) : nullptr;
}

void RecordsList::setTables()
{
    const schema::Table *now = table();
    auto *items = new QStandardItemModel(m_chooser);
    const schema::Table *first = nullptr;
    int row = -1;
    for (const TableGroup &group : readableGroups(m_replica.session())) {
        auto *heading = new QStandardItem(group.title);
        heading->setEnabled(false);
        heading->setData(true, StrongRole);
        heading->setData(true, MutedRole);
        items->appendRow(heading);
        for (const schema::Table *table : group.tables) {
            auto *item = new QStandardItem(tablePlural(*table));
            item->setData(static_cast<uint>(table->number), Qt::UserRole);
            items->appendRow(item);
            first = first ? first : table;
            if (table == now)
                row = items->rowCount() - 1;
        }
    }
    m_chooser->setModel(items);                      // which deletes the one before
    if (row >= 0) {
        m_chooser->setCurrentIndex(row);
        m_model.askAgain();                          // what may be read of it can differ
    } else if (first) {
        choose(*first);
    }
}

bool RecordsList::choose(const schema::Table &wanted)
{
    const int index = m_chooser->findData(static_cast<uint>(wanted.number));
    if (index < 0)
        return false;
    m_chooser->setCurrentIndex(index);
    if (table() == &wanted)
        return true;
    m_filter->clear();
    m_typing.stop();
    m_wanted = {};
    m_said.clear();
    m_view->clearSelection();
    m_view->setCurrentIndex({});
    ask({.table = &wanted});
    m_model.setColumns(chosenColumns(wanted));
    m_view->setAccessibleName(tablePlural(wanted));
    Q_EMIT tableChanged();
    return true;
}

void RecordsList::ask(const RecordsQuestion &question)
{
    m_model.ask(question);
    if (!m_model.loaded())
        m_patience.start();
}

void RecordsList::setSort(int column, bool descending)
{
    if (!table() || (column >= 0 && schema::columnAt(*table(), column).type == schema::Type::Blob))
        return;                                      // bytes have no order that means anything
    RecordsQuestion question = m_model.question();
    question.sortBy = column;
    question.descending = descending;
    ask(question);
    showSort();
}

void RecordsList::setDeleted(node::BrowseRequest::Deleted deleted)
{
    RecordsQuestion question = m_model.question();
    question.deleted = deleted;
    ask(question);
}

void RecordsList::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RecordsList::select(const Uuid &id)
{
    m_wanted = id;
    selectWanted();
}

std::optional<Uuid> RecordsList::current() const
{
    const QModelIndex at = m_view->currentIndex();
    return at.isValid() && at.row() < m_model.rowCount() ? std::optional(m_model.at(at.row()).id) : std::nullopt;
}

QWidget *RecordsList::firstFocus() const { return m_stack->currentIndex() == kRows ? static_cast<QWidget *>(m_view) : m_chooser; }

QString RecordsList::countText() const
{
    if (!table() || m_model.total() < 0)
        return {};
    const auto total = m_model.total();
    const QString what = inSentence(total == 1 ? tableTitle(*table()) : tablePlural(*table()));
    const QString number = QLocale().toString(static_cast<qlonglong>(total));
    const QString text = total < node::BrowsePage::kMostCounted ? tr("%1 %2", "38 services").arg(number, what)
                                                                : tr("%1 %2 or more", "100,000 bills or more").arg(number, what);
    using Deleted = node::BrowseRequest::Deleted;
    const auto deleted = m_model.question().deleted;
    return deleted == Deleted::Too ? tr("%1, archived ones too").arg(text) : deleted == Deleted::Only ? tr("%1, archived").arg(text) : text;
}

void RecordsList::say(const QString &bold, const QString &plain)
{
    m_said = bold;
    if (!bold.isEmpty())
        m_failure->setMessage(bold, plain);
    m_failure->setVisible(!bold.isEmpty());
}

void RecordsList::showState()
{
    if (!m_model.failure().isEmpty())
        m_failure->setMessage(tr("This list could not be read."), m_model.failure());
    m_failure->setVisible(!m_model.failure().isEmpty() || !m_said.isEmpty());
    if (m_model.loaded())
        m_patience.stop();
    const bool late = !m_model.loaded() && !m_patience.isActive() && m_model.failure().isEmpty();
    const bool none = m_model.loaded() && m_model.rowCount() == 0;
    if (none)
        showEmpty();
    if (late && table())
        m_reading->setText(tr("Reading %1").arg(inSentence(tablePlural(*table()))));
    m_stack->setCurrentIndex(none ? kEmpty : late && m_model.rowCount() == 0 ? kReading : kRows);
    m_count->setText(late ? tr("Reading") : countText());
    m_hint->setText(none ? QString() : tr("Enter opens, Ctrl+C copies"));
    m_hint->setVisible(width() > 560);               // the count's words go before it
    m_filter->setPlaceholderText(m_model.loaded() && m_model.question().filter.isEmpty() && m_model.total() > 0
                                     ? tr("Filter these %1").arg(QLocale().toString(static_cast<qlonglong>(m_model.total()))) : tr("Filter"));
    m_exportButton->setEnabled(m_model.loaded() && m_model.rowCount() > 0);
    selectWanted();
    if (m_view->hasFocus() && !m_view->currentIndex().isValid())
        move(0);                                     // a list that has the keys has a row for them
}

void RecordsList::showEmpty()
{
    const QString what = inSentence(tablePlural(*table()));
    const QString &filter = m_model.question().filter;
    m_clear->setVisible(!filter.isEmpty());
    if (!filter.isEmpty())
        m_empty->setText(tr("Nothing matches “%1”").arg(filter), tr("Texts and names in %1 were searched.").arg(what));
    else if (m_model.question().deleted == node::BrowseRequest::Deleted::Only)
        m_empty->setText(tr("Nothing is archived here"), tr("What is archived stays readable and can be restored."));
    else if (m_replica.session().may(*table(), schema::Op::Insert))
        m_empty->setText(tr("No %1 yet").arg(what), tr("%1 adds the first one.").arg(shortcutKeys("new").toString(QKeySequence::NativeText)));
    else
        m_empty->setText(tr("No %1 yet").arg(what), tr("They come by themselves, or from people who may write them."));
}

} // namespace anteroom::ui
