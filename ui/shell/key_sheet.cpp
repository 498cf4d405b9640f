#include "ui/shell/key_sheet.h"

#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/common/panel.h"
#include "ui/common/search_box.h"

#include <QBoxLayout>
#include <QPainter>
#include <QScrollArea>

namespace anteroom::ui {

namespace {

constexpr int kWidth = 820, kHeight = 560;

class Keycap final : public QWidget {
public:
    explicit Keycap(const QString &keys) : m_keys(keys)
    {
        setAccessibleName(keys);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return keycapSize(Theme::of(this), m_keys); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        paintKeycap(&painter, rect(), theme, m_keys, theme.color(Tone::Text), theme.color(Tone::LineStrong));
    }

private:
    QString m_keys;
};

} // namespace

KeySheet::KeySheet(QWidget *window, const QString &page, std::vector<Command> commands)
    : Sheet(window, kWidth), m_commands(std::move(commands)), m_search(new SearchBox(tr("Find a key or an act"))),
      m_none(new Label(tr("No key does that here."), Type::Body, Tone::Text2))
{
    panel()->setAccessibleName(tr("Keys"));
    m_search->setMaximumWidth(Theme::of(window).px(280));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 14, 16, 12);
    head->addWidget(new Label(tr("Keys"), Type::Page));
    head->addStretch();
    head->addWidget(m_search, 1);
    auto *left = new QVBoxLayout, *right = new QVBoxLayout;
    fill(left, page, true);
    fill(right, tr("The program"), false);
    auto *body = new QWidget;
    auto *columns = new QHBoxLayout(body);
    columns->setContentsMargins(20, 14, 20, 14);
    columns->setSpacing(36);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);        // the panel's surface is the ground; setWidget() fills
    body->setAutoFillBackground(false);
    column()->addLayout(head);
    column()->addWidget(new Rule);
    column()->addWidget(scroll, 1);
    m_none->setContentsMargins(20, 0, 20, 16);
    column()->addWidget(m_none);
    connect(m_search, &QLineEdit::textChanged, this, &KeySheet::filter);
    filter();
}

void KeySheet::fill(QVBoxLayout *column, const QString &title, bool ofPage)
{
    column->setSpacing(6);
    column->addWidget(new Label(title, Type::Section));
    for (const Command &command : m_commands) {
        if (command.ofPage != ofPage || command.keys.isEmpty())
            continue;
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto *words = new Label(command.words);
        words->setWordWrap(true);
        line->addWidget(words, 1);
        line->addWidget(new Keycap(keyWords(command.keys)));
        column->addWidget(row);
        m_lines.push_back({command.words + QLatin1Char(' ') + keyWords(command.keys), row});
    }
    column->addStretch();
}

QWidget *KeySheet::firstFocus() { return m_search; }

int KeySheet::wantedHeight() const { return Theme::of(this).px(kHeight); }

QStringList KeySheet::shown() const
{
    QStringList out;
    for (const Line &line : m_lines)
        if (!line.row->isHidden())
            out.append(line.words);
    return out;
}

void KeySheet::filter()
{
    bool any = false;
    for (const Line &line : m_lines) {
        const bool fits = matchesWords(line.words, m_search->text());
        line.row->setVisible(fits);
        any = any || fits;
    }
    m_none->setVisible(!any);
}

} // namespace anteroom::ui
