// Review: what needs a person, as a list with one thing beside it. One key decides; Esc leads from the fields back to the
// list. Layout, focus and keys; the model knows the rest.
#pragma once

#include "ui/conflicts/inbox_model.h"
#include "ui/shell/page.h"

namespace anteroom::ui {

class InboxPane;
class InboxView;
class Label;
class Panel;
class Segments;
class ToastHost;

class ConflictsPage final : public Page {
    Q_OBJECT
public:
    ConflictsPage(const Context &context, InboxModel &model, ToastHost *toasts, QWidget *parent = nullptr);

    QString title() const override { return tr("Review"); }
    QString subtitle() const override { return tr("Nothing is lost: every version is kept"); }
    QWidget *firstFocus() override;
    bool back() override;
    void opened() override;
    void keepDrafts() override;
    int footer() const override { return 74; }           // the acts of the pane, and the page's margin

    void select(const Uuid &id);
    [[nodiscard]] InboxModel &model() { return m_model; }
    [[nodiscard]] InboxView *list() const { return m_list; }
    [[nodiscard]] InboxPane *pane() const { return m_pane; }
    [[nodiscard]] Segments *filter() const { return m_filter; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showList();
    void onLetter(int key);
    void onSelection();
    void selectRow(int row);
    void selectFirst();

    InboxModel &m_model;
    Panel *m_side;
    Segments *m_filter;
    InboxView *m_list;
    Label *m_note;
    InboxPane *m_pane;
    bool m_quiet = false;                                // the list changes by itself
};

} // namespace anteroom::ui
