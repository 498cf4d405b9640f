// The question why a record is archived, in place of the form's buttons: a few reasons at hand, or own words. It asks and
// archives nothing itself.
#pragma once

#include <QWidget>

namespace anteroom::ui {

class Button;
class Field;
class LineEdit;

class RecordArchive final : public QWidget {
    Q_OBJECT
public:
    explicit RecordArchive(QWidget *parent = nullptr);

    void ask();                                  // empty again, focus in the reason
    void setBusy(bool busy);
    [[nodiscard]] LineEdit *reason() const { return m_reason; }

Q_SIGNALS:
    void given(const QString &reason);
    void left();

private:
    void give();

    Field *m_field;
    LineEdit *m_reason;
    Button *m_archive;
};

} // namespace anteroom::ui
