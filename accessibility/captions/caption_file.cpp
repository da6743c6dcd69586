// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_file.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kLittleBom = "\xFF\xFE";
constexpr std::string_view kBigBom = "\xFE\xFF";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\xEF\xBB\xBF") == std::string_view::npos;
}

std::expected<CaptionFile, CaptionError> read_text(std::string_view text) {
  if (is_blank(text)) return std::unexpected(CaptionError{CaptionErrorKind::empty, 0});
  auto body = text;
  while (body.starts_with(kUtf8Bom)) body.remove_prefix(kUtf8Bom.size());
  if (body.starts_with("WEBVTT")) return read_webvtt(text);
  if (body.find("-->") != std::string_view::npos) return read_srt(text);
  return std::unexpected(CaptionError{CaptionErrorKind::not_captions, 1});
}

}  // namespace

std::string_view name_of(CaptionErrorKind kind) {
  constexpr std::array<std::string_view, 6> kNames{
      "empty", "too_large", "too_many_cues", "cue_too_long", "unsupported_encoding", "not_captions"};
  return kNames[static_cast<std::size_t>(kind)];
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Bom)) return Encoding::utf8_bom;
  if (bytes.starts_with(kLittleBom)) return Encoding::utf16_little;
  if (bytes.starts_with(kBigBom)) return Encoding::utf16_big;
  return first_invalid(bytes) ? Encoding::unknown : Encoding::utf8;
}

std::expected<CaptionFile, CaptionError> read_captions(std::string_view bytes) {
  if (bytes.empty()) return std::unexpected(CaptionError{CaptionErrorKind::empty, 0});
  if (bytes.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  const auto encoding = detect_encoding(bytes);
  std::expected<CaptionFile, CaptionError> result;
  switch (encoding) {
    case Encoding::utf8:
    case Encoding::utf8_bom:
      result = read_text(bytes);
      break;
    case Encoding::utf16_little:
      result = read_text(utf16_to_utf8(bytes.substr(kLittleBom.size()), ByteOrder::little));
      break;
    case Encoding::utf16_big:
      result = read_text(utf16_to_utf8(bytes.substr(kBigBom.size()), ByteOrder::big));
      break;
    case Encoding::unknown: {
      const auto broken = first_invalid(bytes).value_or(0);
      const auto line = 1 + std::ranges::count(bytes.substr(0, broken), '\n');
      return std::unexpected(
          CaptionError{CaptionErrorKind::unsupported_encoding, static_cast<std::size_t>(line)});
    }
  }
  if (result) result->encoding = encoding;
  return result;
}

}  // namespace tongxing::accessibility
