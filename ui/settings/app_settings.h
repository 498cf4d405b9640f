// What this PC alone remembers and the desk shows at once: which desk it is, how it looks, how it hosts. The typed table of
// core/settings with signals; nothing of it travels to other PCs. A setting that cannot be written is told, not lost
// silently: failed() has the words.
#pragma once

#include "core/settings.h"
#include "core/uuid.h"
#include "ui/theme/theme.h"

#include <QObject>

namespace anteroom::ui {

class AppSettings final : public QObject {
    Q_OBJECT
public:
    explicit AppSettings(const QString &dataDir, QObject *parent = nullptr);

    [[nodiscard]] Uuid servicePoint() const;                 // null: this PC is no desk of the queue
    [[nodiscard]] Uuid room() const;
    [[nodiscard]] Theme::Scheme scheme() const;
    [[nodiscard]] int scale() const { return static_cast<int>(m_values.get(setting::kUiScale)); }
    [[nodiscard]] bool keycaps() const { return m_values.get(setting::kUiKeycaps); }

    [[nodiscard]] QString reducedMotion() const { return m_values.get(setting::kLookReducedMotion); }      // "system", "on", "off"
    [[nodiscard]] QString language() const { return m_values.get(setting::kLookLanguage); }                // "system", or "fr", "pt_BR"
    [[nodiscard]] bool keepAwake() const { return m_values.get(setting::kHostKeepAwake); }
    [[nodiscard]] bool trayTold() const { return m_values.get(setting::kHostTrayTold); }

    [[nodiscard]] QStringList listColumns(const QString &table) const;                                     // names; empty: nobody chose

    void setDesk(const Uuid &servicePoint, const Uuid &room);
    void setScheme(Theme::Scheme scheme);
    void setScale(int percent);                              // 100, 115 or 130
    void setKeycaps(bool shown);
    void setReducedMotion(const QString &when);
    void setLanguage(const QString &name);
    void setKeepAwake(bool on);                              // while other PCs are connected
    void setTrayTold();                                      // once is enough
    void setListColumns(const QString &table, const QStringList &columns);

Q_SIGNALS:
    void deskChanged();
    void lookChanged();
    void hostingChanged();
    void failed(const QString &words);

private:
    template <typename T>
    bool store(const TypedSetting<T> &setting, const T &value);

    QString m_folder;
    Settings m_values;
};

} // namespace anteroom::ui
