// The first window of a PC without a clinic: join one, start one, or try the demo; then the few fields that the choice
// needs. Layout only; FirstStartModel knows the rules.
#pragma once

#include "ui/first_start/first_start_model.h"

#include <QAbstractButton>
#include <QWidget>

#include <map>

class QStackedWidget;

namespace anteroom::ui {

class Button;
class Field;
class Label;
class LineEdit;
class MessageStrip;

// A large choice: icon, what, why, one line more. Focus and hover are painted; arrows move, Enter chooses.
class ChoiceCard final : public QAbstractButton {
    Q_OBJECT
public:
    ChoiceCard(const QString &icon, const QString &what, const QString &why, const QString &more, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_icon, m_why, m_more;
};

class FirstStartPage final : public QWidget {
    Q_OBJECT
public:
    explicit FirstStartPage(node::Replica &replica, QWidget *parent = nullptr);

    [[nodiscard]] FirstStartModel &model() { return m_model; }
    [[nodiscard]] LineEdit *line(FirstStartModel::Field field) const;

Q_SIGNALS:
    void done();
    void demoWanted();

private:
    QWidget *buildSide();
    QWidget *buildChoices();
    QWidget *buildForm();
    void addLine(FirstStartModel::Field field, const QString &label, const QString &hint, bool value, QString &text, bool optional = false);
    void show();
    using QWidget::show;
    void focusFirst();

    FirstStartModel m_model;
    QStackedWidget *m_stack;
    std::map<FirstStartModel::Field, Field *> m_fields;
    Label *m_title, *m_words;
    MessageStrip *m_strip;
    Button *m_back, *m_go;
    ChoiceCard *m_join;
};

} // namespace anteroom::ui
