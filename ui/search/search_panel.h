// The list under the toolbar's search box: opens with the first letter, closes with Esc, a choice, or when the focus goes
// elsewhere. The focus stays in the box; arrows move, Enter opens. It opens nothing itself: it says what was chosen.
#pragma once

#include "ui/common/panel.h"
#include "ui/search/search_model.h"

class QListView;

namespace anteroom::ui {

class SearchBox;

class SearchPanel final : public Panel {
    Q_OBJECT
public:
    // Stands over `window`, below `box`, which lies in it.
    SearchPanel(const Context &context, SearchBox *box, QWidget *window);

    [[nodiscard]] SearchModel &model() { return m_model; }
    [[nodiscard]] QListView *list() const { return m_list; }

Q_SIGNALS:
    void openWanted(const QString &pageId, const QString &detail);       // a person, or a record of another table
    void registerWanted(const QString &typed);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void type();
    void present();
    int firstRow();
    void place();
    void move(int rows);
    void choose();
    void open(const node::Hit &hit);
    void leave();

    SearchModel m_model;
    SearchBox *m_box;
    QListView *m_list;
    std::optional<node::Hit> m_stood;                // the line that was chosen before the lines came anew; none: the last one
    QString m_stoodOn;                               // the words that line answered
    bool m_enter = false;                            // pressed before the answer was there
};

} // namespace anteroom::ui
