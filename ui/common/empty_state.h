// An empty place: icon, what is so, why or what comes by itself, the next act. No act where there is nothing to do.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace anteroom::ui {

class Label;

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString &icon, const QString &what, const QString &why = {}, QWidget *parent = nullptr);

    void setText(const QString &what, const QString &why);
    void addAct(QWidget *act);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QString m_iconName;
    QLabel *m_icon;
    Label *m_what;
    Label *m_why;
    QHBoxLayout *m_acts;
};

} // namespace anteroom::ui
