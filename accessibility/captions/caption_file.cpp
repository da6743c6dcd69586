// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"

#include "accessibility/captions/source_lines.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n\f";
constexpr std::size_t kHead = 4096;  // bytes that are looked at to recognise a format

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

std::string_view without_marks_and_space(std::string_view text) {
  for (;;) {
    if (text.starts_with(kBom)) {
      text.remove_prefix(kBom.size());
    } else if (!text.empty() && kSpace.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else {
      return text;
    }
  }
}

/// "0:00:01.000,0:00:02.000": digits, colons, points and one comma.
bool is_sbv_time(std::string_view line) {
  const auto comma = line.find(',');
  if (comma == std::string_view::npos || line.size() < 15) return false;
  const auto half = [](std::string_view text) {
    return std::ranges::count(text, ':') == 2 &&
           text.find_first_not_of("0123456789:. ") == std::string_view::npos;
  };
  return half(line.substr(0, comma)) && half(line.substr(comma + 1));
}

bool is_ttml(std::string_view head) {
  for (const auto* name : {"<tt>", "<tt ", "<tt\n", "<tt\r", "<tt\t", ":tt>", ":tt ", ":tt\n", ":tt\r"}) {
    if (head.find(name) != std::string_view::npos) return true;
  }
  return false;
}

std::expected<CaptionFile, CaptionError> read_text(CaptionFormat format, std::string_view text) {
  switch (format) {
    case CaptionFormat::webvtt:
      return read_webvtt(text);
    case CaptionFormat::srt:
      return read_srt(text);
    case CaptionFormat::sbv:
      return read_sbv(text);
    case CaptionFormat::ass:
      return read_ass(text);
    case CaptionFormat::ttml:
      return read_ttml(text);
  }
  std::unreachable();
}

CaptionError unsupported(std::string_view bytes) {
  const auto broken = first_invalid(bytes).value_or(0);
  const auto line = 1 + std::ranges::count(bytes.substr(0, broken), '\n');
  return {CaptionErrorKind::unsupported_encoding, static_cast<std::size_t>(line)};
}

std::expected<CaptionFile, CaptionError> read_any(std::optional<CaptionFormat> format, std::string_view bytes,
                                                  const Transcoder& transcode) {
  if (bytes.empty()) return std::unexpected(CaptionError{CaptionErrorKind::empty, 0});
  if (bytes.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  auto encoding = detect_encoding(bytes);
  if (encoding == Encoding::unknown) {
    // WebVTT is UTF-8 whatever its bytes say; of anything else it can not be known what it means.
    const bool webvtt = format.value_or(CaptionFormat::webvtt) == CaptionFormat::webvtt &&
                        detect_format(bytes) == CaptionFormat::webvtt;
    if (!webvtt) return std::unexpected(unsupported(bytes));
    encoding = Encoding::utf8;
  }
  std::string decoded;
  auto text = bytes;
  if (encoding != Encoding::utf8 && encoding != Encoding::utf8_bom) {
    auto utf8 = to_utf8(bytes, encoding, transcode);
    if (!utf8) return std::unexpected(unsupported(bytes));
    decoded = std::move(*utf8);
    text = decoded;
  }
  if (without_marks_and_space(text).empty()) return std::unexpected(CaptionError{CaptionErrorKind::empty, 0});
  if (!format) format = detect_format(text);
  if (!format) return std::unexpected(CaptionError{CaptionErrorKind::not_captions, 1});
  auto result = read_text(*format, text);
  if (result) result->encoding = encoding;
  return result;
}

}  // namespace

std::string_view name_of(CaptionErrorKind kind) {
  constexpr std::array<std::string_view, 8> kNames{
      "empty",        "too_large",  "too_many_cues", "cue_too_long", "unsupported_encoding",
      "not_captions", "broken_xml", "xml_with_dtd"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(CaptionFormat format) {
  constexpr std::array<std::string_view, 5> kNames{"webvtt", "srt", "sbv", "ass", "ttml"};
  return kNames[static_cast<std::size_t>(format)];
}

std::optional<CaptionFormat> format_of_name(std::string_view file_name) {
  constexpr std::array<std::pair<std::string_view, CaptionFormat>, 8> kExtensions{
      {{"vtt", CaptionFormat::webvtt},
       {"srt", CaptionFormat::srt},
       {"sbv", CaptionFormat::sbv},
       {"ass", CaptionFormat::ass},
       {"ssa", CaptionFormat::ass},
       {"ttml", CaptionFormat::ttml},
       {"dfxp", CaptionFormat::ttml},
       {"xml", CaptionFormat::ttml}}};
  const auto point = file_name.rfind('.');
  if (point == std::string_view::npos) return std::nullopt;
  const auto extension = lower_case(file_name.substr(point + 1));
  const auto found = std::ranges::find(kExtensions, extension, [](const auto& row) { return row.first; });
  if (found == kExtensions.end()) return std::nullopt;
  return found->second;
}

std::optional<CaptionFormat> detect_format(std::string_view utf8) {
  const auto text = without_marks_and_space(utf8);
  const auto head = lower_case(text.substr(0, kHead));
  if (head.starts_with("webvtt")) return CaptionFormat::webvtt;
  if (head.starts_with('<')) {
    if (is_ttml(head)) return CaptionFormat::ttml;
    return std::nullopt;
  }
  for (const auto* section : {"[script info]", "[v4+ styles]", "[v4 styles]", "[events]"}) {
    if (head.find(section) != std::string::npos) return CaptionFormat::ass;
  }
  if (is_sbv_time(text.substr(0, text.find_first_of("\r\n")))) return CaptionFormat::sbv;
  if (text.find("-->") != std::string_view::npos) return CaptionFormat::srt;
  return std::nullopt;
}

std::expected<CaptionFile, CaptionError> read_captions(std::string_view bytes, const Transcoder& transcode) {
  return read_any(std::nullopt, bytes, transcode);
}

std::expected<CaptionFile, CaptionError> read_captions_as(CaptionFormat format, std::string_view bytes,
                                                          const Transcoder& transcode) {
  return read_any(format, bytes, transcode);
}

}  // namespace tongxing::accessibility
