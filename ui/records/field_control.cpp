#include "ui/records/field_control.h"

#include "schema/registry.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/segments.h"
#include "ui/records/record_form_model.h"
#include "ui/records/reference_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QPainter>
#include <QPixmap>
#include <QPlainTextEdit>

namespace anteroom::ui {
namespace {

constexpr int kMostSegments = 4;
constexpr int kSegmentLetters = 34;              // more words than fit side by side become a list
constexpr int kLinesHeight = 72, kProseHeight = 108, kSwatch = 14;
constexpr std::uint32_t kProse = 1000;           // characters from which on a field is taller

QString words(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

class LineControl final : public FieldControl {
public:
    LineControl(const FieldSpec &field, QObject *parent) : FieldControl(parent)
    {
        const bool prose = field.kind == FieldKind::Line;
        m_line = new LineEdit(prose ? LineEdit::Content::Words : LineEdit::Content::Value);
        connect(m_line, &QLineEdit::textEdited, this, &FieldControl::edited);
        connect(m_line, &QLineEdit::editingFinished, this, &FieldControl::left);
    }
    [[nodiscard]] QWidget *widget() const override { return m_line; }
    void show(const RecordFormModel &model, int column) override
    {
        const FieldKind kind = fieldKind(*model.table(), column);
        const bool own = kind == FieldKind::Shown || kind == FieldKind::Bytes;
        QString text = own ? model.shownText(column) : model.text(column);
        if (kind == FieldKind::Bytes && model.shown())
            text = valueText(*model.table(), column, (*model.shown())[column], {}, model.style());
        if (m_line->text() != text) {
            m_line->setText(text);
            m_line->setCursorPosition(m_line->hasFocus() ? static_cast<int>(text.size()) : 0);
        }
        m_line->setReadOnly(!model.mayWrite(column));
        m_line->setFocusPolicy(own ? Qt::ClickFocus : Qt::StrongFocus);
    }

private:
    LineEdit *m_line;
};

class LinesControl final : public FieldControl {
public:
    LinesControl(const FieldSpec &field, const schema::Column &column, QObject *parent) : FieldControl(parent)
    {
        m_edit = new QPlainTextEdit;
        m_edit->setTabChangesFocus(true);
        m_edit->setFixedHeight(column.maxLength > kProse || field.kind == FieldKind::Json ? kProseHeight : kLinesHeight);
        m_edit->installEventFilter(this);
        if (field.kind == FieldKind::Json)
            m_edit->setLayoutDirection(Qt::LeftToRight);
        connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_showing)
                Q_EMIT edited(m_edit->toPlainText());
        });
    }
    [[nodiscard]] QWidget *widget() const override { return m_edit; }
    void show(const RecordFormModel &model, int column) override
    {
        m_showing = true;
        if (m_edit->toPlainText() != model.text(column))
            m_edit->setPlainText(model.text(column));
        m_edit->setReadOnly(!model.mayWrite(column));
        m_showing = false;
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_edit && event->type() == QEvent::FocusOut)
            Q_EMIT left();
        return FieldControl::eventFilter(watched, event);
    }

private:
    QPlainTextEdit *m_edit;
    bool m_showing = false;
};

// Two to four choices side by side, else a list. The choices of a state depend on the state.
class SegmentsControl final : public FieldControl {
public:
    SegmentsControl(const std::vector<std::pair<QString, QString>> &choices, QObject *parent) : FieldControl(parent), m_segments(new Segments)
    {
        for (const auto &[value, word] : choices)
            m_segments->add(word, value);
        m_segments->setCurrent(-1);
        connect(m_segments, &Segments::chosen, this, [this] { Q_EMIT edited(m_segments->value().toString()); });
    }
    [[nodiscard]] QWidget *widget() const override { return m_segments; }
    void show(const RecordFormModel &model, int column) override
    {
        int current = -1;
        for (int i = 0; i < m_segments->count(); ++i) {
            m_segments->setCurrent(i);
            if (m_segments->value().toString() == model.text(column)) {
                current = i;
                break;
            }
        }
        m_segments->setCurrent(current);
        m_segments->setEnabled(model.mayWrite(column));
    }

private:
    Segments *m_segments;
};

class ComboControl final : public FieldControl {
public:
    ComboControl(const std::vector<std::pair<QString, QString>> &choices, QObject *parent) : FieldControl(parent), m_combo(new QComboBox)
    {
        fill(choices);
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(m_combo, &QComboBox::activated, this, [this] { Q_EMIT edited(m_combo->currentData().toString()); });
    }
    [[nodiscard]] QWidget *widget() const override { return m_combo; }
    void show(const RecordFormModel &model, int column) override
    {
        int at = m_combo->findData(model.text(column));
        if (at < 0 && !model.text(column).isEmpty()) {
            m_combo->addItem(model.text(column), model.text(column));
            at = m_combo->count() - 1;
        }
        m_combo->setCurrentIndex(at);
        m_combo->setEnabled(model.mayWrite(column));
    }
    void setSwatches()
    {
        for (int i = 0; i < m_combo->count(); ++i)
            if (const QColor colour(m_combo->itemData(i).toString()); colour.isValid()) {
                QPixmap swatch(kSwatch, kSwatch);
                swatch.fill(colour);
                m_combo->setItemIcon(i, QIcon(swatch));
            }
    }

private:
    void fill(const std::vector<std::pair<QString, QString>> &choices)
    {
        for (const auto &[value, word] : choices)
            m_combo->addItem(word, value);
    }
    QComboBox *m_combo;
};

class CheckControl final : public FieldControl {
public:
    CheckControl(const FieldSpec &field, QObject *parent) : FieldControl(parent), m_box(new QCheckBox(field.title))
    {
        connect(m_box, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on ? QStringLiteral("1") : QStringLiteral("0")); });
    }
    [[nodiscard]] QWidget *widget() const override { return m_box; }
    void show(const RecordFormModel &model, int column) override
    {
        m_box->setChecked(model.text(column) == QStringLiteral("1"));
        m_box->setEnabled(model.mayWrite(column));
    }

private:
    QCheckBox *m_box;
};

class ReferenceControl final : public FieldControl {
public:
    ReferenceControl(node::Queries &queries, QObject *parent) : FieldControl(parent), m_box(new ReferenceBox(queries))
    {
        connect(m_box, &ReferenceBox::edited, this, [this](const QString &text, const QString &label) {
            if (const auto id = Uuid::fromString(text))
                Q_EMIT labelled(*id, label);
            Q_EMIT edited(text);
        });
        connect(m_box, &ReferenceBox::left, this, &FieldControl::left);
        connect(m_box, &ReferenceBox::openRequested, this, &FieldControl::openRequested);
    }
    [[nodiscard]] QWidget *widget() const override { return m_box; }
    void show(const RecordFormModel &model, int column) override
    {
        m_box->setTable(model.referred(column));
        const QString text = model.text(column);
        const auto id = Uuid::fromString(text);
        m_box->setText(text, id ? model.labelOf(*id) : QString());
        m_box->setWritable(model.mayWrite(column));
    }

private:
    ReferenceBox *m_box;
};

using Choices = std::vector<std::pair<QString, QString>>;

Choices choicesFor(const FieldSpec &field, const RecordFormModel &model)
{
    Choices out;
    if (field.kind == FieldKind::YesNo)
        return {{QString(), FieldControl::tr("Not known")}, {QStringLiteral("1"), FieldControl::tr("Yes")}, {QStringLiteral("0"), FieldControl::tr("No")}};
    if (field.kind == FieldKind::SubjectTable) {
        out.emplace_back(QString(), FieldControl::tr("Nothing"));
        for (const schema::Table *table : schema::allTables())
            if (table->writer == schema::Writer::People && !table->insertOnly)
                out.emplace_back(QString::number(table->number), tableTitle(*table));
        return out;
    }
    if (field.kind == FieldKind::Colour) {       // the colours of the look, which are told apart in both schemes
        out.emplace_back(QString(), FieldControl::tr("No colour"));
        const std::array names{FieldControl::tr("Red"), FieldControl::tr("Orange"), FieldControl::tr("Yellow"), FieldControl::tr("Green"), FieldControl::tr("Blue"), FieldControl::tr("Grey")};
        for (std::size_t i = 0; i < names.size(); ++i)
            out.emplace_back(QColor::fromRgb(hueTones(static_cast<Hue>(i), false).solid).name(), names[i]);
        return out;
    }
    for (const std::string_view value : model.choices(field.column))
        out.emplace_back(words(value), value.empty() ? FieldControl::tr("Not known") : allowedWord(*model.table(), field.column, value));
    return out;
}

} // namespace

FieldControl *makeControl(const FieldSpec &field, const RecordFormModel &model, node::Queries &queries, QObject *parent)
{
    switch (field.kind) {
    case FieldKind::Lines:
    case FieldKind::Json: return new LinesControl(field, schema::columnAt(*model.table(), field.column), parent);
    case FieldKind::Check: return new CheckControl(field, parent);
    case FieldKind::Reference:
    case FieldKind::Subject: return new ReferenceControl(queries, parent);
    case FieldKind::Colour: {
        auto *combo = new ComboControl(choicesFor(field, model), parent);
        combo->setSwatches();
        return combo;
    }
    case FieldKind::Choice:
    case FieldKind::YesNo:
    case FieldKind::SubjectTable: {
        const Choices choices = choicesFor(field, model);
        qsizetype letters = 0;
        for (const auto &[value, word] : choices)
            letters += word.size();
        const auto count = static_cast<int>(choices.size());
        if (field.kind != FieldKind::SubjectTable && count >= 2 && count <= kMostSegments && letters <= kSegmentLetters)
            return new SegmentsControl(choices, parent);
        return new ComboControl(choices, parent);
    }
    default: return new LineControl(field, parent);
    }
}

} // namespace anteroom::ui
