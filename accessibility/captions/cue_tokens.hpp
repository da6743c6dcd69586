// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue_text.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

enum class CueTokenKind : std::uint8_t { text, start_tag, end_tag, timestamp };

struct CueToken {
  CueTokenKind kind = CueTokenKind::text;
  std::string value;  ///< text, tag name, or what stands in < > of a timestamp
  std::vector<std::string> classes{};
  std::string annotation{};
  std::size_t offset = 0;  ///< of its first byte
};

/// The tokenizer of WebVTT §6.4 ("WebVTT cue text tokenizer"). Used by parse_cue_text() only. The view must
/// outlive it.
class CueTokenizer {
 public:
  explicit CueTokenizer(std::string_view text) : text_{text} {}

  /// nullopt at the end.
  [[nodiscard]] std::optional<CueToken> next();

  /// Character references that are not known.
  [[nodiscard]] std::vector<TextProblem> take_problems() { return std::move(problems_); }

 private:
  CueToken text_token();
  CueToken tag_token();
  void read_start_tag(CueToken& token);
  void read_annotation(CueToken& token);
  void append_reference(std::string& out);

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<TextProblem> problems_;
};

}  // namespace tongxing::accessibility
