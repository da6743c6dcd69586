// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What a text becomes before it is spoken.
namespace tongxing::accessibility {

enum class SegmentKind : std::uint8_t {
  words,        ///< characters or words as they stand
  number,       ///< a numeral in words: 一百零五
  digits,       ///< a numeral digit by digit: 二零二六, 幺三八
  letters,      ///< spelled, with spaces between: P P T
  reading,      ///< `spoken` is the author's own reading: yin2 hang2
  short_pause,  ///< a comma's
  long_pause,   ///< a full stop's
};

/// One stretch of text that is spoken by one voice in one way.
struct Segment {
  std::string written;   ///< what the author wrote, UTF-8
  std::string spoken;    ///< what is said: characters (cmn, yue) or words (en); empty for a pause
  std::string language;  ///< cmn, yue or en; a pause has the language of the text around it
  SegmentKind kind = SegmentKind::words;
  bool operator==(const Segment&) const = default;
};

enum class NarrationFinding : std::uint8_t {
  brace_not_closed,      ///< { without } within 200 characters
  reading_malformed,     ///< not syllables with tone digits in braces
  reading_without_text,  ///< fewer characters before the brace than syllables in it
};

/// Something in the author's text that could not be taken as meant; it was read as text.
struct FoundInText {
  NarrationFinding finding{};
  std::size_t offset = 0;  ///< bytes into the text
  bool operator==(const FoundInText&) const = default;
};

struct NormalisedText {
  std::vector<Segment> segments;
  std::vector<FoundInText> findings;
};

}  // namespace tongxing::accessibility
