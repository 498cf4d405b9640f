#include "ui/first_start/clinic_picture.h"

#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QPainter>

namespace anteroom::ui {
namespace {

constexpr int kMargin = 48, kLogo = 36, kPcWidth = 92, kPcHeight = 56, kTop = 280, kBelow = 436, kStep = 119, kClear = 24;

} // namespace

ClinicPicture::ClinicPicture(QWidget *parent) : QWidget(parent)
{
    auto *name = new Label(tr("Anteroom"), Type::Display);
    m_words = new Label(tr("Every PC keeps its own copy of the clinic. It works with the cable pulled, and shows what another desk did within a blink."),
                        Type::Section, Tone::Text2);
    m_words->setType(Type::Section, QFont::Normal);
    m_words->setWordWrap(true);
    auto *foot = new Label(tr("Version %1 · nothing leaves this building").arg(QCoreApplication::applicationVersion()), Type::Secondary, Tone::Text3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 124, 40, 38);
    layout->setSpacing(10);
    layout->addWidget(name);
    layout->addWidget(m_words);
    layout->addStretch();
    layout->addWidget(foot);
    setAccessibleName(tr("One PC is the host, the others hold the same data; one that is cut off works on."));
}

int ClinicPicture::drop() const { return qMax(0, m_words->geometry().bottom() + kClear - kTop); }

void ClinicPicture::paintPc(QPainter &painter, const Theme &theme, QPoint at, const QString &name, const QString &words, bool host, bool cut) const
{
    const QRect box = mirrored(layoutDirection(), rect(), QRect(at, QSize(kPcWidth, kPcHeight)));
    const QColor border = theme.color(host ? Tone::Accent : Tone::LineStrong);
    painter.fillRect(QRect(box.center().x() - 6, box.bottom() + 1, 12, 8), border);
    painter.fillRect(QRect(box.center().x() - 18, box.bottom() + 9, 36, 2), border);
    paintBox(&painter, box, size::kRadius, theme.color(Tone::Surface), border, host ? 2 : 1);
    paintText(&painter, box.adjusted(4, 6, -4, -28), name, theme.font(Type::Secondary, QFont::DemiBold), theme.color(Tone::Text), Qt::AlignCenter);
    paintText(&painter, box.adjusted(2, 28, -2, -8), words, theme.font(Type::Caption), cut ? theme.fg(Hue::Urgent) : theme.color(host ? Tone::AccentText : Tone::Text2),
              Qt::AlignCenter);
}

void ClinicPicture::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::Sunken));
    painter.setRenderHint(QPainter::Antialiasing);
    paintIcon(&painter, mirrored(layoutDirection(), rect(), QRect(kMargin + 6, 62, kLogo, kLogo)), QStringLiteral("logo"), theme.color(Tone::Accent));
    const int middle = kMargin + kStep + kPcWidth / 2;
    const int top = kTop + drop(), below = kBelow + drop(), turn = top + kPcHeight + 50;
    const auto x = [&](int logical) { return layoutDirection() == Qt::RightToLeft ? width() - logical : logical; };
    painter.setPen(QPen(theme.color(Tone::Accent), 1.5));
    painter.drawLine(x(middle), top + kPcHeight + 10, x(middle), below);
    painter.drawLine(x(kMargin + kPcWidth / 2), turn, x(middle + kStep), turn);
    painter.drawLine(x(kMargin + kPcWidth / 2), turn, x(kMargin + kPcWidth / 2), below);
    painter.setPen(QPen(theme.fg(Hue::Urgent), 1.5, Qt::DashLine));
    painter.drawLine(x(middle + kStep), turn, x(middle + kStep), below);
    paintIcon(&painter, QRectF(x(middle + kStep) - 9, (turn + below) / 2.0 - 9, 18, 18), QStringLiteral("cut-line"), theme.fg(Hue::Urgent));
    paintPc(painter, theme, {kMargin + kStep, top}, tr("Desk 1"), tr("host"), true, false);
    paintPc(painter, theme, {kMargin, below}, tr("Reception"), tr("same data"), false, false);
    paintPc(painter, theme, {kMargin + kStep, below}, tr("Pharmacy"), tr("same data"), false, false);
    paintPc(painter, theme, {kMargin + 2 * kStep, below}, tr("Room 4"), tr("works offline"), false, true);
}

} // namespace anteroom::ui
