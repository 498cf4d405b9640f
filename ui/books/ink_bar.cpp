#include "ui/books/ink_bar.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/common/segments.h"

#include <QBoxLayout>
#include <QPainter>

namespace anteroom::ui {

InkSwatch::InkSwatch(const QString &colour, const QString &name, QWidget *parent) : QAbstractButton(parent), m_colour(colour)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(name);
    setToolTip(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize InkSwatch::sizeHint() const
{
    const int side = Theme::of(this).px(size::kControl);
    return {side, side};
}

void InkSwatch::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    if (isChecked())
        paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::AccentSoft), theme.color(Tone::Accent));
    const double spot = theme.px(16);
    paintBox(&painter, QRectF((width() - spot) / 2, (height() - spot) / 2, spot, spot), spot / 2, inkColour(theme, m_colour));
}

InkBar::InkBar(InkCanvas &canvas, PageInk &ink, QWidget *parent)
    : QWidget(parent), m_canvas(canvas), m_ink(ink), m_tools(new Segments), m_widths(new Segments), m_undo(new Button(tr("Step back"), QStringLiteral("edit-undo"))),
      m_redo(new Button(tr("Step forward"), ButtonKind::Secondary))
{
    m_tools->add(tr("Pen"), {}, QStringLiteral("P"));
    m_tools->add(tr("Marker"), {}, QStringLiteral("M"));
    m_tools->add(tr("Pencil"), {}, QStringLiteral("B"));
    m_tools->add(tr("Rubber"), {}, QStringLiteral("R"));
    m_tools->setAccessibleName(tr("Tool"));
    for (const QString &name : {tr("Thin"), tr("Medium"), tr("Thick")})
        m_widths->add(name);
    m_widths->setAccessibleName(tr("Width"));
    const QString names[] = {tr("Black or white, as the screen is (1)"), tr("Blue (2)"), tr("Red (3)"), tr("Green (4)")};
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(size::kPanelGap);
    row->addWidget(m_tools);
    auto *colours = new QHBoxLayout;
    colours->setSpacing(4);
    for (std::size_t i = 0; i < std::size(kInkColours); ++i) {
        m_colours.push_back(new InkSwatch(QLatin1String(kInkColours[i]), names[i], this));
        colours->addWidget(m_colours.back());
        connect(m_colours.back(), &QAbstractButton::clicked, this, [this, i] {
            m_canvas.setColour(QLatin1String(kInkColours[i]));
            m_canvas.setFocus(Qt::OtherFocusReason);
        });
    }
    row->addLayout(colours);
    row->addWidget(m_widths);
    row->addStretch();
    row->addWidget(m_undo);
    row->addWidget(m_redo);
    m_undo->setToolTip(tr("Takes back the last stroke or the last rubbing out (Ctrl+Z)"));
    m_redo->setToolTip(tr("Does it again (Ctrl+Y)"));
    connect(m_tools, &Segments::chosen, this, [this](int index) { m_canvas.setTool(static_cast<InkCanvas::Tool>(index)); });
    connect(m_widths, &Segments::chosen, &m_canvas, &InkCanvas::setWidthStep);
    connect(m_undo, &Button::clicked, &m_ink, &PageInk::undo);
    connect(m_redo, &Button::clicked, &m_ink, &PageInk::redo);
    connect(&m_canvas, &InkCanvas::toolChanged, this, &InkBar::showState);
    connect(&m_ink, &PageInk::historyChanged, this, &InkBar::showState);
    showState();
}

void InkBar::showState()
{
    m_tools->setCurrent(static_cast<int>(m_canvas.tool()));
    m_widths->setCurrent(m_canvas.widthStep());
    for (InkSwatch *swatch : m_colours)
        swatch->setChecked(swatch->colour() == m_canvas.colour());
    m_undo->setEnabled(m_ink.canUndo());
    m_redo->setEnabled(m_ink.canRedo());
}

} // namespace anteroom::ui
