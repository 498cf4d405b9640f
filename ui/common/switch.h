// On or off at once, without saving. What a form saves is a QCheckBox instead. `clicked` is the person's, `toggled` any change.
#pragma once

#include <QAbstractButton>

namespace anteroom::ui {

class Switch : public QAbstractButton {
    Q_OBJECT
public:
    explicit Switch(const QString &accessibleName, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace anteroom::ui
