// The list of the inbox on screen: three lines and a chip for each thing, several can be chosen. While it has the focus,
// single letters decide: J and K move, M and T keep a side, F and Enter lead into the fields.
#pragma once

#include "ui/common/rows.h"

#include <QListView>

namespace anteroom::ui {

class InboxDelegate final : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

class InboxView final : public QListView {
    Q_OBJECT
public:
    explicit InboxView(QWidget *parent = nullptr);

Q_SIGNALS:
    void keepWanted(bool first);
    void fieldsWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace anteroom::ui
