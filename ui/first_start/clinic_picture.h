// The side of the first window: the name, one sentence, and a picture of what the program is: one host, PCs with the same
// data, one of them cut off and working. Painted, with a description for screen readers; it takes no input.
#pragma once

#include <QWidget>

namespace anteroom::ui {

class Label;
class Theme;

class ClinicPicture final : public QWidget {
    Q_OBJECT
public:
    explicit ClinicPicture(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int drop() const;          // what longer words above push the picture down
    void paintPc(QPainter &painter, const Theme &theme, QPoint topLeft, const QString &name, const QString &words, bool host, bool cut) const;

    Label *m_words;
};

} // namespace anteroom::ui
