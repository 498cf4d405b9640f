#include "ui/common/banner.h"

#include "ui/common/label.h"
#include "ui/common/message_strip.h"

#include <QBoxLayout>

namespace anteroom::ui {

Banner::Banner(QWidget *parent)
    : QWidget(parent), m_name(new Label({}, Type::Banner)), m_facts(new Label({}, Type::Body, Tone::Text2)),
      m_noAllergies(new Label({}, Type::Body, Tone::Text2)), m_checked(new Label({}, Type::Secondary)),
      m_allergies(new MessageStrip(Hue::Danger)), m_asOf(new MessageStrip(Hue::Priority)), m_acts(new QHBoxLayout)
{
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_asOf->setIconName(QStringLiteral("clock"));
    m_allergies->addAct(m_checked);
    m_checked->setHue(Hue::Danger);
    m_acts->setSpacing(8);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_name);
    words->addWidget(m_facts);
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addLayout(words, 1);
    top->addLayout(m_acts);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 14, 16, 8);
    column->setSpacing(8);
    column->addLayout(top);
    column->addWidget(m_asOf);
    column->addWidget(m_allergies);
    column->addWidget(m_noAllergies);
    m_asOf->hide();
    m_allergies->hide();
    m_noAllergies->hide();
}

void Banner::setPerson(const QString &name, const QString &facts)
{
    m_name->setText(name);
    m_facts->setText(facts);
}

void Banner::setAllergies(Allergies state, const QString &text, const QString &trailing)
{
    m_noAllergies->setVisible(state == Allergies::None);
    m_allergies->setVisible(state != Allergies::None);
    m_checked->setText(trailing);
    m_checked->setVisible(!trailing.isEmpty());
    switch (state) {
    case Allergies::Known:
        m_allergies->setHue(Hue::Danger);
        m_checked->setHue(Hue::Danger);
        m_allergies->setMessage(tr("Allergies: %1").arg(text));
        break;
    case Allergies::NotAsked:
        m_allergies->setHue(Hue::Priority);
        m_checked->setHue(Hue::Priority);
        m_allergies->setMessage(tr("Allergies not asked yet"));
        break;
    case Allergies::None:
        m_noAllergies->setText(text.isEmpty() ? tr("No known allergies") : tr("No known allergies, %1").arg(text));
        break;
    }
}

void Banner::setAsOf(const QString &words)
{
    m_asOf->setMessage(words);
    m_asOf->setVisible(!words.isEmpty());
}

void Banner::addAct(QWidget *act)
{
    m_acts->addWidget(act);
}

} // namespace anteroom::ui
