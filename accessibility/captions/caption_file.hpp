// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>
#include <vector>

/// Reading caption files that people upload. The readers are lenient and tell every leniency with its line;
/// only what can not be read at all is an error.
namespace tongxing::accessibility {

enum class CaptionFormat : std::uint8_t { webvtt, srt };
enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16_little, utf16_big, unknown };

/// A track and what was found while it was read, by rising line.
struct CaptionFile {
  CaptionFormat format = CaptionFormat::webvtt;
  Encoding encoding = Encoding::utf8;
  Track track;
  std::vector<Finding> findings;
};

enum class CaptionErrorKind : std::uint8_t {
  empty,                 ///< no bytes, or only white space
  too_large,             ///< more than kMaxFileBytes
  too_many_cues,         ///< more than kMaxCues
  cue_too_long,          ///< more than kMaxCueBytes of text in a cue
  unsupported_encoding,  ///< not UTF-8 and not UTF-16 with a byte order mark: to be saved as UTF-8
  not_captions           ///< neither "WEBVTT" at the start nor times of SRT
};

struct CaptionError {
  CaptionErrorKind kind = CaptionErrorKind::empty;
  std::size_t line = 0;  ///< 1-based; 0: the file as a whole
  bool operator==(const CaptionError&) const = default;
};

/// "too_large", "not_captions" …: the end of its message key.
[[nodiscard]] std::string_view name_of(CaptionErrorKind kind);

/// What the first bytes and the validity of the whole say. `unknown`: no mark and not UTF-8 (often GB 18030
/// or Big5).
[[nodiscard]] Encoding detect_encoding(std::string_view bytes);

/// Reads a file of any supported encoding and format. A file with cues that could not be read at all gives
/// those that could, with findings of severity error; one without any readable cue gives them too (and no
/// cue).
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_captions(std::string_view bytes);

/// WebVTT §6.1 (parser algorithm). `utf8` may still have a byte order mark.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_webvtt(std::string_view utf8);

/// SubRip: numbers, "HH:MM:SS,mmm --> HH:MM:SS,mmm", text. i, b, u are kept, other markup is told and
/// dropped.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_srt(std::string_view utf8);

}  // namespace tongxing::accessibility
