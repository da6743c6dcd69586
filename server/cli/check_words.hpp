// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/locale.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::cli {

/// What the package checker says, and the maker of descriptions, in the reader's language. They are programs
/// of their own and speak English; their sentences are found again among the English texts `area`.phrases of
/// the locale files, whose gaps hold names and figures, and told with the text of the same key. A sentence
/// that is in no file stays as it is.
class CheckWords {
 public:
  explicit CheckWords(render::Locale locale, std::string area = "media_check");

  /// The area's KEY.
  [[nodiscard]] std::string text(std::string_view key, const MessageArgs& args = {}) const;
  /// What a rule asks for, or what to do where it does not hold (`part`: "asks", "mend"); `otherwise` for a
  /// rule that the locale files do not know.
  [[nodiscard]] std::string rule(std::string_view id, std::string_view part, std::string otherwise) const;
  /// A sentence of the checker.
  [[nodiscard]] std::string phrase(const std::string& english) const;

 private:
  struct Phrase {
    std::string key;
    std::vector<std::string> fixed;  ///< before, between and after the gaps
    std::vector<std::string> gaps;   ///< their names, one fewer
    std::size_t length = 0;          ///< of what is fixed: the longest says the most
  };
  static Phrase read_phrase(std::string key, std::string_view english);
  static std::optional<MessageArgs> match(const Phrase& phrase, std::string_view text);
  [[nodiscard]] std::string phrase(const std::string& english, int depth) const;

  std::shared_ptr<const render::Messages> messages_;
  render::Locale locale_;
  std::string area_;
  std::vector<Phrase> phrases_;  ///< the most telling first
};

}  // namespace tongxing::cli
