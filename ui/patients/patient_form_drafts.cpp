// The part of the form that begins, and that keeps what is half typed while somebody else is registered or edited.
#include "core/when_ready.h"
#include "ui/common/button.h"
#include "ui/common/message_strip.h"
#include "ui/common/segments.h"
#include "ui/common/field.h"
#include "ui/patients/difference_panel.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/similar_panel.h"
#include "ui/queue/new_ticket_pane.h"

#include <QComboBox>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr std::size_t kMostDrafts = 8;
constexpr auto index(PatientField field) { return static_cast<std::size_t>(field); }

QString nameOf(const PatientFormModel::Draft &draft)
{
    return QString(draft.texts[index(PatientField::Given)] + QLatin1Char(' ') + draft.texts[index(PatientField::Family)]).simplified();
}

} // namespace

PatientForm::Kept PatientForm::current() const
{
    return {.draft = m_model.draft(), .point = m_point->currentData().toString(), .reason = m_reason->text(), .priority = m_priority->current()};
}

void PatientForm::writeDraft()
{
    m_write.stop();
    if (m_model.unsaved())
        m_store.put(draftKey(m_model.patientId()), draftBytes(current()));
    else if (!m_model.patientId().isNull())
        m_store.erase(draftKey(m_model.patientId()));
}

// A registration on its way is left to its answer: kept here, it would come back beside the person it became.
void PatientForm::keepDraft()
{
    const bool registering = m_model.isNew() && m_model.state() == PatientFormModel::State::Saving;
    if (m_model.unsaved() && !registering)
        writeDraft();
}

PatientForm::~PatientForm() { keepDraft(); }

void PatientForm::hideEvent(QHideEvent *) { keepDraft(); }

void PatientForm::forgetDraft(const Uuid &person)
{
    m_write.stop();
    if (!person.isNull())
        m_store.erase(draftKey(person));
}

void PatientForm::readDrafts()
{
    whenReady(m_store.all(QLatin1String(kDraftPrefix)), this, [this](const Result<std::vector<node::DraftNote>> &notes) {
        if (!notes)
            return;
        for (const node::DraftNote &note : *notes) {             // newest first, so each goes before those that are here
            auto kept = draftOf(note.value);
            const bool known = !kept || kept->draft.id == m_model.patientId()
                || std::any_of(m_drafts.begin(), m_drafts.end(), [&](const Kept &have) { return have.draft.id == kept->draft.id; });
            if (!known && m_drafts.size() < kMostDrafts)
                m_drafts.insert(m_drafts.begin(), std::move(*kept));
        }
        showKept(m_restored);
    });
}

void PatientForm::keep()
{
    if (!m_model.unsaved())
        return;
    writeDraft();
    Kept kept = current();
    std::erase_if(m_drafts, [&](const Kept &old) { return old.draft.id == kept.draft.id; });
    if (m_drafts.size() == kMostDrafts) {
        m_store.erase(draftKey(m_drafts.front().draft.id));
        m_drafts.erase(m_drafts.begin());
    }
    m_drafts.push_back(std::move(kept));
}

std::optional<PatientForm::Kept> PatientForm::takeDraft(const std::function<bool(const Kept &)> &wanted)
{
    const auto it = std::find_if(m_drafts.rbegin(), m_drafts.rend(), wanted);
    if (it == m_drafts.rend())
        return std::nullopt;
    Kept kept = std::move(*it);
    m_drafts.erase(std::next(it).base());
    return kept;
}

void PatientForm::bringBack(const Kept &kept)
{
    m_model.restore(kept.draft);
    if (const int at = m_point->findData(kept.point); at >= 0)
        m_point->setCurrentIndex(at);
    m_priority->setCurrent(std::max(0, kept.priority));
    m_reason->setText(kept.reason);
    const auto &texts = kept.draft.texts;
    const auto more = {PatientField::District, PatientField::City, PatientField::SecondPhone, PatientField::NationalId,
                       PatientField::Occupation, PatientField::Email, PatientField::Note};
    if (std::any_of(more.begin(), more.end(), [&](PatientField field) { return !texts[index(field)].isEmpty(); }))
        m_more->show();
}

void PatientForm::openNew(const QString &typed)
{
    m_model.startNew(typed);
    m_more->hide();
    m_moreButton->show();
    m_moreButton->setIconName(QStringLiteral("chevron-down"));
    m_reason->clear();
    m_priority->setCurrent(0);
    fillServicePoints(m_point, m_queue);
    m_similar->show();
}

void PatientForm::startNew(const QString &typed)
{
    if (m_model.state() == PatientFormModel::State::Saving)
        return;
    keep();
    openNew(typed);
    std::optional<Kept> kept;
    if (typed.simplified().isEmpty())
        kept = takeDraft([](const Kept &draft) { return draft.draft.isNew(); });
    if (kept)
        bringBack(*kept);
    showKept(kept.has_value());
    showState();
}

void PatientForm::startEdit(const schema::Row &shown)
{
    if (m_model.state() == PatientFormModel::State::Saving)
        return;
    keep();
    m_model.startEdit(shown);
    m_moreButton->hide();                                    // all fields are open
    m_more->show();
    m_similar->hide();
    const auto kept = takeDraft([&](const Kept &draft) { return !draft.draft.isNew() && draft.draft.id == shown.id; });
    if (kept) {
        m_model.restore(kept->draft);
        m_model.refresh(shown);                              // groups that nobody typed in are as they are now
    }
    showKept(kept.has_value());
    showState();
}

void PatientForm::startOver()
{
    if (m_model.state() == PatientFormModel::State::Saving)
        return;
    forgetDraft(m_model.patientId());
    if (m_model.isNew())
        openNew({});
    else
        m_model.restart();
    showKept(false);
    showState();
}

void PatientForm::use(const Uuid &patient)
{
    const PatientFormModel::Draft draft = m_model.draft();
    const bool namesAlone = std::all_of(draft.texts.begin(), draft.texts.end(), [&, n = std::size_t{0}](const QString &text) mutable {
        const std::size_t at = n++;
        return text.isEmpty() || at == index(PatientField::Given) || at == index(PatientField::Family) || at == index(PatientField::Sex);
    });
    if (namesAlone) {
        m_model.discard();
        forgetDraft(draft.id);
    }
    Q_EMIT useWanted(patient);
}

// What was brought back says so, and what waits elsewhere is one press away: nothing of it is saved yet.
void PatientForm::showKept(bool restored)
{
    m_restored = restored;
    const auto other = std::find_if(m_drafts.rbegin(), m_drafts.rend(), [](const Kept &kept) { return kept.draft.isNew(); });
    const bool waits = m_model.isNew() && other != m_drafts.rend();
    m_kept->setVisible(restored || waits);
    if (restored) {
        m_kept->setMessage(tr("Not saved yet: what was typed before is here again."));
        m_keptAct->setText(tr("Start over"));
    } else if (waits) {
        const QString name = nameOf(other->draft);
        m_kept->setMessage(name.isEmpty() ? tr("A registration that was begun before is kept.") : tr("The registration of %1 that was begun before is kept.").arg(isolated(name)));
        m_keptAct->setText(tr("Go on with it"));
    }
}

} // namespace anteroom::ui
