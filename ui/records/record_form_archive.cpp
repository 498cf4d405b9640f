#include "ui/records/record_form_archive.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/shell/shortcuts.h"

#include <QBoxLayout>
#include <QGridLayout>

#include <array>

namespace anteroom::ui {

RecordArchive::RecordArchive(QWidget *parent)
    : QWidget(parent), m_reason(new LineEdit), m_archive(new Button(tr("Archive"), ButtonKind::Danger))
{
    constexpr int kMostReason = 300;             // letters; with any script it fits the 500 bytes a reason may have
    m_reason->setMaxLength(kMostReason);
    m_field = new Field(tr("Why is it archived?"), m_reason);
    auto *ready = new QGridLayout;
    ready->setSpacing(6);
    int n = 0;
    for (const QString &words : std::array{tr("Written twice"), tr("Written by mistake"), tr("Wrong person"), tr("No longer used")}) {
        auto *button = new Button(words, ButtonKind::Secondary);
        connect(button, &Button::clicked, this, [this, words] {
            m_reason->setText(words);
            m_field->clearMark();
            m_archive->setFocus(Qt::OtherFocusReason);
        });
        ready->addWidget(button, n / 2, n % 2);
        ++n;
    }
    auto *keep = new Button(tr("Keep it"), ButtonKind::Quiet);
    keep->setKeycap(shortcutKeys("back"));
    auto *acts = new QHBoxLayout;
    acts->addWidget(keep);
    acts->addStretch();
    acts->addWidget(m_archive);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 12, 20, 10);
    column->setSpacing(8);
    column->addLayout(ready);
    column->addWidget(m_field);
    column->addLayout(acts);
    connect(keep, &Button::clicked, this, &RecordArchive::left);
    connect(m_archive, &Button::clicked, this, &RecordArchive::give);
    connect(m_reason, &QLineEdit::returnPressed, this, &RecordArchive::give);
    connect(m_reason, &QLineEdit::textEdited, m_field, &Field::clearMark);
}

void RecordArchive::ask()
{
    m_reason->clear();
    m_field->clearMark();
    setBusy(false);
    m_reason->setFocus(Qt::OtherFocusReason);
}

void RecordArchive::setBusy(bool busy)
{
    if (busy)
        m_archive->setBusy(tr("Archiving"));
    else
        m_archive->setReady();
}

void RecordArchive::give()
{
    if (m_archive->isBusy())
        return;
    if (m_reason->text().simplified().isEmpty()) {
        m_field->setError(tr("Write why, or choose a reason above. Whoever looks for it later reads it."));
        m_reason->setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT given(m_reason->text().simplified());
}

} // namespace anteroom::ui
