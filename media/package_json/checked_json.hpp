// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/package_json/package_json.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

/// Reading members of JSON that nobody vouches for. Inside this room: everything here throws Fault, which the
/// public functions turn into a value.
namespace tongxing::media {

using Json = nlohmann::json;

struct Fault {
  JsonFault fault;
};

/// The longest time that anything may last, in milliseconds.
inline constexpr std::int64_t kLongest_ms = 24LL * 3'600 * 1'000;

[[nodiscard]] const Json& member(const Json& object, const char* name);
[[nodiscard]] std::int64_t whole(const Json& value, std::int64_t least, std::int64_t most);
[[nodiscard]] int small(const Json& value, int most);
/// At most `longest` bytes.
[[nodiscard]] std::string text(const Json& value, std::size_t longest);
/// Letters, digits and the characters of `also` only.
[[nodiscard]] std::string word(const Json& value, std::size_t longest, std::string_view also);
[[nodiscard]] const Json& list(const Json& value, std::size_t most);
/// 0 … 1000 a second.
[[nodiscard]] double rate(const Json& value);

/// "main", "description", "dub".
[[nodiscard]] model::AudioRole role_of(const Json& value);
[[nodiscard]] std::string role_text(model::AudioRole role);

/// Refuses nesting before it is built: nlohmann's values are destroyed recursively.
[[nodiscard]] Json parse(std::string_view text);
[[nodiscard]] Json parse_list(std::string_view text);
/// Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string dump(const Json& json);

}  // namespace tongxing::media
