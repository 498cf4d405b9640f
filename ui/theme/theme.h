// The look the whole program has now: scheme, scale, fonts, palette and style. The application owns exactly one and
// hangs it on QApplication as a property, where widgets find it by Theme::of(). It never reads or writes settings:
// who owns it sets scheme and scale, and hears `changed`. Widgets repaint by the palette change Qt sends them.
#pragma once

#include "ui/theme/tokens.h"

#include <QFont>
#include <QObject>

#include <optional>

class QApplication;
class QWidget;

namespace anteroom::ui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Scheme : unsigned char { System, Light, Dark };

    // Installs fonts, style and palette on the application. The scheme the desktop asks for is read here and
    // followed while the program runs.
    explicit Theme(QApplication &app);
    ~Theme() override;

    // The theme of the program; the owner must be alive. The widget is only there to say who asks.
    static const Theme &of(const QWidget *widget);

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);
    int scale() const { return m_scale; }
    void setScale(int percent);                         // 100, 115 or 130; anything else becomes the nearest

    bool showsKeycaps() const { return m_keycaps; }
    void setShowsKeycaps(bool shows);                   // off: tool-tips keep the keys

    // The person's choice; unset = what the desktop asks for (its own animations are off).
    bool reducedMotion() const { return m_reduced.value_or(m_systemStill); }
    void setReducedMotion(std::optional<bool> reduced);

    bool isDark() const;
    int px(int logical) const { return (logical * m_scale + 50) / 100; }    // a size of tokens.h at the user's scale
    QColor color(Tone tone) const { return QColor::fromRgba(toneRgb(tone, isDark())); }
    QColor fg(Hue hue) const { return QColor::fromRgba(hueTones(hue, isDark()).fg); }
    QColor soft(Hue hue) const { return QColor::fromRgba(hueTones(hue, isDark()).soft); }
    QColor solid(Hue hue) const { return QColor::fromRgba(hueTones(hue, isDark()).solid); }
    QColor onSolid(Hue hue) const { return QColor::fromRgba(hueTones(hue, isDark()).onSolid); }
    QFont font(Type type, QFont::Weight weight = QFont::Normal) const;      // weights: Normal, DemiBold, Bold for digits

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();
    void tellWidgets();

    QApplication &m_app;
    Scheme m_scheme = Scheme::System;
    int m_scale = 100;
    bool m_keycaps = true;
    bool m_systemDark = false;
    bool m_systemStill = false;
    std::optional<bool> m_reduced;
    bool m_applied = false;
    bool m_reading = false;             // the desktop's palette
};

} // namespace anteroom::ui
