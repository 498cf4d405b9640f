// The one table of colours, sizes and type. Everything painted takes its numbers from here, in logical pixels at
// 100 %; Theme scales and picks the column. It never knows a widget, and no other file spells a colour.
#pragma once

#include <QColor>

#include <array>

namespace anteroom::ui {

enum class Tone : unsigned char {
    Canvas, Sunken, Surface, Raised, Line, LineStrong, Text, Text2, Text3,
    Accent, AccentHover, OnAccent, AccentText, AccentSoft, Hover, Focus, Scrim
};

// A hue is a meaning, not a decoration: danger to a person, urgent, priority or pending, fine, in progress, away.
enum class Hue : unsigned char { Danger, Urgent, Priority, Ok, Info, Mute };

struct ToneRow {
    Tone tone;
    QRgb light;
    QRgb dark;
};

inline constexpr std::array kTones = {
    ToneRow{Tone::Canvas,      0xFFF5F7F7, 0xFF151B1E},
    ToneRow{Tone::Sunken,      0xFFE9EEEF, 0xFF0F1416},
    ToneRow{Tone::Surface,     0xFFFFFFFF, 0xFF1D2529},
    ToneRow{Tone::Raised,      0xFFFFFFFF, 0xFF263035},
    ToneRow{Tone::Line,        0xFFD5DCDF, 0xFF323D43},
    ToneRow{Tone::LineStrong,  0xFF7C8A91, 0xFF74838B},
    ToneRow{Tone::Text,        0xFF172226, 0xFFE5EBED},
    ToneRow{Tone::Text2,       0xFF465459, 0xFFB0BBC1},
    ToneRow{Tone::Text3,       0xFF5F6D74, 0xFF93A0A7},
    ToneRow{Tone::Accent,      0xFF0B6270, 0xFF4FB0BD},
    ToneRow{Tone::AccentHover, 0xFF084F5B, 0xFF6CC3CF},
    ToneRow{Tone::OnAccent,    0xFFFFFFFF, 0xFF04262B},
    ToneRow{Tone::AccentText,  0xFF0A5A67, 0xFF74C8D3},
    ToneRow{Tone::AccentSoft,  0xFFD8EBED, 0xFF183A41},
    ToneRow{Tone::Hover,       0xFFEEF3F4, 0xFF2B363C},
    ToneRow{Tone::Focus,       0xFF0B6270, 0xFF74C8D3},
    ToneRow{Tone::Scrim,       0x6E101A1E, 0x96000000},
};

struct HueTones {
    QRgb fg;        // words and icons on canvas, surface or the soft fill
    QRgb soft;      // fill of chips, strips, cards
    QRgb solid;     // the filled chip: only for what must be seen across the room
    QRgb onSolid;
};

struct HueRow {
    Hue hue;
    HueTones light;
    HueTones dark;
};

inline constexpr std::array kHues = {
    HueRow{Hue::Danger,   {0xFFA01B1B, 0xFFFBE9E7, 0xFFB3231F, 0xFFFFFFFF}, {0xFFFF9D94, 0xFF3F2222, 0xFFF2827A, 0xFF2B0806}},
    HueRow{Hue::Urgent,   {0xFF8A4300, 0xFFFCEDDD, 0xFFB45309, 0xFFFFFFFF}, {0xFFFFB168, 0xFF3B2A1A, 0xFFF0A050, 0xFF2B1600}},
    HueRow{Hue::Priority, {0xFF665000, 0xFFF7F0CF, 0xFF7D6300, 0xFFFFFFFF}, {0xFFE6CB62, 0xFF332D16, 0xFFD9BC4C, 0xFF231C00}},
    HueRow{Hue::Ok,       {0xFF1B6236, 0xFFE2F2E7, 0xFF1F7A43, 0xFFFFFFFF}, {0xFF83CF9C, 0xFF1A3323, 0xFF6CC08A, 0xFF04210E}},
    HueRow{Hue::Info,     {0xFF1D4F91, 0xFFE4EDF9, 0xFF2A63AE, 0xFFFFFFFF}, {0xFF93BDF5, 0xFF1B2F4B, 0xFF7FAEEA, 0xFF06182F}},
    HueRow{Hue::Mute,     {0xFF465459, 0xFFE9EEEF, 0xFF46555C, 0xFFFFFFFF}, {0xFFB0BBC1, 0xFF283237, 0xFFA7B4BA, 0xFF12181B}},
};

constexpr bool tonesInOrder()
{
    for (std::size_t i = 0; i < kTones.size(); ++i) {
        if (static_cast<std::size_t>(kTones[i].tone) != i)
            return false;
    }
    for (std::size_t i = 0; i < kHues.size(); ++i) {
        if (static_cast<std::size_t>(kHues[i].hue) != i)
            return false;
    }
    return true;
}
static_assert(tonesInOrder(), "tones and hues are looked up by their enum value");

constexpr QRgb toneRgb(Tone tone, bool dark)
{
    const ToneRow &row = kTones[static_cast<std::size_t>(tone)];
    return dark ? row.dark : row.light;
}

constexpr const HueTones &hueTones(Hue hue, bool dark)
{
    const HueRow &row = kHues[static_cast<std::size_t>(hue)];
    return dark ? row.dark : row.light;
}

// Type in px. Captions, chips with an icon, units and keycaps alone may use 12; nothing is smaller.
enum class Type : unsigned char { Display, Banner, Page, Section, Name, Body, Secondary, Caption };
inline constexpr std::array kTypePx = {30, 24, 20, 16, 15, 14, 13, 12};

namespace size {
inline constexpr int kRow = 34, kTwoLineRow = 56, kTicket = 50, kTicketGap = 5;
inline constexpr int kHeaderRow = 32, kTabBar = 40, kToolBar = 56;
inline constexpr int kControl = 34, kLargeButton = 44, kMoneyField = 48;
inline constexpr int kNavItem = 36, kNavPitch = 38, kRail = 188, kRailNarrow = 56, kRailBreak = 1200;
inline constexpr int kStatusBar = 30, kDeskStrip = 78, kChip = 22, kKeycap = 20;
inline constexpr int kPageMargin = 16, kPanelGap = 12;
inline constexpr int kRadiusChip = 4, kRadius = 6, kRadiusPanel = 8, kRadiusDialog = 10;
inline constexpr int kFocusWidth = 2, kFocusGap = 2, kFocusRadius = 3;
inline constexpr int kIconText = 16, kIconRail = 22, kIconEmpty = 32, kIconChip = 12;
inline constexpr int kScrollBar = 10, kScrollThumb = 6;
} // namespace size

} // namespace anteroom::ui
