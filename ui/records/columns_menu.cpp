#include "ui/records/columns_menu.h"

#include "ui/records/record_cells.h"

#include <QActionGroup>
#include <QKeyEvent>

#include <algorithm>

namespace anteroom::ui {

ColumnsMenu::ColumnsMenu(const RecordsModel &model, QWidget *parent) : QMenu(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    addSorting(model);
    addDeleted(model.question().deleted);
    addSeparator();
    addColumns(model);
}

void ColumnsMenu::addSorting(const RecordsModel &model)
{
    const schema::Table &table = *model.question().table;
    QMenu *menu = addMenu(tr("Sort by"));
    auto *group = new QActionGroup(menu);
    for (const int column : model.columns()) {
        const bool now = column == kChangedColumn ? model.question().sortBy < 0 : model.question().sortBy == column;
        QAction *action = menu->addAction(column == kChangedColumn ? tr("Latest change first") : listTitle(table, column));
        action->setCheckable(true);
        action->setChecked(now);
        group->addAction(action);
        const bool descending = now && column != kChangedColumn && !model.question().descending;       // once more turns it round
        connect(action, &QAction::triggered, this, [this, column, descending] { Q_EMIT sortWanted(column, descending); });
    }
}

void ColumnsMenu::addDeleted(node::BrowseRequest::Deleted now)
{
    using Deleted = node::BrowseRequest::Deleted;
    QMenu *menu = addMenu(tr("Archived rows"));
    auto *group = new QActionGroup(menu);
    for (const auto &[deleted, title] : {std::pair(Deleted::Hidden, tr("Hidden")), std::pair(Deleted::Too, tr("Shown too")), std::pair(Deleted::Only, tr("Only these"))}) {
        QAction *action = menu->addAction(title);
        action->setCheckable(true);
        action->setChecked(deleted == now);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, deleted = deleted] { Q_EMIT deletedWanted(deleted); });
    }
}

void ColumnsMenu::addColumns(const RecordsModel &model)
{
    const schema::Table &table = *model.question().table;
    const auto &shownNow = model.columns();
    connect(addAction(tr("The usual columns")), &QAction::triggered, this, &ColumnsMenu::usualWanted);
    for (const int column : offeredColumns(table)) {
        QAction *action = addAction(listTitle(table, column));
        action->setCheckable(true);
        action->setChecked(std::find(shownNow.begin(), shownNow.end(), column) != shownNow.end());
        action->setData(true);                       // a tick: the menu stays open
        connect(action, &QAction::toggled, this, [this, column](bool on) { Q_EMIT shown(column, on); });
    }
}

bool ColumnsMenu::tick()
{
    QAction *action = activeAction();
    if (!action || !action->data().toBool() || !action->isEnabled())
        return false;
    action->toggle();
    return true;
}

void ColumnsMenu::mouseReleaseEvent(QMouseEvent *event)
{
    if (!tick())
        QMenu::mouseReleaseEvent(event);
}

void ColumnsMenu::keyPressEvent(QKeyEvent *event)
{
    const bool chooses = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!chooses || !tick())
        QMenu::keyPressEvent(event);
}

} // namespace anteroom::ui
