// Settings: one typed table, and the values of this PC in DIR/settings.ini. A key exists only here, with its default,
// who it belongs to, and what it may be. Clinic settings travel as rows of clinic_settings and are only described and
// checked here. Never holds a secret. Not thread-safe: each owner has its own copy and saves its own changes.
#pragma once

#include "core/result.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <variant>

namespace anteroom {

enum class SettingScope : std::uint8_t {
    Machine,     // this PC, whoever sits at it
    User,        // the person; kept with the PC as long as people have no accounts
    Clinic,      // everybody: a row of clinic_settings
};

using SettingValue = std::variant<bool, std::int64_t, QString>;

struct Setting {
    enum class Kind : std::uint8_t { Boolean, Integer, Text };

    std::string_view key;
    SettingScope scope;
    Kind kind;
    std::int64_t number = 0;                            // default of Boolean and Integer
    std::string_view text = {};                         // default of Text
    std::int64_t min = 0, max = 1;                      // of Integer; of Text the longest, in characters
    std::span<const std::int64_t> choices = {};         // what a list offers; not all that is allowed
    std::span<const std::string_view> allowed = {};     // of Text; empty = anything
    std::span<const std::int64_t> only = {};            // of Integer: nothing else is allowed
};

template <typename T>
struct TypedSetting : Setting {};

namespace setting {
inline constexpr std::int64_t kSyncIntervals[] = {30, 60, 300, 600, 1800, 3600};
inline constexpr std::string_view kThemes[] = {"system", "light", "dark"};
inline constexpr std::int64_t kScales[] = {100, 115, 130};
inline constexpr std::string_view kMotions[] = {"system", "on", "off"};

inline constexpr TypedSetting<bool> kSyncAuto{{.key = "sync.auto", .scope = SettingScope::Machine, .kind = Setting::Kind::Boolean, .number = 1}};
inline constexpr TypedSetting<std::int64_t> kSyncIntervalS{{.key = "sync.interval_s", .scope = SettingScope::Machine, .kind = Setting::Kind::Integer,
    .number = 30, .min = 30, .max = 3600, .choices = kSyncIntervals}};
inline constexpr TypedSetting<std::int64_t> kHostPort{{.key = "host.port", .scope = SettingScope::Machine, .kind = Setting::Kind::Integer,
    .number = 7310, .min = 0, .max = 65535}};       // 0: any free one
inline constexpr TypedSetting<bool> kHostListening{{.key = "host.listening", .scope = SettingScope::Machine, .kind = Setting::Kind::Boolean}};
inline constexpr TypedSetting<bool> kHostKeepAwake{{.key = "host.keep_awake", .scope = SettingScope::Machine, .kind = Setting::Kind::Boolean, .number = 1}};
inline constexpr TypedSetting<bool> kHostTrayTold{{.key = "host.tray_told", .scope = SettingScope::Machine, .kind = Setting::Kind::Boolean}};      // that it goes on in the tray
inline constexpr TypedSetting<QString> kDeskServicePoint{{.key = "desk.service_point", .scope = SettingScope::Machine, .kind = Setting::Kind::Text, .max = 36}};
inline constexpr TypedSetting<QString> kDeskRoom{{.key = "desk.room", .scope = SettingScope::Machine, .kind = Setting::Kind::Text, .max = 36}};
inline constexpr TypedSetting<QString> kUiTheme{{.key = "ui.theme", .scope = SettingScope::User, .kind = Setting::Kind::Text,
    .text = "system", .max = 16, .allowed = kThemes}};
inline constexpr TypedSetting<std::int64_t> kUiScale{{.key = "ui.scale", .scope = SettingScope::User, .kind = Setting::Kind::Integer,
    .number = 100, .min = 100, .max = 130, .choices = kScales, .only = kScales}};
inline constexpr TypedSetting<bool> kUiKeycaps{{.key = "ui.keycaps", .scope = SettingScope::User, .kind = Setting::Kind::Boolean, .number = 1}};
inline constexpr TypedSetting<QString> kLookReducedMotion{{.key = "look.reduced_motion", .scope = SettingScope::User, .kind = Setting::Kind::Text,
    .text = "system", .max = 16, .allowed = kMotions}};
inline constexpr TypedSetting<QString> kLookLanguage{{.key = "look.language", .scope = SettingScope::User, .kind = Setting::Kind::Text,
    .text = "system", .max = 16}};      // "system", or a locale's name: "fr", "pt_BR"
// Chosen columns of lists, "table=column,column;…": only of tables where a person chose. 42 tables of a dozen names fit.
inline constexpr TypedSetting<QString> kRecordsColumns{{.key = "records.columns", .scope = SettingScope::User, .kind = Setting::Kind::Text, .max = 12'000}};
inline constexpr TypedSetting<QString> kClinicCurrency{{.key = "clinic.currency", .scope = SettingScope::Clinic, .kind = Setting::Kind::Text, .text = "USD", .max = 3}};
inline constexpr TypedSetting<QString> kClinicZone{{.key = "clinic.time_zone", .scope = SettingScope::Clinic, .kind = Setting::Kind::Text, .text = "UTC", .max = 64}};
} // namespace setting

[[nodiscard]] std::span<const Setting *const> allSettings();
[[nodiscard]] const Setting *findSetting(std::string_view key);                 // nullptr where there is none
[[nodiscard]] SettingValue defaultOf(const Setting &setting);
[[nodiscard]] Result<void> checkSetting(const Setting &setting, const SettingValue &value);
// As it stands in the file and on the command line: true, false, digits, text.
[[nodiscard]] Result<SettingValue> settingFromText(const Setting &setting, const QString &text);
[[nodiscard]] QString settingToText(const SettingValue &value);

class Settings {
public:
    // A file that is not there gives the defaults. A bad value gives its default and a sentence in problems(); a file that
    // cannot be read is an error. Keys of a newer program are kept.
    [[nodiscard]] static Result<Settings> load(const QString &folder);
    [[nodiscard]] Result<void> save() const;                                    // atomically, 0644
    [[nodiscard]] const QStringList &problems() const { return m_problems; }

    template <typename T>
    [[nodiscard]] T get(const TypedSetting<T> &setting) const { return std::get<T>(value(setting)); }
    // Invalid where the table says no, Refused for a clinic setting. Nothing is written before save().
    template <typename T>
    [[nodiscard]] Result<void> set(const TypedSetting<T> &setting, const std::type_identity_t<T> &value)
    {
        return setValue(setting, SettingValue(std::in_place_type<T>, value));
    }
    [[nodiscard]] SettingValue value(const Setting &setting) const;
    [[nodiscard]] Result<void> setValue(const Setting &setting, const SettingValue &value);

private:
    QString m_path;
    QMap<QString, QString> m_values;      // by key, as text; only what differs from the default, and unknown keys
    QStringList m_problems;
};

} // namespace anteroom
