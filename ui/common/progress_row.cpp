#include "ui/common/progress_row.h"

#include "ui/common/button.h"
#include "ui/common/label.h"

#include <QBoxLayout>
#include <QProgressBar>
#include <QTimer>

namespace anteroom::ui {

namespace {

constexpr int kAppearMs = 500;                      // what is over by then needs no bar
constexpr int kFewestMs = 1000;                     // before that the pace is a guess

} // namespace

ProgressRow::ProgressRow(QWidget *parent)
    : QWidget(parent), m_words(new Label), m_left(new Label({}, Type::Caption, Tone::Text2)), m_bar(new QProgressBar),
      m_cancel(new Button(tr("Cancel"), ButtonKind::Link)), m_appear(new QTimer(this))
{
    m_words->setWordWrap(true);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(Theme::of(this).px(6));
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_words);
    column->addLayout(row);
    column->addWidget(m_left);
    m_appear->setSingleShot(true);
    m_appear->setInterval(kAppearMs);
    connect(m_appear, &QTimer::timeout, this, &QWidget::show);
    connect(m_cancel, &QPushButton::clicked, this, &ProgressRow::cancelled);
}

void ProgressRow::setProgress(const QString &words, qint64 done, qint64 total, const QString &left)
{
    constexpr int kSteps = 1000;
    m_words->setText(words);
    m_bar->setAccessibleName(words);
    m_bar->setVisible(total > 0);
    m_bar->setRange(0, kSteps);
    m_bar->setValue(total > 0 ? static_cast<int>(qBound(qint64(0), done, total) * kSteps / total) : 0);
    m_left->setText(!left.isEmpty() || !m_since.isValid() ? left : timeLeft(m_since.elapsed(), done, total));
}

void ProgressRow::begin()
{
    m_since.start();
    hide();
    m_appear->start();
}

void ProgressRow::end()
{
    m_appear->stop();
    m_since.invalidate();
    hide();
}

QString timeLeft(qint64 elapsedMs, qint64 done, qint64 total)
{
    if (elapsedMs < kFewestMs || done <= 0 || total <= done)
        return {};
    const qint64 seconds = (total - done) * elapsedMs / done / 1000 + 1;
    if (seconds < 60)
        return ProgressRow::tr("About %1 s left").arg(seconds).replace(QStringLiteral(" s "), QStringLiteral("\u00A0s "));
    return ProgressRow::tr("About %1 min left").arg((seconds + 59) / 60).replace(QStringLiteral(" min "), QStringLiteral("\u00A0min "));
}

void ProgressRow::setCancellable(bool can)
{
    m_cancel->setVisible(can);
}

} // namespace anteroom::ui
