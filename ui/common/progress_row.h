// Work under way: words with a count, a 6 px bar, the time left, a way out. Unknown length shows the count so far
// and no bar. begin() and end() show it by itself: nothing of what is over within half a second.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QProgressBar;
class QTimer;

namespace anteroom::ui {

class Button;
class Label;

class ProgressRow : public QWidget {
    Q_OBJECT
public:
    explicit ProgressRow(QWidget *parent = nullptr);

    // total 0: unknown. `words` already holds the counts ("Importing patients, 1,240 of 3,000").
    void setProgress(const QString &words, qint64 done, qint64 total, const QString &left = {});      // empty left: counted since begin()
    void setCancellable(bool can);
    void begin();                               // hidden for the first half second
    void end();

Q_SIGNALS:
    void cancelled();

private:
    Label *m_words;
    Label *m_left;
    QProgressBar *m_bar;
    Button *m_cancel;
    QTimer *m_appear;
    QElapsedTimer m_since;
};

// "About 2 min left": from the time so far and the share that is done; empty while too little is known to say.
[[nodiscard]] QString timeLeft(qint64 elapsedMs, qint64 done, qint64 total);

} // namespace anteroom::ui
