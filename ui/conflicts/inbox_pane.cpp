#include "ui/conflicts/inbox_pane.h"

#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace anteroom::ui {
namespace {

using node::InboxKind;
using node::Side;

constexpr int kMargin = 24;

} // namespace

InboxPane::InboxPane(const Context &context, InboxModel &model, QWidget *page)
    : first(new Button({})), second(new Button({})), fields(new Button(tr("By field"), ButtonKind::Quiet)), drop(new Button(tr("Drop"), ButtonKind::Danger)),
      save(new Button({}, ButtonKind::Primary)), open(new Button(tr("Open record"), ButtonKind::Link)), m_context(context), m_model(model), m_head(new QWidget),
      m_title(new Label({}, Type::Page)), m_kind(new Label({}, Type::Secondary, Tone::Text2)), m_sentence(new Label({}, Type::Body)), m_told(new MessageStrip(Hue::Urgent)),
      m_scroll(new QScrollArea), m_acts(new QHBoxLayout), m_below(new QHBoxLayout), m_empty(new EmptyState(QStringLiteral("tick-circle"), {})), m_several(new EmptyState(QStringLiteral("review"), {})), m_footer(new QWidget), m_typed(context.replica.drafts())
{
    build(page);
    bindShortcut("review.mine", first, page);
    bindShortcut("review.theirs", second, page);
    bindShortcut("review.fields", fields, page);
    bindShortcut("review.drop", drop, page);
    bindShortcut("save", save, page);
    bindShortcut("record.open", open, page);
    connect(first, &Button::clicked, this, [this] { keep(true); });
    connect(second, &Button::clicked, this, [this] { keep(false); });
    connect(fields, &Button::clicked, this, &InboxPane::enter);
    connect(save, &Button::clicked, this, &InboxPane::primary);
    connect(drop, &Button::clicked, this, [this] {
        ask(tr("Drop %1?").arg(isolated(inboxTitle(m_model.card()->item))), tr("Nothing of it goes into the records. It stays readable here, under Settled, with your reason."), tr("Reason"), tr("Drop it"),
            [this](const QString &reason) { m_model.drop(reason); });
    });
    connect(open, &Button::clicked, this, [this] {
        if (m_model.card() && m_model.card()->item.table)
            Q_EMIT openWanted(m_model.card()->item.table, m_model.card()->item.subject);
    });
    connect(&m_model, &InboxModel::cardChanged, this, &InboxPane::showCard);
    connect(&m_model, &InboxModel::stateChanged, this, &InboxPane::showState);
    connect(&m_model, &InboxModel::listChanged, this, [this] {
        if (!m_model.card())
            showCard();
    });
    connect(&m_model, &InboxModel::settled, &m_typed, &TypedDrafts::erase);
    connect(&m_typed, &TypedDrafts::found, this, [this](const Uuid &id) {
        if (m_model.card() && m_shown == id)
            makeBody();
    });
    showCard();
}

void InboxPane::build(QWidget *)
{
    for (Label *label : {m_title, m_kind, m_sentence})
        label->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_title, 1);
    top->addWidget(open, 0, Qt::AlignTop);
    auto *head = new QVBoxLayout(m_head);
    head->setContentsMargins(kMargin, 16, kMargin, 8);
    head->setSpacing(4);
    head->addLayout(top);
    head->addWidget(m_kind);
    head->addWidget(m_sentence);
    head->addWidget(m_told);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    for (QHBoxLayout *row : {m_acts, m_below})
        row->setSpacing(8);
    for (Button *act : {first, second, fields, drop})
        m_acts->addWidget(act);
    m_acts->addStretch();
    m_acts->addWidget(save);
    m_below->addStretch();
    auto *footer = new QVBoxLayout(m_footer);
    footer->setContentsMargins(kMargin, 0, kMargin, 12);
    footer->setSpacing(12);
    footer->addWidget(new Rule);
    footer->addLayout(m_acts);
    footer->addLayout(m_below);
    column()->addWidget(m_head);
    column()->addWidget(m_scroll, 1);
    column()->addWidget(m_empty, 1);
    column()->addWidget(m_several, 1);
    column()->addWidget(m_footer);
}

void InboxPane::makeBody()
{
    const node::InboxCard &card = *m_model.card();
    const bool same = m_shown == card.item.id;
    const std::optional<QString> focus = focusedField();
    m_shown = card.item.id;
    m_shownOpen = card.item.open;
    switch (card.item.kind) {
    case InboxKind::Difference:
        if (card.item.table)
            m_body = new FieldsBody(m_model);
        else
            m_body = new RecordBody(m_model);
        break;
    case InboxKind::Deleted:
    case InboxKind::Check: m_body = new RecordBody(m_model); break;
    case InboxKind::Review: m_body = new ActBody(m_model, m_context.replica.queries(), {}); break;
    case InboxKind::Refused: {
        auto *act = new ActBody(m_model, m_context.replica.queries(), card.item.open ? m_typed.of(card) : ActBody::Typed{});
        connect(act, &ActBody::edited, this, [this, act] { m_typed.keep(*m_model.card(), act->typed()); });
        m_body = act;
        break;
    }
    }
    m_body->setContentsMargins(kMargin, 12, kMargin, 12);
    connect(m_body, &InboxBody::letter, this, &InboxPane::letter);
    m_scroll->setWidget(m_body);                        // deletes the one before
    m_body->setAutoFillBackground(false);
    if (!focus)
        return;
    auto *again = same && !focus->isEmpty() ? m_body->findChild<QWidget *>(*focus) : nullptr;
    if (again && again->isEnabled())
        again->setFocus(Qt::OtherFocusReason);
    else
        Q_EMIT left();
}

// Nothing where the focus is elsewhere.
std::optional<QString> InboxPane::focusedField() const
{
    const QWidget *focused = window()->focusWidget();
    return m_body && focused && m_body->isAncestorOf(focused) ? std::optional(focused->objectName()) : std::nullopt;
}

void InboxPane::showCard()
{
    const bool several = m_model.picked().size() > 1, shown = m_model.card() && !several;
    const QWidget *focused = window()->focusWidget();
    if (!shown && focused && isAncestorOf(focused))
        Q_EMIT left();                                   // before it is hidden, or the focus goes anywhere
    for (QWidget *part : {m_head, static_cast<QWidget *>(m_scroll), m_footer})
        part->setVisible(shown);
    m_empty->setVisible(!shown && !several);
    m_several->setVisible(several);
    if (!shown) {
        m_shown = {};
        if (m_body)
            delete m_scroll->takeWidget();
        m_body = nullptr;
        if (several)
            return showSeveral();
        m_footer->setVisible(false);
        if (!m_model.picked().empty())
            m_empty->setText(tr("Reading"), {});
        else if (m_model.list().rowCount() > 0)
            m_empty->setText(tr("Nothing is chosen"), tr("Choose one in the list to see both sides."));
        else
            m_empty->setText(m_model.closed() ? tr("Nothing was settled yet") : tr("Nothing needs you"),
                             m_model.closed() ? tr("What somebody decides is kept here, with everything that was typed.")
                                              : tr("When two desks change the same thing, or the host does not take a change, it waits here. Nothing is lost."));
        return;
    }
    const node::InboxCard &card = *m_model.card();
    m_title->setText(isolated(inboxTitle(card.item)));
    m_kind->setText(card.item.table && !card.item.label.isEmpty() ? tableTitle(*card.item.table) : QString());
    m_kind->setVisible(!m_kind->text().isEmpty());
    QString sentence = inboxSentence(card, m_model.words());
    if (card.item.kind == InboxKind::Refused)
        sentence += QLatin1Char(' ') + tr("Its answer: %1").arg(card.item.words);
    if (!card.item.open)
        sentence = decidedWords(card.item, m_model.words()) + (card.item.closing.isEmpty() ? QString() : QLatin1Char(' ') + tr("“%1”").arg(card.item.closing)) + QLatin1Char('\n') + sentence;
    m_sentence->setText(sentence);
    const bool newer = m_shown != card.item.id || m_shownOpen != card.item.open;
    if (newer || !m_body || !m_body->follow())
        makeBody();
    showState();
}

void InboxPane::showSeveral()
{
    m_footer->setVisible(true);
    const auto count = static_cast<int>(m_model.picked().size());
    m_several->setText(tr("%1 are chosen").arg(count), tr("One key decides for all of them. What cannot be decided so stays open: checks, refused changes, and what needs a reason."));
    showActs();
    fitActs();
}

void InboxPane::showState()
{
    m_told->setVisible(!m_model.told().isEmpty());
    if (!m_model.told().isEmpty())
        m_told->setMessage(m_model.told());
    if (m_body)
        m_body->showState();
    showActs();
    fitActs();
}

void InboxPane::showActs()
{
    const bool several = m_model.picked().size() > 1;
    const std::optional<node::InboxCard> &card = m_model.card();
    const bool waits = several ? !m_model.closed() : card && card->item.open;
    const InboxKind kind = card ? card->item.kind : InboxKind::Difference;
    const bool sides = several || kind == InboxKind::Difference, happened = !several && card && card->happened;
    for (Button *button : {first, second})
        button->setVisible(waits && (sides || kind == InboxKind::Deleted) && !happened);
    fields->setVisible(waits && !several && kind == InboxKind::Difference && !happened && m_model.differing().size() > 1);
    drop->setVisible(waits && !several && (kind == InboxKind::Review || kind == InboxKind::Refused));
    save->setVisible(waits && !several && kind != InboxKind::Deleted);
    this->open->setVisible(!several && card && card->item.table);
    if (!card && !several)
        return;
    if (m_model.busy()) {
        for (Button *button : {first, second, drop, fields})
            button->setEnabled(false);
        save->setBusy(tr("Saving"));
        return;
    }
    save->setReady();
    for (Button *button : {first, second, drop, fields, save})
        button->setEnabled(true);
    const InboxWords w = m_model.words();
    if (several) {
        const bool own = m_model.allMine();
        first->setText((own ? tr("Keep mine, %1") : tr("Put back what was not taken, %1")).arg(m_model.decidable(true)));
        second->setText((own ? tr("Keep the other side, %1") : tr("Leave as it is, %1")).arg(m_model.decidable(false)));
        for (const bool leads : {true, false})
            (leads ? first : second)->setWhyDisabled(m_model.decidable(leads) > 0 ? QString() : tr("None of them can be decided by one key"));
        return;
    }
    first->setKind(kind == InboxKind::Deleted ? ButtonKind::Danger : ButtonKind::Secondary);
    for (const bool leads : {true, false}) {
        Button *button = leads ? first : second;
        const bool mine = m_model.side(leads) == Side::Mine;
        button->setText(keepWords(card->item, mine, w));
        button->setWhyDisabled(mine && (kind == InboxKind::Difference || kind == InboxKind::Deleted) ? m_model.whyNotMine() : QString());
    }
    save->setText(kind == InboxKind::Review ? tr("Apply again") : kind == InboxKind::Refused ? tr("Send again") : kind == InboxKind::Check ? tr("Close with a note") : happened ? tr("Read, close it") : tr("Save this choice"));
    const QString notAgain = kind == InboxKind::Refused ? node::whyNotAgain(card->entry) : QString();
    save->setWhyDisabled(notAgain);
}

// Where the words are long the main act has a line of its own: no word of it may go.
void InboxPane::fitActs()
{
    int wanted = 2 * kMargin + 2;
    for (const Button *act : {first, second, fields, drop, save})
        if (!act->isHidden())
            wanted += act->sizeHint().width() + m_acts->spacing();
    QHBoxLayout *row = wanted > width() && !(first->isHidden() && drop->isHidden()) ? m_below : m_acts;
    if (row->indexOf(save) >= 0)
        return;
    (row == m_below ? m_acts : m_below)->removeWidget(save);
    row->addWidget(save);
}

void InboxPane::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    fitActs();
}

bool InboxPane::enter()
{
    QWidget *field = m_body ? m_body->firstFocus() : nullptr;
    if (field)
        field->setFocus(Qt::TabFocusReason);
    return field;
}

void InboxPane::keep(bool leads)
{
    const auto &card = m_model.card();
    if (m_model.picked().size() == 1 && card && card->item.open && card->item.kind == InboxKind::Deleted && leads && m_model.whyNotMine().isEmpty())
        return ask(tr("Archive %1 after all?").arg(isolated(inboxTitle(card->item))), tr("It leaves the lists of every desk. Its history stays, and it can be restored."), tr("Reason"), tr("Archive it"),
                   [this](const QString &reason) { m_model.archive(reason); });
    m_model.keep(leads);
}

void InboxPane::primary()
{
    if (!m_model.card() || m_model.picked().size() != 1)
        return;
    switch (m_model.card()->item.kind) {
    case InboxKind::Difference:
        if (m_model.card()->happened)
            m_model.close({});
        else
            m_model.saveChoice();
        return;
    case InboxKind::Deleted: return;
    case InboxKind::Check:
        return ask(tr("Close this check?"), tr("The records stay as they are. What you did about it stands here for whoever asks later."), tr("What was done"), tr("Close it"),
                   [this](const QString &note) { m_model.close(note); });
    case InboxKind::Review: return m_model.apply();
    case InboxKind::Refused:
        if (auto *act = qobject_cast<ActBody *>(m_body))
            if (const auto values = act->rewritten())
                m_model.sendAgain(*values);
        return;
    }
}

void InboxPane::ask(const QString &what, const QString &then, const QString &label, const QString &act, const std::function<void(const QString &)> &give)
{
    if (m_ask || m_model.busy() || !m_model.card())
        return;
    m_ask = new AskDialog(what, {}, then, window());
    auto *words = new LineEdit;
    words->setMaxLength(node::mostLetters(*m_model.card()));
    m_ask->addContent(new Field(label, words));
    auto *yes = new Button(act, ButtonKind::Primary);
    auto *no = new Button(tr("Leave it open"), ButtonKind::Secondary);
    const QString missing = tr("Write a few words first");
    yes->setWhyDisabled(missing);
    m_ask->addAct(no, false);
    m_ask->addAct(yes, false);
    connect(words, &QLineEdit::textChanged, yes, [yes, missing](const QString &text) { yes->setWhyDisabled(text.simplified().isEmpty() ? missing : QString()); });
    connect(words, &QLineEdit::returnPressed, yes, &Button::click);
    const Uuid of = m_model.card()->item.id;
    connect(yes, &Button::clicked, this, [this, words, give, of] {
        if (m_model.card() && m_model.card()->item.id == of)      // what it was asked for
            give(words->text().simplified());
    });
    words->setFocus(Qt::OtherFocusReason);
    m_ask->open();
}

} // namespace anteroom::ui
