// A form field: label above, control, and one line below for the hint, the refusal or the doubt about a value. The line's
// room is reserved, so nothing jumps. It wraps any control; it never validates.
#pragma once

#include "ui/theme/style.h"

#include <QLineEdit>
#include <QWidget>

class QLabel;

namespace anteroom::ui {

class Label;

class Field : public QWidget {
    Q_OBJECT
public:
    enum class Need : unsigned char { Required, Optional };

    // Takes the control as child. The label's buddy is the control.
    Field(const QString &label, QWidget *control, Need need = Need::Required, QWidget *parent = nullptr);

    QWidget *control() const { return m_control; }
    void setLabel(const QString &label);
    void setHint(const QString &hint);
    void setError(const QString &sentence);         // refused value; empty takes it back
    void setUnusual(const QString &sentence);       // doubtful value that may be confirmed; empty takes it back
    void clearMark();
    FieldMark mark() const { return m_mark; }

private:
    void setMark(FieldMark mark, const QString &sentence);
    void showLine();

    QWidget *m_control;
    Label *m_label;
    Label *m_optional;
    QLabel *m_icon;
    Label *m_line;
    QString m_hint;
    QString m_sentence;
    FieldMark m_mark = FieldMark::None;
    bool m_hadLine = false;

protected:
    void changeEvent(QEvent *event) override;
};

// A line edit of control height; codes, numbers and addresses stay left to right in every language.
class LineEdit : public QLineEdit {
    Q_OBJECT
public:
    enum class Content : unsigned char { Words, Value };
    explicit LineEdit(Content content = Content::Words, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateMetrics();
};

} // namespace anteroom::ui
