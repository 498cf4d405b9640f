// A question over its window: what is so as the title, facts below, one sentence on what happens, acts at the trailing end.
// Opened with open(), never exec(). Keys are ignored for the first 400 ms, so that a double Enter decides nothing.
#pragma once

#include <QDialog>
#include <QPointer>

class QHBoxLayout;
class QVBoxLayout;

namespace anteroom::ui {

class Button;

class AskDialog : public QDialog {
    Q_OBJECT
public:
    static constexpr int kDeafMs = 400;

    AskDialog(const QString &what, const QString &facts, const QString &then, QWidget *window);
    ~AskDialog() override;

    void addContent(QWidget *content);          // a field between the sentence and the acts
    void addAct(Button *act, bool leads);       // a press closes the dialog; the one that leads has the focus

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool deaf() const;

    QVBoxLayout *m_content;
    QHBoxLayout *m_acts;
    QPointer<QWidget> m_scrim;
    qint64 m_shownAt = 0;
};

} // namespace anteroom::ui
