// One side of one field in a conflict: a value that wraps and never elides, a mark whether it is chosen, and the arrow key
// that chooses it. One of two; the row they stand in decides which is on. It knows words and no record.
#pragma once

#include <QAbstractButton>

namespace anteroom::ui {

class SideCard final : public QAbstractButton {
    Q_OBJECT
public:
    explicit SideCard(bool leading, QWidget *parent = nullptr);

    void setValue(const QString &value, const QString &note, const QString &spoken);       // note: a second, quiet line
    [[nodiscard]] QString value() const { return m_value; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void moved(int rows, int sides);                 // arrows; sides as they stand in the direction of reading
    void letter(int key);                            // J, K, M, T, Enter

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] bool showsKey(int width) const;
    [[nodiscard]] QRect words(const QRect &box) const;
    [[nodiscard]] int wordsHeight(int width, bool note) const;

    QString m_value, m_note;
    bool m_leading;
};

} // namespace anteroom::ui
