// Names, streets and complaints of people who do not exist, for the demo clinic: many scripts, accents, apostrophes,
// single names, because a desk must show them all. Constant data, no logic.
#pragma once

#include <span>
#include <string_view>

namespace anteroom::domain::demo {

// Names that go together. An empty `family` list: people of one name.
struct NamePool {
    std::span<const std::string_view> female;
    std::span<const std::string_view> male;
    std::span<const std::string_view> family;
};

[[nodiscard]] std::span<const NamePool> namePools();
[[nodiscard]] std::span<const std::string_view> streets();
[[nodiscard]] std::span<const std::string_view> towns();
[[nodiscard]] std::span<const std::string_view> complaints();      // reasons of a visit
[[nodiscard]] std::span<const std::string_view> allergens();

} // namespace anteroom::domain::demo
