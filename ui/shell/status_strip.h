// The status bar of 30 px: what synchronising does, in words, at the leading end; host, PCs and clock at the trailing
// end. It shows a plain StatusView and knows nothing of where it comes from. It never changes height.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QTimer;

namespace anteroom::ui {

class Button;
class Label;

struct StatusView {
    enum class State : unsigned char { Synced, Syncing, Pending, Offline, Attention };

    State state = State::Synced;
    int count = 0;                      // pending changes, or what needs attention
    QString since;                      // Offline: "10:42"
    QString detail;                     // "Last exchange 10:42:07" · "oldest 40 s · Your work is saved on this PC."
    qint64 done = 0;                    // Syncing
    qint64 total = 0;                   // 0: unknown, no bar
    QString act;                        // one act: "Try now", "Stop", "Open review"; empty: none
    QString host;                       // "Host: Desk 1"
    QString people;                     // "4 PCs · 6 people"
    friend bool operator==(const StatusView &, const StatusView &) = default;
};

class StatusStrip : public QWidget {
    Q_OBJECT
public:
    explicit StatusStrip(QWidget *parent = nullptr);

    void setView(const StatusView &view);
    const StatusView &view() const { return m_view; }
    void setClock(const QString &time);                         // "10:42"; the owner ticks it
    void setDemo(const QString &words);                         // "Demo data, invented people"; empty: not a demo
    void setSyncBusy(bool busy);                                // the button says "Syncing" and takes no press
    void setSyncResult(const QString &words);                   // "3 sent, 12 received": in place of the detail for 6 s

Q_SIGNALS:
    void syncNowRequested();
    void actRequested(anteroom::ui::StatusView::State state);   // the act of the state, or its pill (Needs attention)

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Pill;
    void showView();
    void updateMetrics();
    void fit();                         // what gives way in a narrow window: keycap, people, host

    StatusView m_view;
    Pill *m_pill;
    QProgressBar *m_bar;
    Label *m_detail;
    Button *m_act;
    Button *m_sync;
    QLabel *m_demo;
    QLabel *m_hostIcon;
    Label *m_host;
    QLabel *m_peopleIcon;
    Label *m_people;
    Label *m_clock;
    QTimer *m_resultTimer;
    QString m_result;
};

} // namespace anteroom::ui
