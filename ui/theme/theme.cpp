#include "ui/theme/theme.h"

#include "ui/theme/fonts.h"
#include "ui/theme/motion.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>
#include <QToolTip>
#include <QWidget>

#include <cstdlib>
#include <utility>

namespace anteroom::ui {

namespace {

constexpr char kProperty[] = "anteroomTheme";

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Tone tone) { palette.setColor(QPalette::All, role, theme.color(tone)); };
    set(QPalette::Window, Tone::Canvas);
    set(QPalette::WindowText, Tone::Text);
    set(QPalette::Base, Tone::Surface);
    set(QPalette::AlternateBase, Tone::Surface);
    set(QPalette::Text, Tone::Text);
    set(QPalette::Button, Tone::Raised);
    set(QPalette::ButtonText, Tone::Text);
    set(QPalette::BrightText, Tone::OnAccent);
    set(QPalette::Light, Tone::Surface);
    set(QPalette::Midlight, Tone::Hover);
    set(QPalette::Mid, Tone::Line);
    set(QPalette::Dark, Tone::LineStrong);
    set(QPalette::Shadow, Tone::LineStrong);
    set(QPalette::Highlight, Tone::AccentSoft);
    set(QPalette::HighlightedText, Tone::Text);
    set(QPalette::Link, Tone::AccentText);
    set(QPalette::LinkVisited, Tone::AccentText);
    set(QPalette::ToolTipBase, Tone::Text);
    set(QPalette::ToolTipText, Tone::Surface);
    set(QPalette::PlaceholderText, Tone::Text3);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.color(Tone::Text3));
    palette.setColor(QPalette::Disabled, QPalette::Base, theme.color(Tone::Sunken));
    palette.setColor(QPalette::Disabled, QPalette::Button, theme.color(Tone::Sunken));
    return palette;
}

bool isDarkPalette(const QPalette &palette) { return palette.color(QPalette::Window).lightness() < 128; }

} // namespace

Theme::Theme(QApplication &app) : m_app(app)
{
    // Qt 6.4 has no colour scheme hint; the desktop's own palette, before ours, says it.
    m_systemDark = isDarkPalette(app.palette());
    m_systemStill = desktopIsStill();
    app.setProperty(kProperty, QVariant::fromValue<QObject *>(this));
    loadFonts();
    apply();
    app.installEventFilter(this);
}

Theme::~Theme()
{
    m_app.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));     // ours refers to this theme
    m_app.setProperty(kProperty, QVariant());
}

const Theme &Theme::of(const QWidget *widget)
{
    const auto *theme = qobject_cast<const Theme *>(qApp->property(kProperty).value<QObject *>());
    if (!theme)
        qFatal("A %s was painted while the program has no Theme: create one beside QApplication.",
               widget ? widget->metaObject()->className() : "widget");
    return *theme;
}

bool Theme::isDark() const
{
    return m_scheme == Scheme::Dark || (m_scheme == Scheme::System && m_systemDark);
}

void Theme::setScheme(Scheme scheme)
{
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    apply();
}

void Theme::setReducedMotion(std::optional<bool> reduced) { m_reduced = reduced; }

// The desktop switched between light and dark: every window hears it. Without a palette of our own the application has the
// desktop's, which says what it is now.
bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && !std::exchange(m_reading, true)) {
        m_app.setPalette(QPalette());
        m_systemDark = isDarkPalette(QApplication::palette());
        apply();
        m_reading = false;
    }
    return QObject::eventFilter(watched, event);
}

void Theme::setScale(int percent)
{
    int best = 100;
    for (const int offered : {100, 115, 130}) {
        if (std::abs(offered - percent) < std::abs(best - percent))
            best = offered;
    }
    if (m_scale == best)
        return;
    m_scale = best;
    apply();
    tellWidgets();
}

void Theme::setShowsKeycaps(bool shows)
{
    if (m_keycaps == shows)
        return;
    m_keycaps = shows;
    apply();
    tellWidgets();
}

// The sizes differ, and a widget with a font of its own hears nothing of the application's.
void Theme::tellWidgets()
{
    for (QWidget *widget : QApplication::allWidgets()) {
        QEvent event(QEvent::StyleChange);
        QCoreApplication::sendEvent(widget, &event);
    }
}

QFont Theme::font(Type type, QFont::Weight weight) const
{
    QFont font = m_app.font();
    font.setPixelSize(px(kTypePx[static_cast<std::size_t>(type)]));
    font.setWeight(weight);
    return font;
}

void Theme::apply()
{
    QFont font;
    font.setFamilies({QStringLiteral("Open Sans"), QStringLiteral("Noto Sans Arabic")});
    font.setPixelSize(px(kTypePx[static_cast<std::size_t>(Type::Body)]));
    font.setHintingPreference(QFont::PreferNoHinting);
    m_app.setFont(font);
    const QPalette palette = paletteOf(*this);
    m_app.setPalette(palette);
    QFont tip = font;
    tip.setPixelSize(px(kTypePx[static_cast<std::size_t>(Type::Secondary)]));
    QToolTip::setFont(tip);
    QToolTip::setPalette(palette);
    if (!m_applied) {
        m_app.setStyle(new Style(*this));       // the application owns its style
        m_app.setPalette(palette);              // the first style sets its standard palette
        m_applied = true;
    }
    Q_EMIT changed();
}

} // namespace anteroom::ui
