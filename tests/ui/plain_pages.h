// Pages without a feature: a banner, tabs, an empty place and one act, to try the shell with.
#pragma once

#include "ui/common/banner.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/panel.h"
#include "ui/shell/page.h"
#include "ui/shell/shortcuts.h"
#include "ui/theme/tokens.h"

#include <QBoxLayout>
#include <QTabBar>

namespace anteroom::ui {

inline QString q(const char *words) { return QString::fromUtf8(words); }

class PlainPage : public Page {
public:
    PlainPage(QString title, QWidget *parent) : Page(parent), m_title(std::move(title))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
        auto *panel = new Panel;
        auto *banner = new Banner;
        banner->setPerson(q("Aminata Diarra"), q("F · 34 y · born 12 Mar 1992 · SR1-004182-7"));
        banner->setAllergies(Banner::Allergies::Known, q("Penicillin: rash within one hour (2026) · Latex"), q("Checked today"));
        banner->addAct(new Button(q("Queue")));
        banner->addAct(new Button(q("New note"), ButtonKind::Primary));
        panel->column()->addWidget(banner);
        auto *tabs = new QTabBar;
        for (const char *tab : {"Overview", "Notes", "Vitals"})
            tabs->addTab(QLatin1String(tab));
        tabs->setExpanding(false);
        tabs->setDrawBase(false);
        panel->column()->addWidget(tabs);
        panel->column()->addWidget(new Rule);
        auto *empty = new EmptyState(q("people"), q("No patients yet"), q("Register the first one, or bring them over from a spreadsheet."));
        auto *act = new Button(q("Register patient"), q("person-add"), ButtonKind::Primary);
        bindShortcut("patient.register", act, this);
        empty->addAct(act);
        empty->addAct(new Button(q("Import CSV…")));
        panel->column()->addWidget(empty, 1);
        column->addWidget(panel);
        m_act = new Button(q("New ticket"), q("plus"), ButtonKind::Secondary, this);
        bindShortcut("new", m_act, this);
        m_first = act;
    }
    QString title() const override { return m_title; }
    QString subtitle() const override { return q("Friday 20 November"); }
    QList<QWidget *> acts() override { return {m_act}; }
    QWidget *firstFocus() override { return m_first; }
    bool back() override { return ++backs > 0; }

    int backs = 0;

private:
    QString m_title;
    Button *m_act;
    QWidget *m_first;
};

inline std::vector<PageEntry> plainPages()
{
    const auto plain = [](const char *title) {
        return [name = QString::fromLatin1(title)](QWidget *parent) -> Page * { return new PlainPage(name, parent); };
    };
    return {{q("queue"), q("Queue"), q("ticket"), {}, plain("Queue")},
            {q("patients"), q("Patients"), q("people"), {}, plain("Patients")},
            {q("billing"), q("Billing"), q("receipt"), q("billing.read"), plain("Billing")},
            {q("review"), q("Review"), q("review"), {}, plain("Review"), true},
            {q("settings"), q("Settings"), q("sliders"), {}, plain("Settings"), true}};
}

} // namespace anteroom::ui
