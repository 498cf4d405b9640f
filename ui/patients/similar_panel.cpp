#include "ui/patients/similar_panel.h"

#include "core/when_ready.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/patients/patient_columns.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kPauseMs = 150;                            // between two keys of somebody who types; then one question
constexpr int kMostCards = 4, kFewestLetters = 3, kFewestDigits = 5, kYearsApart = 2;

QString digits(const QString &text)
{
    QString out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](QChar c) { return c.isDigit(); });
    return out;
}

} // namespace

SimilarPanel::SimilarPanel(const Context &context, PatientFormModel &form, QWidget *parent)
    : Panel(Kind::Sunken, parent), m_replica(context.replica), m_clock(context.clock), m_form(form)
{
    auto *title = new Label(tr("Perhaps already here"), Type::Section);
    m_count = new Label({}, Type::Section, Tone::Text2);
    m_hint = new Label({}, Type::Secondary, Tone::Text2);
    m_hint->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch();
    head->addWidget(m_count);
    m_cards = new QVBoxLayout;
    m_cards->setSpacing(8);
    auto *foot = new Label(tr("Different person? Just go on."), Type::Secondary, Tone::Text2);
    foot->setWordWrap(true);
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_hint);
    layout->addSpacing(4);
    layout->addLayout(m_cards);
    layout->addStretch();
    layout->addWidget(foot);
    column()->addLayout(layout);
    m_wait.setSingleShot(true);
    m_wait.setInterval(kPauseMs);
    connect(&m_wait, &QTimer::timeout, this, &SimilarPanel::ask);
    connect(&m_form, &PatientFormModel::marksChanged, &m_wait, qOverload<>(&QTimer::start));
    showCards();
}

void SimilarPanel::ask()
{
    if (!m_form.isNew())
        return;
    const QString name = m_form.name();
    const QString phone = digits(m_form.text(PatientField::Phone));
    whenReady(m_replica.queries().countPatients(), this, [this](const Result<std::int64_t> &result) {
        m_total = result.value_or(0);
        showCards();
    });
    const auto search = [this](const QString &words, bool enough, QString &asked, bool byPhone) {
        if (asked == words)
            return;
        asked = words;
        if (!enough)
            return take({}, byPhone);
        whenReady(m_replica.queries().searchPatients(words, kMostCards), this, [this, words, byPhone](const Result<std::vector<schema::Row>> &result) {
            if (result && words == (byPhone ? m_phone : m_name))
                take(*result, byPhone);
        });
    };
    search(name, name.size() >= kFewestLetters, m_name, false);
    search(phone, phone.size() >= kFewestDigits, m_phone, true);
}

void SimilarPanel::take(const std::vector<schema::Row> &rows, bool byPhone)
{
    (byPhone ? m_byPhone : m_byName) = rows;
    showCards();
}

void SimilarPanel::showCards()
{
    std::vector<schema::Row> all = m_byPhone;            // the same phone says more than the same name
    for (const schema::Row &row : m_byName)
        if (std::none_of(all.begin(), all.end(), [&](const schema::Row &have) { return have.id == row.id; }))
            all.push_back(row);
    if (all.size() > kMostCards)
        all.resize(kMostCards);
    while (QLayoutItem *item = m_cards->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const schema::Row &row : all)
        m_cards->addWidget(card(row));
    m_count->setText(QString::number(all.size()));
    m_hint->setText(all.empty() ? tr("Nobody like this among %1 people").arg(QLocale().toString(m_total))
                                : tr("Compared with %1 people as you type").arg(QLocale().toString(m_total)));
}

QWidget *SimilarPanel::card(const schema::Row &row)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date();
    auto *panel = new Panel;
    auto *layout = new QVBoxLayout;
    layout->setContentsMargins(14, 10, 14, 8);
    layout->setSpacing(4);
    auto *name = new Label(patientName(row), Type::Name);
    name->setWeight(QFont::DemiBold);
    name->setWordWrap(true);
    layout->addWidget(name);
    QStringList facts;
    for (const QString &fact : {schema::toQString(row[patient::kNumber]), ageAndSex(row, today), schema::toQString(row[patient::kPhone])})
        if (!fact.isEmpty())
            facts.append(isolated(fact));                    // else a phone number reads backwards beside Arabic letters
    auto *line = new Label(facts.join(QStringLiteral(" · ")), Type::Secondary, Tone::Text2);
    line->setWordWrap(true);
    layout->addWidget(line);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(6);
    const auto reason = [&](const QString &words, Hue hue) { foot->addWidget(new Chip({.text = words, .hue = hue})); };
    if (!m_phone.isEmpty() && digits(schema::toQString(row[patient::kPhone])).contains(m_phone))
        reason(tr("Same phone"), Hue::Ok);
    if (!m_name.isEmpty() && patientName(row).compare(m_name, Qt::CaseInsensitive) == 0)
        reason(tr("Same name"), Hue::Ok);
    const auto typed = domain::parseBirthDate(m_form.text(PatientField::Birth), today);
    const auto mine = typed ? domain::ageOn(*typed, today) : std::nullopt;
    const auto theirs = domain::ageOn(birthOf(row), today);
    if (mine && theirs && mine->unit == theirs->unit)
        reason(std::abs(mine->value - theirs->value) <= kYearsApart ? tr("Same age") : tr("Age differs"),
               std::abs(mine->value - theirs->value) <= kYearsApart ? Hue::Ok : Hue::Mute);
    foot->addStretch();
    auto *use = new Button(tr("Use this person"), ButtonKind::Link);
    connect(use, &Button::clicked, this, [this, id = row.id] { Q_EMIT useWanted(id); });
    foot->addWidget(use);
    layout->addLayout(foot);
    panel->column()->addLayout(layout);
    return panel;
}

} // namespace anteroom::ui
