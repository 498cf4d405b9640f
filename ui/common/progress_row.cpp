#include "ui/common/progress_row.h"

#include "ui/common/button.h"
#include "ui/common/label.h"

#include <QBoxLayout>
#include <QProgressBar>

namespace anteroom::ui {

ProgressRow::ProgressRow(QWidget *parent)
    : QWidget(parent), m_words(new Label), m_left(new Label({}, Type::Caption, Tone::Text2)), m_bar(new QProgressBar),
      m_cancel(new Button(tr("Cancel"), ButtonKind::Link))
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
    m_left->setText(left);
}

void ProgressRow::setCancellable(bool can)
{
    m_cancel->setVisible(can);
}

} // namespace anteroom::ui
