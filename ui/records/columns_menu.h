// The menu of a list: which columns it shows, by which it is sorted, and whether archived rows stand in it. It stays open
// while columns are ticked. It only tells what was chosen.
#pragma once

#include "ui/records/records_model.h"

#include <QMenu>

namespace anteroom::ui {

class ColumnsMenu final : public QMenu {
    Q_OBJECT
public:
    ColumnsMenu(const RecordsModel &model, QWidget *parent);

Q_SIGNALS:
    void shown(int column, bool on);
    void usualWanted();                              // the columns that the table has by itself
    void sortWanted(int column, bool descending);
    void deletedWanted(anteroom::node::BrowseRequest::Deleted deleted);

protected:
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addColumns(const RecordsModel &model);
    void addSorting(const RecordsModel &model);
    void addDeleted(node::BrowseRequest::Deleted now);
    bool tick();                                     // the row under the cursor, when it is a tick
};

} // namespace anteroom::ui
