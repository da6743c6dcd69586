// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_writer.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/text/bidi.hpp"

#include <array>

namespace tongxing::accessibility {

std::string_view name_of(LossKind kind) {
  constexpr std::array<std::string_view, 12> kNames{
      "style",    "region", "position",   "identifier",     "class_name", "voice",
      "language", "ruby",   "inner_time", "literal_markup", "control",    "never_shown"};
  return kNames[static_cast<std::size_t>(kind)];
}

Written write_webvtt_told(const Track& track) {
  Written written{write_webvtt(track), {}};
  for (const auto& style : track.styles) {
    if (!is_writable_style(style)) written.losses.push_back({.kind = LossKind::style, .text = style});
  }
  for (std::size_t i = 0; i < track.cues.size(); ++i) {
    const auto& cue = track.cues[i];
    if (!is_writable_id(cue.id)) {
      written.losses.push_back(
          {.kind = LossKind::identifier, .cue = i + 1, .line = cue.line, .text = cue.id});
    }
    const auto plain = plain_text(std::string_view{cue.text});
    if (without_bidi_tricks(plain) != plain) {
      written.losses.push_back(
          {.kind = LossKind::control, .cue = i + 1, .line = cue.line, .text = without_bidi_tricks(plain)});
    }
  }
  return written;
}

std::optional<Written> write_captions(CaptionFormat format, const Track& track, std::string_view language) {
  switch (format) {
    case CaptionFormat::webvtt:
      return write_webvtt_told(track);
    case CaptionFormat::srt:
      return write_srt(track);
    case CaptionFormat::ttml:
      return write_ttml(track, language);
    default:
      return std::nullopt;
  }
}

}  // namespace tongxing::accessibility
