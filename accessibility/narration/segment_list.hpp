// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/author_reading.hpp"
#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/rule.hpp"
#include "accessibility/narration/source_text.hpp"

#include <cstddef>
#include <vector>

/// Collects segments while a text is walked through: joins what belongs together, keeps one pause in a row.
namespace tongxing::accessibility {

class SegmentList {
 public:
  SegmentList(const SourceText& text, SpokenLanguage language) : text_(text), language_(language) {}

  /// The code point at `index` is said as it stands.
  void keep(std::size_t index);
  /// What a rule said for [begin, match.end). Its first segment carries what was written.
  void add(std::size_t begin, const Match& match);
  /// An author's reading of the last characters kept; `at` is the opening brace.
  void add_reading(std::size_t at, const AuthorReading& reading);
  void pause(SegmentKind kind);
  /// Ends a run of kept characters.
  void flush();
  /// How many kept Chinese characters stand right before `index`.
  [[nodiscard]] std::size_t han_before(std::size_t index) const;
  [[nodiscard]] std::vector<Segment> take();

 private:
  void push(Segment segment);
  void flush_until(std::size_t end);
  [[nodiscard]] std::string_view own_code(bool chinese_text) const;

  const SourceText& text_;
  SpokenLanguage language_;
  std::vector<Segment> segments_;
  std::size_t kept_begin_ = 0;
  std::size_t kept_end_ = 0;  ///< equal to the begin: nothing is kept
};

}  // namespace tongxing::accessibility
