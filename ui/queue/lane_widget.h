// A lane on screen: header with name, count, rooms and waits, the cards, the footer that opens what is finished. Folded it
// is 108 px wide and says count, now, longest wait and who is next. Layout and painting only.
#pragma once

#include "ui/common/panel.h"
#include "ui/queue/board_view.h"

#include <QAbstractButton>

class QListView;
class QStackedWidget;

namespace anteroom::ui {

class Chip;
class ElidedLabel;
class Label;

// "Finished today: 23", leading, with a chevron at the trailing end; a press opens or closes the list.
class LaneFooter final : public QAbstractButton {
    Q_OBJECT
public:
    explicit LaneFooter(QWidget *parent = nullptr);
    void setOpened(bool opened);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool m_opened = false;
};

class LaneWidget final : public Panel {
    Q_OBJECT
public:
    LaneWidget(LaneModel &tickets, int number, QWidget *parent = nullptr);      // number: Alt+n of the lane

    void setView(const LaneView &lane);
    static constexpr int kFoldedWidth = 108, kFoldedNarrow = 78;
    void setNarrow(bool narrow);                 // a small screen: folded lanes leave the open ones their room
    void setFolded(bool folded);
    [[nodiscard]] bool folded() const { return m_folded; }
    [[nodiscard]] Uuid point() const { return m_point; }
    [[nodiscard]] QListView *cards() const { return m_cards; }
    [[nodiscard]] std::optional<TicketItem> currentTicket() const;

Q_SIGNALS:
    void stirred();                                          // pointer or cursor moved in the cards
    void menuWanted(const anteroom::ui::TicketItem &ticket, const QPoint &globalPos);
    void unfoldWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QWidget *buildOpen();
    QWidget *buildFolded(int number);
    void showFinished(bool finished);
    void askMenu(const QPoint &viewPos);

    LaneModel &m_tickets;
    LaneModel *m_finished;
    Uuid m_point;
    int m_foldedWidth = kFoldedWidth;
    bool m_folded = false, m_showsFinished = false;
    int m_finishedCount = 0;
    QStackedWidget *m_stack, *m_body;
    QListView *m_cards;
    ElidedLabel *m_name, *m_rooms, *m_foldName;
    Label *m_count, *m_wait, *m_emptyWhat, *m_emptyWhy, *m_foldCount, *m_foldWaiting, *m_foldNow, *m_foldLongest, *m_foldNext;
    Chip *m_own;
    LaneFooter *m_footer;
};

} // namespace anteroom::ui
