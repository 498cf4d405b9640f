// News inside a page: soft fill, icon, a bold line, a plain line, acts at its end. It stays until its cause is gone;
// failures belong here and never into a toast.
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace anteroom::ui {

class Label;

class MessageStrip : public QWidget {
    Q_OBJECT
public:
    explicit MessageStrip(Hue hue, QWidget *parent = nullptr);

    void setHue(Hue hue);
    void setIconName(const QString &name);                      // empty: the hue's own
    void setMessage(const QString &bold, const QString &plain = {});
    void addAct(QWidget *act);                                  // a Button, a combo

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateMetrics();

    Hue m_hue;
    QString m_icon;
    Label *m_bold;
    Label *m_plain;
    QHBoxLayout *m_row;
};

} // namespace anteroom::ui
