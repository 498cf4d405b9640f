// One proxy over Fusion that draws buttons, fields, combos, marks, headers, scroll bars, menus and tool-tips from the
// tokens. Variants come by dynamic properties (names below); there is no style sheet, and no widget class of ours here.
#pragma once

#include <QProxyStyle>

class QStyleOptionButton;

namespace anteroom::ui {

class Theme;

namespace prop {
inline constexpr char kKind[] = "kind";         // int of ButtonKind
inline constexpr char kKeycap[] = "kbd";        // QString, the shortcut as native text
inline constexpr char kIcon[] = "iconName";     // QString, a name of icons.h
inline constexpr char kMark[] = "mark";         // int of FieldMark
} // namespace prop

enum class ButtonKind : unsigned char { Secondary, Primary, Danger, Quiet, Link };
enum class FieldMark : unsigned char { None, Error, Unusual };

class Style : public QProxyStyle {
    Q_OBJECT
public:
    explicit Style(const Theme &theme);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;

private:
    void drawButtonFrame(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget) const;
    void drawButtonLabel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget) const;
    void drawFieldFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget) const;
    void drawMark(const QStyleOption &option, QPainter *painter, bool round) const;
    void drawHeader(const QStyleOption *option, QPainter *painter) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const;
    void drawCombo(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawProgress(const QStyleOption *option, QPainter *painter) const;

    const Theme &m_theme;
};

} // namespace anteroom::ui
