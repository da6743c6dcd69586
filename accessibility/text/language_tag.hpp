// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tongxing::accessibility {

/// A language tag (BCP 47, RFC 5646) in canonical case. Well-formedness is checked, not the registry.
struct LanguageTag {
  std::string language;  ///< "zh", "cmn", "yue", "en": lower case
  std::string script;    ///< "Hans", "Hant" or empty
  std::string region;    ///< "CN", "HK", "419" or empty
  std::string text;      ///< the whole tag in canonical case, with everything that follows
  bool operator==(const LanguageTag&) const = default;
};

/// nullopt: not a well-formed tag, longer than 35 characters, or one of the old irregular ones.
[[nodiscard]] std::optional<LanguageTag> parse_language_tag(std::string_view text);

}  // namespace tongxing::accessibility
