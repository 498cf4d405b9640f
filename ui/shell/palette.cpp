#include "ui/shell/palette.h"

#include "ui/common/panel.h"
#include "ui/common/rows.h"
#include "ui/common/search_box.h"

#include <QBoxLayout>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>

#include <algorithm>

namespace anteroom::ui {

namespace {

constexpr int kWidth = 560, kHeight = 460;
constexpr int kCommand = Qt::UserRole + 1, kKeys = Qt::UserRole + 2;

// Words at the leading edge, the keycap at the trailing one; a heading has neither hover nor cap.
class CommandDelegate final : public RowDelegate {
public:
    using RowDelegate::RowDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.widget);
        painter->save();
        painter->setLayoutDirection(option.direction);
        const QRect inner = option.rect.adjusted(theme.px(12), 0, -theme.px(12), -1);
        const QString words = index.data(Qt::DisplayRole).toString();
        if (index.data(SectionRole).toBool()) {
            paintText(painter, inner, words, theme.font(Type::Caption, QFont::DemiBold), theme.color(Tone::Text2));
        } else {
            paintBack(painter, option, index);
            const QString keys = index.data(kKeys).toString();
            const QSize cap = keys.isEmpty() ? QSize() : keycapSize(theme, keys);
            if (!keys.isEmpty()) {
                const QRect at(QPoint(inner.right() + 1 - cap.width(), inner.center().y() - cap.height() / 2), cap);
                paintKeycap(painter, mirrored(option.direction, option.rect, at), theme, keys, theme.color(Tone::Text2), theme.color(Tone::Line));
            }
            paintText(painter, mirrored(option.direction, option.rect, inner.adjusted(0, 0, -cap.width() - theme.px(8), 0)), words, theme.font(Type::Body),
                      theme.color(Tone::Text));
        }
        painter->restore();
    }
};

} // namespace

Palette::Palette(QWidget *window, std::vector<Command> commands)
    : Sheet(window, kWidth), m_commands(std::move(commands)), m_search(new SearchBox(tr("Write what to do"))), m_rows(new QStandardItemModel(this)),
      m_list(new QListView)
{
    std::erase_if(m_commands, [](const Command &command) { return !command.possible; });
    panel()->setAccessibleName(tr("Acts"));
    setUpList(m_list);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setModel(m_rows);
    m_list->setFocusPolicy(Qt::NoFocus);                     // the field keeps the focus, arrows move in the list
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 8);
    top->addWidget(m_search);
    column()->addLayout(top);
    column()->addWidget(new Rule);
    column()->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, &Palette::filter);
    connect(m_search, &SearchBox::moved, this, &Palette::move);
    connect(m_search, &SearchBox::chosen, this, &Palette::run);
    connect(m_list, &QListView::clicked, this, &Palette::run);
    filter();
}

QWidget *Palette::firstFocus() { return m_search; }

int Palette::wantedHeight() const { return Theme::of(this).px(kHeight); }

QStringList Palette::shown() const
{
    QStringList out;
    for (int row = 0; row < m_rows->rowCount(); ++row)
        if (!m_rows->index(row, 0).data(SectionRole).toBool())
            out.append(m_rows->index(row, 0).data().toString());
    return out;
}

void Palette::filter()
{
    m_rows->clear();
    const auto add = [this](bool ofPage, const QString &heading) {
        bool first = true;
        for (std::size_t i = 0; i < m_commands.size(); ++i) {
            const Command &command = m_commands[i];
            if (command.ofPage != ofPage || !matchesWords(command.words, m_search->text()))
                continue;
            if (std::exchange(first, false)) {
                auto *section = new QStandardItem(heading);
                section->setData(true, SectionRole);
                section->setFlags(Qt::NoItemFlags);
                m_rows->appendRow(section);
            }
            auto *item = new QStandardItem(command.words);
            item->setData(static_cast<int>(i), kCommand);
            item->setData(keyWords(command.keys), kKeys);
            m_rows->appendRow(item);
        }
    };
    add(true, tr("This page"));
    add(false, tr("The program"));
    if (m_rows->rowCount() == 0) {
        auto *none = new QStandardItem(tr("No act is called that, or it is not possible now."));
        none->setData(true, SectionRole);
        none->setFlags(Qt::NoItemFlags);
        m_rows->appendRow(none);
    }
    move(0);
}

void Palette::move(int rows)
{
    const int count = m_rows->rowCount();
    const int from = m_list->currentIndex().row();
    int at = from < 0 || rows == 0 ? 0 : std::clamp(from + rows, 0, count - 1);
    const int step = rows < 0 ? -1 : 1;
    while (at >= 0 && at < count && m_rows->index(at, 0).data(SectionRole).toBool())
        at += step;
    if (at >= 0 && at < count)
        m_list->setCurrentIndex(m_rows->index(at, 0));
}

void Palette::run()
{
    const QModelIndex at = m_list->currentIndex();
    if (!at.isValid() || at.data(SectionRole).toBool())
        return;
    const auto act = m_commands[static_cast<std::size_t>(at.data(kCommand).toInt())].run;
    leave();                                                 // first: the act is the page's, and so is the focus
    act();
}

} // namespace anteroom::ui
