// The dispatch, the sizes, and the parts of one step; style_buttons.cpp and style_views.cpp paint the rest.
#include "ui/theme/style.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleOption>
#include <QTextEdit>

namespace anteroom::ui {

Style::Style(const Theme &theme) : QProxyStyle(QStringLiteral("fusion")), m_theme(theme) {}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QScrollBar *>(widget)
        || qobject_cast<QLineEdit *>(widget) || qobject_cast<QAbstractSpinBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:                 // the ring is one widget of the window, or the delegate's
    case PE_IndicatorHeaderArrow:           // beside ours it leaves a speck
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_PanelItemViewRow:
        return;
    case PE_PanelLineEdit:
        if (!widget || !qobject_cast<const QComboBox *>(widget->parentWidget()))
            drawFieldFrame(*option, painter, widget);
        return;
    case PE_FrameLineEdit:
        return;                             // the panel has drawn it
    case PE_Frame:
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)) {
            drawFieldFrame(*option, painter, widget);
            return;
        }
        break;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawMark(*option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawMark(*option, painter, true);
        return;
    case PE_FrameMenu:
        return;
    case PE_PanelMenu:
        paintBox(painter, option->rect, 0, m_theme.color(Tone::Raised), m_theme.color(m_theme.isDark() ? Tone::LineStrong : Tone::Line));
        return;
    case PE_PanelTipLabel:
        paintBox(painter, option->rect, 0, m_theme.color(Tone::Text));
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawButtonFrame(*button, painter, widget);
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            drawButtonLabel(*button, painter, widget);
        return;
    case CE_HeaderSection:
        painter->fillRect(option->rect, m_theme.color(Tone::Surface));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), m_theme.color(Tone::Line));
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_theme.color(Tone::Surface));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), m_theme.color(Tone::Line));
        return;
    case CE_HeaderLabel:
        drawHeader(option, painter);
        return;
    case CE_MenuItem:
        drawMenuItem(option, painter, widget);
        return;
    case CE_TabBarTab:
        drawTab(option, painter);
        return;
    case CE_ProgressBar:
        drawProgress(option, painter);
        return;
    case CE_Splitter:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        return drawScrollBar(option, painter, widget);
    if (control == CC_ComboBox)
        return drawCombo(option, painter, widget);
    if (control == CC_SpinBox)
        return drawFieldFrame(*option, painter, widget);      // typed, not clicked: no arrows
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return m_theme.px(size::kScrollBar);
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ScrollView_ScrollBarSpacing: return 0;
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget))
            return 3;
        if (qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QAbstractScrollArea *>(widget))
            return 0;
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_FocusFrameHMargin:              // of a popup of choices: its words stand under those of the closed box
        return widget && widget->inherits("QComboBoxListView") ? m_theme.px(9) : 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return m_theme.px(18);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return m_theme.px(8);
    case PM_HeaderMargin: return m_theme.px(4);
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return m_theme.px(size::kIconText);
    case PM_MenuHMargin: return 1;
    case PM_MenuVMargin:
    case PM_MenuPanelWidth: return m_theme.px(4);
    case PM_ToolTipLabelFrameWidth: return m_theme.px(6);
    case PM_TabBarTabHSpace: return m_theme.px(24);
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal: return 0;
    default: break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_LineEdit_PasswordCharacter: return 0x2022;
    case SH_ComboBox_Popup: return 0;
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    case SH_UnderlineShortcut: return 0;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
    case SH_ItemView_ShowDecorationSelected: return 1;
    default: break;
    }
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    const int control = m_theme.px(size::kControl);
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        if (!button || !widget)
            break;
        const bool link = widget->property(prop::kKind).toInt() == static_cast<int>(ButtonKind::Link);
        int width = m_theme.px(link ? 4 : 13) * 2 + textWidth(button->text, m_theme.font(Type::Body, QFont::DemiBold)) + 1;
        if (!widget->property(prop::kIcon).toString().isEmpty())
            width += m_theme.px(size::kIconText) + (button->text.isEmpty() ? 0 : m_theme.px(6));
        const QString keys = widget->property(prop::kKeycap).toString();
        if (!keys.isEmpty() && m_theme.showsKeycaps())
            width += keycapSize(m_theme, keys).width() + m_theme.px(8);
        return {width, control};
    }
    case CT_LineEdit:
    case CT_SpinBox: return {contents.width() + m_theme.px(16), control};
    case CT_ComboBox: return {contents.width() + m_theme.px(44), control};
    case CT_CheckBox:
    case CT_RadioButton: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {hint.width() + m_theme.px(2), qMax(hint.height(), m_theme.px(26))};
    }
    case CT_MenuItem: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, contents, widget);
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        const bool rule = item && item->menuItemType == QStyleOptionMenuItem::Separator;
        return {hint.width() + m_theme.px(24), rule ? m_theme.px(9) : m_theme.px(32)};
    }
    case CT_TabBarTab: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {hint.width() + m_theme.px(6), m_theme.px(size::kTabBar)};
    }
    case CT_HeaderSection: {
        QSize hint = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {hint.width() + m_theme.px(12), m_theme.px(size::kHeaderRow)};
    }
    case CT_ItemViewItem: {                 // the list of a combo; our own views have delegates
        QSize hint = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {hint.width() + m_theme.px(12), qMax(hint.height(), m_theme.px(30))};
    }
    case CT_ProgressBar: return {contents.width(), m_theme.px(6)};
    default: break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

} // namespace anteroom::ui
