// The white surface with a hairline that holds a page's parts; a sunken one is a lane, an own one has the accent border.
// Footer and rule are helpers for the hairline between parts. No shadow, no title of its own.
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace anteroom::ui {

class Panel : public QFrame {
    Q_OBJECT
public:
    enum class Kind : unsigned char { Surface, Sunken, Own };
    explicit Panel(Kind kind = Kind::Surface, QWidget *parent = nullptr);

    void setKind(Kind kind);
    QVBoxLayout *column() const { return m_column; }            // no spacing, one pixel of margin for the border

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
    QVBoxLayout *m_column;
};

// A hairline of one logical pixel, horizontal or vertical.
class Rule : public QWidget {
    Q_OBJECT
public:
    explicit Rule(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace anteroom::ui
