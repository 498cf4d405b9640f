// The strip over the lanes: who is with this desk, what can be done now, who is next and why, and the one button with its
// key. Layout only; the page connects the acts.
#pragma once

#include "ui/common/panel.h"
#include "ui/queue/board_view.h"

class QStackedWidget;

namespace anteroom::ui {

class Button;
class Chip;
class ElidedLabel;
class Label;

class DeskStrip final : public Panel {
    Q_OBJECT
public:
    explicit DeskStrip(QWidget *page);

    void setView(const DeskView &desk);
    void setBusy(bool busy);

    // The acts, for the page to connect; each is shown only where it makes sense.
    Button *record, *serve, *recall, *noShow, *transfer, *finish, *next, *why, *chooseDesk;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildCurrent();
    void showCurrent(const DeskView &desk);
    void showNext(const DeskView &desk);

    QStackedWidget *m_left;
    Label *m_number, *m_caption, *m_facts, *m_nextCaption, *m_nextNumber, *m_nobody, *m_nobodyWhy;
    ElidedLabel *m_name;
    Chip *m_allergy;
    Rule *m_divider;
    bool m_busy = false;
};

} // namespace anteroom::ui
