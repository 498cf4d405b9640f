// Work under way: words with a count, a 6 px bar, the time left, a way out. Unknown length shows the count so far
// and no bar. When to show it is the caller's: not before 300 ms.
#pragma once

#include <QWidget>

class QProgressBar;

namespace anteroom::ui {

class Button;
class Label;

class ProgressRow : public QWidget {
    Q_OBJECT
public:
    explicit ProgressRow(QWidget *parent = nullptr);

    // total 0: unknown. `words` already holds the counts ("Importing patients, 1,240 of 3,000").
    void setProgress(const QString &words, qint64 done, qint64 total, const QString &left = {});
    void setCancellable(bool can);

Q_SIGNALS:
    void cancelled();

private:
    Label *m_words;
    Label *m_left;
    QProgressBar *m_bar;
    Button *m_cancel;
};

} // namespace anteroom::ui
