// The search field: magnifier, words, keycap while empty. One per window. It searches nothing itself: connect
// textEdited, moved and chosen to the page's list, which keeps its own current row.
#pragma once

#include "ui/common/field.h"

namespace anteroom::ui {

class SearchBox : public LineEdit {
    Q_OBJECT
public:
    explicit SearchBox(const QString &placeholder, QWidget *parent = nullptr);

    void setKeycap(const QKeySequence &keys);

Q_SIGNALS:
    void moved(int rows);       // up and down keys, page keys as ±10
    void chosen();              // Enter
    void cleared();             // Esc in a box with words; Esc in an empty one goes on to the page

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateMargins();

    QString m_keys;
};

} // namespace anteroom::ui
