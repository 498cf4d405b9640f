#include "ui/search/search_panel.h"

#include "schema/tables/patient_bills.h"
#include "ui/common/search_box.h"
#include "ui/patients/patient_columns.h"

#include <QBoxLayout>
#include <QEvent>
#include <QItemSelectionModel>
#include <QListView>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace anteroom::ui {
namespace {

constexpr int kWidth = 460, kLeastWidth = 320;       // a name of four parts, and age and sex beside it
constexpr int kBelow = 4;                            // between box and list
const schema::Table &kBills = schema::tables::patient_bills;
constexpr double kMostOfWindow = 0.72;               // the page stays in sight below it

} // namespace

SearchPanel::SearchPanel(const Context &context, SearchBox *box, QWidget *window)
    : Panel(Kind::Surface, window), m_model(context), m_box(box), m_list(new QListView)
{
    hide();
    setUpList(m_list);
    m_list->setItemDelegate(new TwoLineDelegate(m_list));
    m_list->setModel(&m_model);
    m_list->setFocusPolicy(Qt::NoFocus);             // letters go on into the box
    m_list->setAccessibleName(tr("What was found"));
    column()->addWidget(m_list);
    connect(box, &QLineEdit::textEdited, this, &SearchPanel::type);
    connect(box, &SearchBox::cleared, this, &SearchPanel::leave);
    connect(box, &SearchBox::moved, this, &SearchPanel::move);
    connect(box, &SearchBox::chosen, this, &SearchPanel::choose);
    connect(&m_model, &SearchModel::answered, this, &SearchPanel::present);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        const int row = m_list->currentIndex().row();
        m_stood = m_model.selectable(row) ? m_model.line(row).hit : std::nullopt;
        m_stoodOn = m_model.selectable(row) ? m_model.answeredTo() : QString();
    });
    connect(m_list, &QListView::clicked, this, &SearchPanel::choose);
    box->installEventFilter(this);
    window->installEventFilter(this);
}

void SearchPanel::type()
{
    m_enter = false;
    m_model.ask(m_box->text());
}

void SearchPanel::present()
{
    if (m_model.rowCount() == 0 || !m_box->hasFocus()) {
        hide();
        return;
    }
    const int row = firstRow();
    m_list->scrollToTop();
    place();
    show();
    raise();
    if (m_model.selectable(row))
        m_list->setCurrentIndex(m_model.index(row, 0));
    // Enter came before anybody could read the list: only what leaves no choice is opened unseen.
    if (std::exchange(m_enter, false) && m_model.hits() == 1 && m_model.line(0).kind == SearchLine::Kind::Hit)
        choose();
}

// The best one. Where another desk's change asked the same words again, the one that was chosen by the keys: Enter opens
// whom the person sees there.
int SearchPanel::firstRow()
{
    const auto stood = std::exchange(m_stood, std::nullopt);
    const bool again = !m_stoodOn.isEmpty() && std::exchange(m_stoodOn, QString()) == m_model.typed();
    int first = 0;
    while (first < m_model.rowCount() && !m_model.selectable(first))
        ++first;
    for (int row = first; again && row < m_model.rowCount(); ++row) {
        const SearchLine &line = m_model.line(row);
        if (stood ? line.hit && line.hit->row.id == stood->row.id : line.kind == SearchLine::Kind::Register)
            return row;
    }
    return first;
}

void SearchPanel::place()
{
    const Theme &theme = Theme::of(this);
    QWidget *window = parentWidget();
    int wanted = 2;
    for (int row = 0; row < m_model.rowCount(); ++row)
        wanted += m_list->sizeHintForRow(row);
    const QPoint below = m_box->mapTo(window, QPoint(0, m_box->height() + kBelow));
    const int most = static_cast<int>(window->height() * kMostOfWindow);
    const int width = std::clamp(theme.px(kWidth), std::min(kLeastWidth, window->width()), window->width() - 2 * kBelow);
    const bool mirror = layoutDirection() == Qt::RightToLeft;
    const int edge = mirror ? below.x() + m_box->width() - width : below.x();
    setGeometry(std::clamp(edge, kBelow, window->width() - width - kBelow), below.y(), width, std::min({wanted, most, window->height() - below.y() - kBelow}));
}

void SearchPanel::move(int rows)
{
    if (isHidden()) {
        present();
        return;
    }
    const int step = rows < 0 ? -1 : 1;
    int row = m_list->currentIndex().row();
    for (int left = std::abs(rows); left > 0; --left) {
        int next = row + step;
        while (next >= 0 && next < m_model.rowCount() && !m_model.selectable(next))
            next += step;
        if (!m_model.selectable(next))
            break;
        row = next;
    }
    if (m_model.selectable(row)) {
        m_list->setCurrentIndex(m_model.index(row, 0));
        m_box->setAccessibleDescription(m_model.index(row, 0).data(Qt::AccessibleTextRole).toString());
    }
}

void SearchPanel::choose()
{
    if (m_model.waiting()) {
        m_enter = true;
        return;
    }
    const int row = m_list->currentIndex().row();
    if (isHidden() || !m_model.selectable(row))
        return;
    const SearchLine line = m_model.line(row);
    const QString typed = m_model.typed();
    leave();
    if (line.kind == SearchLine::Kind::Register)
        Q_EMIT registerWanted(typed);
    else if (line.hit)
        open(*line.hit);
}

// A ticket leads to the person it is about: that is who is asked for.
void SearchPanel::open(const node::Hit &hit)
{
    const int column = schema::findColumn(*hit.table, "patient_id");
    const Uuid person = hit.table == &kPatients ? hit.row.id : hit.table == &kBills || column < 0 ? Uuid{} : schema::toUuid(hit.row[column]);
    if (!person.isNull())
        Q_EMIT openWanted(QStringLiteral("patients"), person.toString());
    else
        Q_EMIT openWanted(QStringLiteral("records"), QString::fromUtf8(hit.table->name.data(), qsizetype(hit.table->name.size())) + u'/' + hit.row.id.toString());
}

void SearchPanel::leave()
{
    m_enter = false;
    m_box->clear();
    m_model.ask({});
    hide();
}

bool SearchPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_box && event->type() == QEvent::FocusOut)
        hide();
    else if (watched == m_box && event->type() == QEvent::FocusIn && m_model.rowCount() > 0)
        present();
    else if (event->type() == QEvent::Resize && isVisible())
        place();
    return Panel::eventFilter(watched, event);
}

void SearchPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintBox(&painter, rect(), theme.px(size::kRadiusPanel), theme.color(Tone::Raised), theme.color(Tone::LineStrong));      // it covers a page
}

} // namespace anteroom::ui
