#include "ui/records/records_list.h"

#include "ui/common/button.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"
#include "ui/records/columns_menu.h"
#include "ui/records/record_cells.h"
#include "ui/settings/app_settings.h"
#include "ui/shell/shortcuts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <numeric>

namespace anteroom::ui {
namespace {

constexpr int kLeastWidth = 64, kMostWidth = 300;    // of a column, at 100 %
constexpr int kRowsMeasured = 60;                    // enough of a list to know how wide its values are
const auto kChangedName = QLatin1String("*changed");

QString tableName(const schema::Table &table) { return QString::fromLatin1(table.name.data(), static_cast<qsizetype>(table.name.size())); }

} // namespace

std::vector<int> RecordsList::chosenColumns(const schema::Table &table) const
{
    std::vector<int> out;
    for (const QString &name : m_settings.listColumns(tableName(table))) {
        const int column = name == kChangedName ? kChangedColumn : schema::findColumn(table, name.toStdString());
        if (name == kChangedName || column >= 0)     // a column of another version is left out
            out.push_back(column);
    }
    return out.empty() ? defaultColumns(table) : out;
}

void RecordsList::rememberColumns()
{
    QStringList names;
    if (m_model.columns() != defaultColumns(*table())) {
        for (const int column : m_model.columns()) {
            const std::string_view name = column == kChangedColumn ? std::string_view() : schema::columnAt(*table(), column).name;
            names.append(column == kChangedColumn ? QString(kChangedName) : QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
        }
    }
    m_settings.setListColumns(tableName(*table()), names);
}

void RecordsList::setShown(int column, bool shown)
{
    std::vector<int> columns = m_model.columns();
    const auto at = std::find(columns.begin(), columns.end(), column);
    if (shown == (at != columns.end()) || (!shown && columns.size() == 1))
        return;
    if (shown)                                       // before the change, which ends every list
        columns.insert(std::find(columns.begin(), columns.end(), kChangedColumn), column);
    else
        columns.erase(at);
    m_model.setColumns(std::move(columns));
    selectWanted();
    rememberColumns();
}

void RecordsList::popupColumns()
{
    if (!table())
        return;
    auto *menu = new ColumnsMenu(m_model, this);
    connect(menu, &ColumnsMenu::shown, this, &RecordsList::setShown);
    connect(menu, &ColumnsMenu::usualWanted, this, [this] {
        m_model.setColumns(defaultColumns(*table()));
        selectWanted();
        rememberColumns();
    });
    connect(menu, &ColumnsMenu::sortWanted, this, &RecordsList::setSort);
    connect(menu, &ColumnsMenu::deletedWanted, this, &RecordsList::setDeleted);
    menu->popup(m_columnsButton->mapToGlobal(QPoint(0, m_columnsButton->height() + 2)));
}

void RecordsList::showSort()
{
    const RecordsQuestion &question = m_model.question();
    const int wanted = question.sortBy < 0 || question.sortBy == schema::kUpdatedAt ? kChangedColumn : question.sortBy;
    const auto &columns = m_model.columns();
    const auto at = std::find(columns.begin(), columns.end(), wanted);
    const bool descending = question.sortBy < 0 || question.descending;
    m_view->horizontalHeader()->setSortIndicator(at == columns.end() ? -1 : static_cast<int>(at - columns.begin()),
                                                 descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

// Columns as wide as what they hold; what does not fit has its tool-tip, or scrolls.
void RecordsList::fitColumns()
{
    const int count = m_model.columnCount();
    if (count == 0)
        return;
    const Theme &theme = Theme::of(this);
    QStyleOptionViewItem option;
    option.widget = m_view;
    std::vector<int> widths;
    for (int column = 0; column < count; ++column) {
        int width = m_view->horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < std::min(m_model.rowCount(), kRowsMeasured); ++row)
            width = std::max(width, m_view->itemDelegate()->sizeHint(option, m_model.index(row, column)).width());
        widths.push_back(std::clamp(width, theme.px(kLeastWidth), theme.px(kMostWidth)));
    }
    const int room = m_view->viewport()->width();
    int over = std::accumulate(widths.begin(), widths.end(), 0) - room;
    const auto give = [&](int column) {
        int &width = widths[static_cast<std::size_t>(column)];
        const int gives = std::clamp(over, 0, std::max(0, width - std::max(theme.px(kLeastWidth), m_view->horizontalHeader()->sectionSizeHint(column))));
        width -= gives;
        over -= gives;
    };
    give(count - 1);                                 // who changed it gives way first
    const bool usual = m_model.columns() == defaultColumns(*table());
    std::vector<bool> hidden(static_cast<std::size_t>(count), false);
    for (int column = count - 1; usual && over > 0 && column > 1; --column) {      // then it stays away: the form has it
        over -= widths[static_cast<std::size_t>(column)];
        hidden[static_cast<std::size_t>(column)] = true;
    }
    for (int column = count - 2; column > 1; --column)       // columns that a person chose stay, and scroll
        give(column);
    if (over < 0 && count > 2)                       // what is left goes to the second column, which holds names
        widths[1] += std::min(-over / 2, theme.px(kLeastWidth));
    for (int column = 0; column < count; ++column) {
        m_view->setColumnHidden(column, hidden[static_cast<std::size_t>(column)]);
        m_view->horizontalHeader()->resizeSection(column, widths[static_cast<std::size_t>(column)]);
    }
}

void RecordsList::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        QTimer::singleShot(0, this, &RecordsList::fitColumns);       // when the view has its new size too
}

// Rows on screen stay where they are when others come or go above them; the top of a list shows what is new.
void RecordsList::keepPlace()
{
    m_arranging = true;
    m_places.clear();
    m_atTop = m_view->verticalScrollBar()->value() == 0;
    for (int y = 0; !m_atTop && y < m_view->viewport()->height();) {
        const int row = m_view->rowAt(y);
        if (row < 0)
            break;
        m_places.push_back({m_model.at(row).id, m_view->rowViewportPosition(row)});
        y = m_view->rowViewportPosition(row) + m_view->rowHeight(row);
    }
}

void RecordsList::restorePlace()
{
    m_arranging = false;
    if (m_atTop)
        return;
    for (const Place &place : m_places) {
        const int row = m_model.rowOf(place.id);
        if (row < 0)
            continue;
        const int top = row * m_view->verticalHeader()->defaultSectionSize();
        m_view->verticalScrollBar()->setValue(top - place.offset);
        return;
    }
}

void RecordsList::selectWanted()
{
    if (m_wanted.isNull())
        return;
    const int row = m_model.rowOf(m_wanted);
    if (row < 0)
        return;
    m_wanted = {};
    const bool arranging = std::exchange(m_arranging, true);         // nobody chose it by hand
    m_view->selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_arranging = arranging;
}

void RecordsList::move(int rows)
{
    if (m_model.rowCount() == 0)
        return;
    const int from = m_view->currentIndex().isValid() ? m_view->currentIndex().row() + rows : 0;
    const int to = std::clamp(from, 0, m_model.rowCount() - 1);
    m_view->selectionModel()->setCurrentIndex(m_model.index(to, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void RecordsList::copyRow()
{
    const QModelIndex at = m_view->currentIndex();
    if (!at.isValid())
        return;
    QStringList cells;
    for (int column = 0; column < m_model.columnCount(); ++column)
        cells.append(m_model.index(at.row(), column).data().toString());
    QGuiApplication::clipboard()->setText(cells.join(u'\t'));
}

bool RecordsList::keyPressed(const QKeySequence &keys)
{
    const auto id = current();
    if (!id)
        return false;
    const QKeyCombination pressed = keys[0];
    const bool enter = pressed.key() == Qt::Key_Return || pressed.key() == Qt::Key_Enter;
    if (keys == shortcutKeys("record.edit") || (enter && !(pressed.keyboardModifiers() & ~Qt::KeypadModifier)))
        Q_EMIT openWanted(*id);
    else if (keys == shortcutKeys("record.archive"))
        Q_EMIT archiveWanted(*id);
    else
        return false;
    return true;
}

bool RecordsList::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        if (watched != m_view->viewport())
            break;
        m_model.hold();
        m_still.start();
        break;
    case QEvent::KeyPress: {
        if (watched != m_view)
            break;
        m_model.hold();
        m_still.start();
        if (keyPressed(QKeySequence(static_cast<QKeyEvent *>(event)->keyCombination())))
            return true;
        break;
    }
    default: break;
    }
    return Panel::eventFilter(watched, event);
}

} // namespace anteroom::ui
