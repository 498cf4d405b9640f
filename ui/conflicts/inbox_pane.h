// One thing of the inbox beside the list: which record, what happened in one sentence, every value that anybody typed, and
// the acts with their keys. Layout and words; InboxModel decides what can be done.
#pragma once

#include "ui/common/ask_dialog.h"
#include "ui/common/panel.h"
#include "ui/conflicts/typed_drafts.h"

#include <QPointer>

class QHBoxLayout;
class QScrollArea;

namespace anteroom::ui {

class Button;
class EmptyState;
class Label;
class MessageStrip;

class InboxPane final : public Panel {
    Q_OBJECT
public:
    InboxPane(const Context &context, InboxModel &model, QWidget *page);

    // Into the fields; false: nothing can be chosen there.
    bool enter();
    [[nodiscard]] InboxBody *body() const { return m_body; }
    [[nodiscard]] AskDialog *dialog() const { return m_ask; }
    void keepDrafts() { m_typed.now(); }
    void keep(bool first);                           // asks for a reason where the side needs one

    Button *first, *second, *fields, *drop, *save, *open;

Q_SIGNALS:
    void letter(int key);
    void left();                                     // what had the focus is gone
    void openWanted(const anteroom::schema::Table *table, const anteroom::Uuid &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build(QWidget *page);
    void showCard();
    void showState();
    void showActs();
    void fitActs();
    void showSeveral();
    void makeBody();
    void primary();
    void ask(const QString &what, const QString &then, const QString &label, const QString &act, const std::function<void(const QString &)> &give);
    [[nodiscard]] std::optional<QString> focusedField() const;

    const Context m_context;
    InboxModel &m_model;
    QWidget *m_head;
    Label *m_title, *m_kind, *m_sentence;
    MessageStrip *m_told;
    QScrollArea *m_scroll;
    QHBoxLayout *m_acts, *m_below;
    EmptyState *m_empty, *m_several;
    QWidget *m_footer;
    InboxBody *m_body = nullptr;
    Uuid m_shown;
    bool m_shownOpen = true;
    TypedDrafts m_typed;
    QPointer<AskDialog> m_ask;
};

} // namespace anteroom::ui
