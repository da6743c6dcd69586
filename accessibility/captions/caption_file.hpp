// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/finding.hpp"
#include "accessibility/text/encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

/// Reading caption files that people upload. The readers are lenient and tell every leniency with its line;
/// only what can not be read at all is an error.
namespace tongxing::accessibility {

enum class CaptionFormat : std::uint8_t { webvtt, srt, sbv, ass, ttml };

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
  unsupported_encoding,  ///< an encoding that is not known, or that the caller can not decode: to be saved as
                         ///< UTF-8
  not_captions,          ///< none of the formats, or not the one that was asked for
  broken_xml,            ///< TTML: not well-formed
  xml_with_dtd           ///< TTML: a document type or an entity, which could make a small file large
};

struct CaptionError {
  CaptionErrorKind kind = CaptionErrorKind::empty;
  std::size_t line = 0;  ///< 1-based; 0: the file as a whole
  bool operator==(const CaptionError&) const = default;
};

/// "too_large", "not_captions" …: the end of its message key.
[[nodiscard]] std::string_view name_of(CaptionErrorKind kind);

/// "webvtt", "srt", "sbv", "ass" (also for SSA), "ttml".
[[nodiscard]] std::string_view name_of(CaptionFormat format);

/// From a file name's extension: vtt, srt, sbv, ass, ssa, ttml, dfxp, xml, in any case.
[[nodiscard]] std::optional<CaptionFormat> format_of_name(std::string_view file_name);

/// What the text looks like. Something that tries to be WebVTT ("webvtt", a space before it) is WebVTT, so
/// that its reader can say what is wrong.
[[nodiscard]] std::optional<CaptionFormat> detect_format(std::string_view utf8);

/// Reads a file of any supported encoding and format. A file with cues that could not be read at all gives
/// those that could, with findings of severity error; one without any readable cue gives them too (and no
/// cue). Without a transcoder GB 18030 and Big5 are `unsupported_encoding`.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_captions(std::string_view bytes,
                                                                     const Transcoder& transcode = {});

/// The same where the format is known, from the name of the file.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_captions_as(CaptionFormat format,
                                                                        std::string_view bytes,
                                                                        const Transcoder& transcode = {});

/// WebVTT §6.1 (parser algorithm): the cues, regions and styles of the standard, whatever else is told.
/// `utf8` may still have a byte order mark. Styles that load something are left out.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_webvtt(std::string_view utf8);

/// SubRip: numbers, "HH:MM:SS,mmm --> HH:MM:SS,mmm", text. i, b, u are kept, other markup is told and
/// dropped.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_srt(std::string_view utf8);

/// SubViewer as YouTube writes it: "H:MM:SS.mmm,H:MM:SS.mmm", text, an empty line. [br] ends a line.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_sbv(std::string_view utf8);

/// Advanced SubStation Alpha and SSA: times, names and text of the dialogue, by rising start; \N ends a line;
/// i, b, u and the place at the top are kept. Other overrides, styles and drawings are told and dropped.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_ass(std::string_view utf8);

/// TTML 2 as the IMSC 1.1 text profile uses it: see ttml_reader.cpp for what is kept.
[[nodiscard]] std::expected<CaptionFile, CaptionError> read_ttml(std::string_view utf8);

}  // namespace tongxing::accessibility
