// Two to four choices side by side; one tab stop, arrows inside, letters choose while it has focus. From five choices
// on, use a combo box.
#pragma once

#include <QVariant>
#include <QVector>
#include <QWidget>

namespace anteroom::ui {

class Segments : public QWidget {
    Q_OBJECT
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged USER true)
public:
    explicit Segments(QWidget *parent = nullptr);

    int add(const QString &text, const QVariant &value = {}, const QString &key = {});     // key: one letter, while focused
    int count() const { return static_cast<int>(m_items.size()); }
    int current() const { return m_current; }
    void setCurrent(int index);                                 // does not emit chosen
    QVariant value() const;
    void setValue(const QVariant &value);
    QString text(int index) const { return m_items.at(index).text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);
    void chosen(int index);                                     // by the person, not by setCurrent

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Item {
        QString text;
        QVariant value;
        QString key;
    };
    QRect rectOf(int index) const;                              // mirrored already
    void choose(int index);

    QVector<Item> m_items;
    int m_current = 0;
};

} // namespace anteroom::ui
