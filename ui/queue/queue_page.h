// The queue: desk strip over a lane for each service point, and the pane for a new ticket. Layout, menus and focus; what
// is shown comes from QueueModel, what is done goes to DeskActs.
#pragma once

#include "ui/queue/desk_acts.h"
#include "ui/shell/page.h"

class QAction;
class QHBoxLayout;
class QStackedWidget;

namespace anteroom::ui {

class Button;
class DeskStrip;
class EmptyState;
class LaneWidget;
class MessageStrip;
class NewTicketPane;
class ToastHost;

class QueuePage final : public Page {
    Q_OBJECT
public:
    static constexpr int kMostOpen = 4;                     // LOOK: more than four lanes fold

    QueuePage(const Context &context, QueueModel &model, ToastHost *toasts, QWidget *parent = nullptr);

    QString title() const override;
    QString subtitle() const override;
    QList<QWidget *> acts() override;
    QWidget *firstFocus() override;
    bool back() override;
    int footer() const override;
    void newTicket(const Uuid &patient = {});

    [[nodiscard]] QueueModel &model() { return m_model; }
    [[nodiscard]] DeskActs &deskActs() { return m_acts; }
    [[nodiscard]] DeskStrip *strip() const { return m_strip; }
    [[nodiscard]] Button *giveNumbers() const { return m_giveNumbers; }      // visible where numbers wait for a person
    [[nodiscard]] const std::vector<LaneWidget *> &lanes() const { return m_lanes; }

Q_SIGNALS:
    void waitingChanged(int waiting);                        // at this desk: the rail's count

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void connectActs();
    void buildLanes();
    void show();
    void unfold(LaneWidget *lane);
    void showMenu(const TicketItem &ticket, const QPoint &at);
    void chooseTransfer();
    void narrow();
    void askForNumbers();
    void toast(const QString &words, bool undoable);
    void leaveNew();

    const Context m_context;
    ToastHost *m_toasts;
    QueueModel &m_model;
    DeskActs m_acts;
    QStackedWidget *m_stack, *m_board;
    DeskStrip *m_strip;
    QHBoxLayout *m_row;
    MessageStrip *m_failure;
    MessageStrip *m_numbers;
    Button *m_giveNumbers;
    bool m_askForNumbers = false;
    EmptyState *m_empty;
    NewTicketPane *m_new;
    Button *m_newButton;
    std::vector<LaneWidget *> m_lanes;
    std::vector<QAction *> m_laneKeys;                       // Alt+1 … Alt+9
    Uuid m_pinned;                                           // the second open lane when lanes fold
    QString m_words;                                         // failure that stays
};

} // namespace anteroom::ui
