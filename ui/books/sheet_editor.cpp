#include "ui/books/sheet_editor.h"

#include "core/when_ready.h"
#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/common/rows.h"
#include "ui/patients/patient_columns.h"

#include <QBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStandardItemModel>

namespace anteroom::ui {
namespace {

constexpr int kSearchMs = 120, kNoteLines = 5, kLeastTyped = 2;

QString tell(const QString &key) { return QStringLiteral("books.") + key; }

} // namespace

SheetEditor::SheetEditor(node::Replica &replica, QWidget *sheet)
    : QFrame(sheet), m_replica(replica), m_heading(new Label({}, Type::Secondary, Tone::Text)), m_titleLabel(new Label({}, Type::Secondary, Tone::Text2)),
      m_bodyLabel(new Label(tr("Details"), Type::Secondary, Tone::Text2)), m_title(new LineEdit), m_body(new LineEdit), m_note(new QPlainTextEdit),
      m_found(new QListView), m_people(new QStandardItemModel(this)), m_save(new Button(tr("Write"), ButtonKind::Primary))
{
    m_heading->setWeight(QFont::DemiBold);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(4);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_heading, m_titleLabel, m_title, m_found, m_bodyLabel, m_body, m_note})
        column->addWidget(widget);
    auto *acts = new QHBoxLayout;
    acts->addWidget(new Label(tr("Esc leaves, the words are kept"), Type::Caption, Tone::Text2));
    acts->addStretch();
    acts->addWidget(m_save);
    column->addSpacing(4);
    column->addLayout(acts);
    setUpList(m_found);
    m_found->setItemDelegate(new TwoLineDelegate(m_found));
    m_found->setModel(m_people);
    m_found->setFocusPolicy(Qt::NoFocus);
    m_found->setAccessibleName(tr("Patients who could be meant"));
    m_titleLabel->setBuddy(m_title);
    m_bodyLabel->setBuddy(m_body);
    m_note->setTabChangesFocus(true);
    m_note->setAccessibleName(tr("Note"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_title, m_body, m_note})
        widget->installEventFilter(this);
    for (QTimer *timer : {&m_keep, &m_search})
        timer->setSingleShot(true);
    m_keep.setInterval(kKeepMs);
    m_search.setInterval(kSearchMs);
    connect(&m_keep, &QTimer::timeout, this, &SheetEditor::keep);
    connect(&m_search, &QTimer::timeout, this, &SheetEditor::find);
    connect(m_title, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text != m_patientName)
            m_patient = {};                                  // other words are another person, or none
        m_keep.start();
        m_search.start();
    });
    connect(m_body, &QLineEdit::textEdited, &m_keep, qOverload<>(&QTimer::start));
    connect(m_note, &QPlainTextEdit::textChanged, &m_keep, qOverload<>(&QTimer::start));
    connect(m_found, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(m_save, &Button::clicked, this, &SheetEditor::accepted);
    hide();
}

QString SheetEditor::title() const { return m_title->text().trimmed(); }
QString SheetEditor::body() const { return m_body->text().trimmed(); }
QString SheetEditor::note() const { return m_note->toPlainText().trimmed(); }

void SheetEditor::open(What what, const QString &draftKey, const QString &heading)
{
    m_what = what;
    m_key = draftKey;
    m_open = true;
    ++m_turn;
    m_patient = {};
    m_patientName.clear();
    m_people->clear();
    m_heading->setText(heading);
    m_titleLabel->setText(what == What::Reason ? tr("Why is it struck out?") : tr("Who or what"));
    m_save->setText(what == What::Reason ? tr("Strike it out") : tr("Write"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_titleLabel, m_title})
        widget->setVisible(what != What::Note);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bodyLabel, m_body})
        widget->setVisible(what == What::Event);
    m_note->setVisible(what == What::Note);
    m_note->setFixedHeight(QFontMetrics(m_note->font()).lineSpacing() * kNoteLines + 16);
    m_found->hide();
    m_before = whole();
    setBusy(false);
    show();
    raise();
    fit();
    (what == What::Note ? static_cast<QWidget *>(m_note) : m_title)->setFocus(Qt::OtherFocusReason);
}

void SheetEditor::openEvent(const QString &draftKey, const QString &heading, const QString &title, const QString &body, const Uuid &patient,
                            const QString &typed)
{
    m_title->setText(title);
    m_body->setText(body);
    open(What::Event, draftKey, heading);
    m_patient = patient;
    m_patientName = patient.isNull() ? QString() : title;
    if (typed.isEmpty())
        return bringBack();
    m_title->setText(typed);
    m_keep.start();
    m_search.start();
}

void SheetEditor::openReason(const QString &heading)
{
    m_title->clear();
    m_body->clear();
    open(What::Reason, {}, heading);
}

void SheetEditor::openNote(const QString &draftKey, const QString &text)
{
    m_note->setPlainText(text);
    open(What::Note, draftKey, text.isEmpty() ? tr("New note") : tr("Note"));
    m_note->moveCursor(QTextCursor::End);
    bringBack();
}

void SheetEditor::close()
{
    m_keep.stop();
    m_search.stop();
    ++m_asked;
    m_key.clear();
    m_open = false;
    hide();
}

bool SheetEditor::settle(const Written &written)
{
    const bool here = m_open && (written.turn == m_turn || (!written.key.isEmpty() && written.key == m_key && written.words == whole()));
    if (!written.key.isEmpty() && (here || !m_open || written.key != m_key))
        m_replica.drafts().erase(tell(written.key));
    if (here)
        close();
    return here;
}

void SheetEditor::leave()
{
    if (!m_open)
        return;
    keep();
    m_keep.stop();
    m_search.stop();
    ++m_asked;
    m_open = false;
    hide();
    Q_EMIT left();
}

void SheetEditor::setBusy(bool busy)
{
    m_busy = busy;
    m_title->setReadOnly(busy);
    m_body->setReadOnly(busy);
    m_note->setReadOnly(busy);
    if (busy)
        m_save->setBusy(tr("Saving"));
    else
        m_save->setReady();
}

QString SheetEditor::whole() const
{
    return m_what == What::Note ? m_note->toPlainText() : QString(m_title->text() + QLatin1Char('\n') + m_body->text());
}

void SheetEditor::keep()
{
    if (!m_open || m_key.isEmpty())
        return;
    if (whole() == m_before) {                           // nothing of one's own: nothing that could cover a later change
        m_replica.drafts().erase(tell(m_key));
        return;
    }
    const QJsonObject words{{QStringLiteral("before"), m_before}, {QStringLiteral("title"), m_title->text()}, {QStringLiteral("body"), m_body->text()},
                            {QStringLiteral("note"), m_note->toPlainText()}, {QStringLiteral("patient"), m_patient.isNull() ? QString() : m_patient.toString()}};
    m_replica.drafts().put(tell(m_key), QJsonDocument(words).toJson(QJsonDocument::Compact));
}

// Words on their way are left to their answer: kept here, they would come back as another entry.
void SheetEditor::keepDraft()
{
    if (m_busy || !m_keep.isActive() || whole() == m_before)
        return;
    m_keep.stop();
    keep();
}

SheetEditor::~SheetEditor() { keepDraft(); }

void SheetEditor::hideEvent(QHideEvent *) { keepDraft(); }

// What was half typed here before comes back, unless something is typed meanwhile, or the words it was about have changed.
void SheetEditor::bringBack()
{
    const int asked = ++m_asked;
    whenReady(m_replica.drafts().read(tell(m_key)), this, [this, asked](const Result<std::optional<node::DraftNote>> &draft) {
        if (asked != m_asked || !draft || !*draft || whole() != m_before)
            return;
        const QJsonObject words = QJsonDocument::fromJson((*draft)->value).object();
        if (words[QStringLiteral("before")].toString() != m_before)
            return;
        m_title->setText(words[QStringLiteral("title")].toString());
        m_body->setText(words[QStringLiteral("body")].toString());
        if (m_what == What::Note)
            m_note->setPlainText(words[QStringLiteral("note")].toString());
        m_patient = Uuid::fromString(words[QStringLiteral("patient")].toString()).value_or(Uuid{});
        m_patientName = m_patient.isNull() ? QString() : m_title->text();
    });
}

void SheetEditor::find()
{
    const QString typed = title();
    const int asked = ++m_asked;
    if (m_what != What::Event || typed.size() < kLeastTyped || !m_patient.isNull()) {
        m_people->clear();
        m_found->hide();
        return fit();
    }
    whenReady(m_replica.queries().searchPatients(typed, kMostFound), this, [this, asked](const Result<std::vector<schema::Row>> &rows) {
        if (asked != m_asked || !m_open)
            return;
        m_people->clear();
        for (const schema::Row &row : rows ? *rows : std::vector<schema::Row>{}) {
            auto *item = new QStandardItem(patientName(row));
            item->setData(tr("%1 · link this patient", "patient number").arg(isolated(schema::toQString(row[patient::kNumber]))), SecondLineRole);
            item->setData(birthText(birthOf(row)), TrailingRole);
            item->setData(row.id.toString(), Qt::UserRole);
            m_people->appendRow(item);
        }
        m_found->setVisible(m_people->rowCount() > 0);
        fit();
    });
}

void SheetEditor::choose(int row)
{
    const QStandardItem *item = m_people->item(row);
    if (!item)
        return;
    m_patient = Uuid::fromString(item->data(Qt::UserRole).toString()).value_or(Uuid{});
    m_patientName = item->text();
    m_title->setText(m_patientName);
    m_people->clear();
    m_found->hide();
    fit();
    m_keep.start();
    m_body->setFocus(Qt::OtherFocusReason);
}

void SheetEditor::fit()
{
    m_found->setFixedHeight(m_people->rowCount() * Theme::of(this).px(size::kTwoLineRow) + 2);
    layout()->activate();
    resize(width(), sizeHint().height());
    Q_EMIT resized();
}

bool SheetEditor::onKey(QObject *watched, const QKeyEvent &event)
{
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (event.key() == Qt::Key_Escape) {
        leave();
        return true;
    }
    if (watched == m_title && m_found->isVisible() && (event.key() == Qt::Key_Down || event.key() == Qt::Key_Up)) {
        const int row = m_found->currentIndex().row() + (event.key() == Qt::Key_Down ? 1 : -1);
        m_found->setCurrentIndex(m_people->index(std::clamp(row, 0, m_people->rowCount() - 1), 0));
        return true;
    }
    if (!enter || (watched == m_note && !(event.modifiers() & Qt::ControlModifier)))
        return false;
    if (watched == m_title && m_found->isVisible() && m_found->currentIndex().isValid())
        choose(m_found->currentIndex().row());
    else if (!m_busy)
        Q_EMIT accepted();
    return true;
}

bool SheetEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {         // keys of the page wait while one types
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress)
        return onKey(watched, *static_cast<QKeyEvent *>(event));
    return QFrame::eventFilter(watched, event);
}

void SheetEditor::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::Raised), theme.color(Tone::Accent), 2);
}

} // namespace anteroom::ui
