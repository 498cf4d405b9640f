// The rail of 188 px (56 with icons only): clinic, pages in the order of the working day, Review and Settings at the
// bottom, then the person. Real tool buttons; it emits which one was pressed and opens nothing itself.
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QWidget>

class QVBoxLayout;

namespace anteroom::ui {

class NavItem : public QAbstractButton {
    Q_OBJECT
public:
    NavItem(const QString &title, const QString &icon, QWidget *parent);

    void setCount(int count, bool urgent);          // what waits for you; 0 hides it; urgent is red, Review's alone
    void setNarrow(bool narrow);
    void setNumber(int number);                     // Ctrl+number, shown while Ctrl is held
    void showNumber(bool show);
    [[nodiscard]] bool showsNumber() const { return m_showNumber; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateTip();

    QString m_icon;
    int m_count = 0;
    int m_number = 0;
    bool m_urgent = false;
    bool m_narrow = false;
    bool m_showNumber = false;
};

class NavRail : public QWidget {
    Q_OBJECT
public:
    explicit NavRail(QWidget *parent = nullptr);

    NavItem *addItem(const QString &id, const QString &title, const QString &icon, bool bottom);
    NavItem *item(const QString &id) const;
    void clear();
    void setCurrent(const QString &id);
    void setClinic(const QString &name);
    void setPerson(const QString &name, const QString &detail);     // "Amina Diallo", "Nurse · Room 2"
    void setNarrow(bool narrow);
    void showNumbers(bool show);
    [[nodiscard]] bool showsNumbers() const;

Q_SIGNALS:
    void chosen(const QString &id);
    void personChosen();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Clinic;
    class Person;
    void applyWidth();

    QVBoxLayout *m_top;
    QVBoxLayout *m_bottom;
    Clinic *m_clinic;
    Person *m_person;
    QList<std::pair<QString, NavItem *>> m_items;
    bool m_narrow = false;
};

} // namespace anteroom::ui
