#include "ui/conflicts/conflicts_page.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/panel.h"
#include "ui/common/segments.h"
#include "ui/common/toast.h"
#include "ui/conflicts/inbox_pane.h"
#include "ui/conflicts/inbox_view.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kListWidth = 340, kNarrowList = 272, kNarrowPage = 1020;      // 08-review; both sides of a field need their room

QString nameOf(const schema::Table &table) { return QString::fromLatin1(table.name.data(), static_cast<qsizetype>(table.name.size())); }

} // namespace

ConflictsPage::ConflictsPage(const Context &context, InboxModel &model, ToastHost *toasts, QWidget *parent)
    : Page(parent), m_model(model), m_side(new Panel), m_filter(new Segments), m_list(new InboxView), m_note(new Label({}, Type::Secondary, Tone::Text2)), m_pane(new InboxPane(context, model, this))
{
    m_filter->add(tr("Open"));
    m_filter->add(tr("Settled"));
    m_filter->setAccessibleName(tr("What is listed"));
    m_list->setModel(&m_model.list());
    m_note->setWordWrap(true);
    m_note->setContentsMargins(16, 8, 16, 12);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 10, 16, 10);
    top->addWidget(m_filter);
    top->addStretch();
    m_side->column()->addLayout(top);
    m_side->column()->addWidget(new Rule);
    m_side->column()->addWidget(m_list, 1);
    m_side->column()->addWidget(m_note);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    layout->setSpacing(size::kPanelGap);
    layout->addWidget(m_side);
    layout->addWidget(m_pane, 1);

    connect(addShortcut("back", m_pane), &QAction::triggered, this, &ConflictsPage::back);
    connect(m_filter, &Segments::chosen, this, [this](int chosen) { m_model.setClosed(chosen == 1); });
    connect(&m_model.list(), &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_quiet = true; });
    connect(&m_model, &InboxModel::listChanged, this, &ConflictsPage::showList);
    connect(&m_model, &InboxModel::said, this, [toasts](const QString &words) { toasts->show({.text = words}); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConflictsPage::onSelection);
    connect(m_list, &InboxView::keepWanted, this, [this](bool first) { m_pane->keep(first); });
    connect(m_list, &InboxView::fieldsWanted, m_pane, &InboxPane::enter);
    connect(m_list, &QListView::doubleClicked, m_pane, &InboxPane::enter);
    connect(m_pane, &InboxPane::left, this, [this] { m_list->setFocus(Qt::OtherFocusReason); });
    connect(m_pane, &InboxPane::letter, this, &ConflictsPage::onLetter);
    connect(m_pane, &InboxPane::openWanted, this, [this](const schema::Table *table, const Uuid &id) {
        Q_EMIT openRequested(QStringLiteral("records"), nameOf(*table) + QLatin1Char('/') + id.toString());
    });
    showList();
}

void ConflictsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const Theme &theme = Theme::of(this);
    m_side->setFixedWidth(theme.px(width() < theme.px(kNarrowPage) ? kNarrowList : kListWidth));
}

QWidget *ConflictsPage::firstFocus() { return m_list; }

void ConflictsPage::opened() { selectFirst(); }

void ConflictsPage::keepDrafts() { m_pane->keepDrafts(); }

bool ConflictsPage::back()
{
    const QWidget *focused = window()->focusWidget();
    if (!focused || !m_pane->isAncestorOf(focused))
        return false;
    m_list->setFocus(Qt::TabFocusReason);
    return true;
}

void ConflictsPage::onSelection()
{
    if (m_quiet)
        return;
    std::vector<InboxModel::Picked> picked;
    for (const QModelIndex &index : m_list->selectionModel()->selectedIndexes())
        picked.push_back({m_model.list().at(index.row()).kind, m_model.list().at(index.row()).id});
    const QModelIndex current = m_list->currentIndex();
    std::ranges::stable_partition(picked, [&](const InboxModel::Picked &p) { return !current.isValid() || p.id != m_model.list().at(current.row()).id; });
    m_model.pick(std::move(picked));
}

void ConflictsPage::selectFirst()
{
    if (m_model.list().rowCount() == 0) {
        m_model.pick({});
        return;
    }
    if (m_list->selectionModel()->hasSelection())
        return onSelection();
    selectRow(m_list->currentIndex().row());
}

// Said to the selection itself: a view asks which keys are held, and after Ctrl+Enter they still are.
void ConflictsPage::selectRow(int row)
{
    if (m_model.list().rowCount() > 0)
        m_list->selectionModel()->setCurrentIndex(m_model.list().index(std::clamp(row, 0, m_model.list().rowCount() - 1)), QItemSelectionModel::ClearAndSelect);
}

void ConflictsPage::select(const Uuid &id)
{
    if (const int row = m_model.list().rowOf(id); row >= 0)
        selectRow(row);
}

void ConflictsPage::showList()
{
    m_quiet = false;
    QStringList notes;
    if (m_model.more())
        notes.append(tr("Older ones are shown when these are settled."));
    if (m_model.elsewhere() > 0 && !m_model.closed())
        notes.append(m_model.elsewhere() == 1 ? tr("1 more waits for somebody of another role.") : tr("%1 more wait for somebody of another role.").arg(m_model.elsewhere()));
    m_note->setText(notes.join(QLatin1Char(' ')));
    m_note->setVisible(!notes.isEmpty());
    // What was settled has left: the next one comes up, and the focus goes back to the list from a field that is gone.
    const QWidget *focused = window()->focusWidget();
    const bool inPane = focused && m_pane->isAncestorOf(focused);
    const std::vector<InboxModel::Picked> &picked = m_model.picked();
    const bool gone = std::ranges::any_of(picked, [this](const InboxModel::Picked &p) { return m_model.list().rowOf(p.id) < 0; });
    if (m_model.loaded() && (picked.empty() || gone) && isVisible()) {
        selectFirst();
        if (inPane && gone)
            m_list->setFocus(Qt::OtherFocusReason);
    }
}

void ConflictsPage::onLetter(int key)
{
    switch (key) {
    case Qt::Key_M: return m_pane->keep(true);
    case Qt::Key_T: return m_pane->keep(false);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_pane->save->isEnabled())
            m_model.saveChoice();
        return;
    default: break;
    }
    selectRow(m_list->currentIndex().row() + (key == Qt::Key_J ? 1 : -1));
    m_list->setFocus(Qt::TabFocusReason);
}

} // namespace anteroom::ui
