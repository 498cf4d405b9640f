#include "ui/common/ask_dialog.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/theme/motion.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QKeyEvent>
#include <QPainter>

namespace anteroom::ui {
namespace {

constexpr int kWidth = 460, kMargin = 24;

class ScrimSheet : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override { QPainter(this).fillRect(rect(), Theme::of(this).color(Tone::Scrim)); }
};

} // namespace

AskDialog::AskDialog(const QString &what, const QString &facts, const QString &then, QWidget *window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint), m_content(new QVBoxLayout), m_acts(new QHBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(what);
    auto *title = new Label(what, Type::Page);
    title->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, 20, kMargin, 20);
    column->setSpacing(10);
    column->addWidget(title);
    for (const QString &words : {facts, then}) {
        if (words.isEmpty())
            continue;
        auto *label = new Label(words, Type::Body, words == facts ? Tone::Text : Tone::Text2);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addLayout(m_content);
    column->addSpacing(8);
    m_acts->setSpacing(8);
    m_acts->addStretch();
    column->addLayout(m_acts);
    setFixedWidth(Theme::of(window).px(kWidth));
}

AskDialog::~AskDialog() { delete m_scrim; }

void AskDialog::addContent(QWidget *content) { m_content->addWidget(content); }

void AskDialog::addAct(Button *act, bool leads)
{
    act->setAutoDefault(false);
    act->installEventFilter(this);
    m_acts->addWidget(act);
    if (leads)
        act->setFocus(Qt::OtherFocusReason);
    connect(act, &Button::clicked, this, &QDialog::close);
}

bool AskDialog::deaf() const { return QDateTime::currentMSecsSinceEpoch() - m_shownAt < kDeafMs; }

void AskDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_shownAt = QDateTime::currentMSecsSinceEpoch();
    QWidget *window = parentWidget();
    m_scrim = new ScrimSheet(window);
    m_scrim->setGeometry(window->rect());
    m_scrim->show();
    fadeIn(m_scrim);
    window->installEventFilter(this);
    adjustSize();
    move(window->mapToGlobal(window->rect().center()) - rect().center());
}

void AskDialog::keyPressEvent(QKeyEvent *event)
{
    if (!deaf())
        QDialog::keyPressEvent(event);
}

bool AskDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && m_scrim)
        m_scrim->setGeometry(parentWidget()->rect());
    return (watched != parentWidget() && event->type() == QEvent::KeyPress && deaf()) || QDialog::eventFilter(watched, event);
}

void AskDialog::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::LineStrong));
    painter.fillRect(rect().adjusted(1, 1, -1, -1), theme.color(Tone::Raised));
}

} // namespace anteroom::ui
