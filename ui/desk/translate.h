// The language of the window: translations where they exist, else a pseudo-language that shows what a translation would
// break: "fr-pseudo" is accented and a third longer, "ar" is in Arabic letters and mirrored. Words only; never a value.
#pragma once

#include <QString>
#include <QTranslator>

class QApplication;

namespace anteroom::ui {

class PseudoTranslator final : public QTranslator {
    Q_OBJECT
public:
    enum class Script : unsigned char { Latin, Arabic };
    explicit PseudoTranslator(Script script, QObject *parent = nullptr);

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;

private:
    Script m_script;
};

// The words in the other script, about 30 % longer; %1, %L1, %n, &, and everything after a newline's start stay in place.
[[nodiscard]] QString pseudo(const QString &source, PseudoTranslator::Script script);

// What the command line, the environment (ANTEROOM_LANGUAGE) and the setting say, in this order; "system" = nothing.
[[nodiscard]] QString wantedLanguage(const QString &option, const QString &setting);
// Once, before the first window: installs the translator and the direction. Unknown names leave English.
void useLanguage(QApplication &app, const QString &name);

} // namespace anteroom::ui
