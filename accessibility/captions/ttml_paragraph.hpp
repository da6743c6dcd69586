// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/styled_run.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

enum class TtmlSpace : std::uint8_t { collapse, preserve };

/// When something is shown; no end: to the end of the document.
struct TtmlInterval {
  Milliseconds begin{0};
  std::optional<Milliseconds> end;
  bool operator==(const TtmlInterval&) const = default;
};

/// A <p> of TTML, collected while it is read: pieces of text with their own times.
class TtmlParagraph {
 public:
  void add_text(std::string_view text, const RunStyle& style, const TtmlInterval& when, TtmlSpace space);
  void add_break(const RunStyle& style, const TtmlInterval& when);
  /// Ruby: after begin_ruby(), bases and texts in any order; the n-th text belongs to the n-th base, and of a
  /// base in several pieces to the last one.
  void begin_ruby();
  void begin_ruby_base();
  void begin_ruby_text();
  void add_ruby_base(std::string_view text, const RunStyle& style, const TtmlInterval& when);
  void add_ruby_text(std::string_view text);

  struct Slice {
    TtmlInterval when;
    std::vector<StyledRun> runs;
  };
  /// What is shown when, in the order of time, without empty slices: one if all has the same times. White
  /// space is collapsed as in HTML, except where it was to be preserved. nullopt: more than kMostTtmlPieces
  /// or kMostTtmlBytes.
  [[nodiscard]] std::optional<std::vector<Slice>> slices() const;

 private:
  struct Piece {
    StyledRun run;
    TtmlInterval when;
    TtmlSpace space = TtmlSpace::collapse;
  };
  [[nodiscard]] std::vector<StyledRun> shown_in(const TtmlInterval& when) const;

  std::vector<Piece> pieces_;
  std::vector<std::size_t> bases_;
  std::size_t texts_ = 0;
};

inline constexpr std::size_t kMostTtmlPieces = 200;
inline constexpr std::size_t kMostTtmlBytes = 16 * kMaxCueBytes;  ///< with white space that is collapsed

}  // namespace tongxing::accessibility
