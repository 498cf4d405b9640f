#include "ui/records/reference_box.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "core/when_ready.h"

#include <QAbstractItemView>
#include <QBoxLayout>
#include <QCompleter>
#include <QEvent>
#include <QKeyEvent>
#include <QStandardItemModel>

namespace anteroom::ui {
namespace {

constexpr int kIdRole = Qt::UserRole + 1, kLabelRole = Qt::UserRole + 2;

} // namespace

ReferenceBox::ReferenceBox(node::Queries &queries, QWidget *parent)
    : QWidget(parent), m_queries(queries), m_line(new LineEdit), m_open(new Button(tr("Open"), ButtonKind::Link)),
      m_clear(new Button(QStringLiteral("×"), ButtonKind::Quiet)), m_completer(new QCompleter(this)), m_model(new QStandardItemModel(this))
{
    m_line->setPlaceholderText(tr("Type to find"));
    m_line->installEventFilter(this);
    m_clear->setToolTip(tr("Clear"));
    m_clear->setAccessibleName(tr("Clear"));
    m_clear->setFocusPolicy(Qt::NoFocus);
    m_completer->setModel(m_model);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);      // the replica has looked already
    m_completer->setMaxVisibleItems(kChoices);
    m_completer->setWidget(m_line);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_line, 1);
    row->addWidget(m_clear);
    row->addWidget(m_open);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &typed) {
        m_id = {};
        showActs();
        find(typed);
        Q_EMIT edited(typed, {});
    });
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, &ReferenceBox::chooseRow);
    connect(m_clear, &Button::clicked, this, [this] { choose({}, {}); });
    connect(m_open, &Button::clicked, this, [this] {
        if (m_table && !m_id.isNull())
            Q_EMIT openRequested(m_table, m_id);
    });
    showActs();
}

void ReferenceBox::setTable(const schema::Table *table)
{
    if (m_table == table)
        return;
    m_table = table;
    ++m_asked;
    m_line->setEnabled(table != nullptr);
}

void ReferenceBox::setWritable(bool writable)
{
    m_writable = writable;
    m_line->setReadOnly(!writable);
    m_line->setPlaceholderText(writable ? tr("Type to find") : QString());
    showActs();
}

void ReferenceBox::setText(const QString &text, const QString &label)
{
    const auto id = Uuid::fromString(text);
    m_id = id.value_or(Uuid{});
    m_label = label;
    const QString words = id ? (label.isEmpty() ? tr("Not on this PC") : label) : text;
    if (m_line->text() != words) {
        m_line->setText(words);
        if (id)
            m_line->setCursorPosition(0);                  // the beginning of a name tells most
    }
    m_line->setToolTip(id ? words : QString());
    showActs();
}

QString ReferenceBox::text() const { return m_id.isNull() ? m_line->text() : m_id.toString(); }

void ReferenceBox::showActs()
{
    m_open->setVisible(!m_id.isNull());
    m_clear->setVisible(m_writable && !m_id.isNull());
}

void ReferenceBox::find(const QString &typed)
{
    if (!m_table || !m_writable)
        return;
    whenReady(m_queries.pick(*m_table, typed.simplified(), kChoices), this, [this, asked = ++m_asked](const Result<std::vector<node::Pick>> &picks) {
        if (asked == m_asked && picks && (m_line->hasFocus() || m_completer->popup()->isVisible()))
            show(*picks);
    });
}

void ReferenceBox::show(const std::vector<node::Pick> &picks)
{
    m_model->clear();
    for (const node::Pick &pick : picks) {
        auto *item = new QStandardItem(pick.detail.isEmpty() ? pick.label : tr("%1 · %2", "name and detail of a choice").arg(pick.label, pick.detail));
        item->setData(pick.id.toString(), kIdRole);
        item->setData(pick.label, kLabelRole);
        m_model->appendRow(item);
    }
    if (picks.empty()) {
        auto *none = new QStandardItem(tr("Nothing here is called so"));
        none->setFlags(Qt::NoItemFlags);
        m_model->appendRow(none);
    }
    m_completer->complete();
    if (!picks.empty())
        m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));      // Enter takes the best
}

void ReferenceBox::chooseRow(const QModelIndex &index)
{
    if (const auto id = Uuid::fromString(index.data(kIdRole).toString()))
        choose(*id, index.data(kLabelRole).toString());
}

void ReferenceBox::choose(const Uuid &id, const QString &label)
{
    ++m_asked;
    setText(id.isNull() ? QString() : id.toString(), label);
    Q_EMIT edited(text(), label);
}

bool ReferenceBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_line && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && !m_completer->popup()->isVisible()) {
            ++m_asked;                                     // an answer that comes late opens nothing
            Q_EMIT left();
        }
    }
    if (watched == m_line && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down && m_id.isNull()
        && !m_completer->popup()->isVisible()) {
        find(m_line->text());                              // the first ones, to look through
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace anteroom::ui
