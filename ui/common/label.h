// A label with a role instead of a colour: type size, weight and tone come from the theme and follow its changes.
// It is plain text, never rich text. An eliding one keeps one line and shows the whole in its tool-tip.
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

#include <optional>

namespace anteroom::ui {

class Label : public QLabel {
    Q_OBJECT
public:
    explicit Label(const QString &text = {}, Type type = Type::Body, Tone tone = Tone::Text, QWidget *parent = nullptr);

    void setType(Type type, QFont::Weight weight);
    void setType(Type type);                    // with the weight the type has by itself: semibold from Section upwards
    void setWeight(QFont::Weight weight);
    void setTone(Tone tone);
    void setAlignment(Qt::Alignment alignment);     // leading follows the layout, also for words of the other direction
    void setHue(std::optional<Hue> hue);        // the words of an exception; nullopt goes back to the tone

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();

    Type m_type;
    QFont::Weight m_weight;
    Tone m_tone;
    std::optional<Hue> m_hue;
    Qt::Alignment m_alignment = Qt::AlignLeading | Qt::AlignVCenter;
    bool m_restyling = false;
};

class ElidedLabel : public Label {
    Q_OBJECT
public:
    using Label::Label;

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace anteroom::ui
