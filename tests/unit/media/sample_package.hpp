// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <vector>

namespace tongxing::test {

using media::model::MediaKind;
using media::model::Package;
using media::model::Rendition;
using media::model::TextTrack;

/// Three segments: 6 s, 6 s, 1.5 s, with sizes that make the arithmetic easy to follow.
inline Rendition video(std::string name, int width, int height, std::int64_t scale) {
  return {
      .name = std::move(name),
      .kind = MediaKind::video,
      .codecs = "avc1.4D401E",
      .language = "",
      .width = width,
      .height = height,
      .frame_rate = 25,
      .segments = {{6'000'000, 75'000 * scale}, {6'000'000, 60'000 * scale}, {1'500'000, 37'500 * scale}}};
}

inline Rendition audio(std::string name, std::string language, std::int64_t bytes = 37'500) {
  return {.name = std::move(name),
          .kind = MediaKind::audio,
          .codecs = "mp4a.40.2",
          .language = std::move(language),
          .channels = 1,
          .sample_rate = 48'000,
          .segments = {{5'994'667, bytes}, {6'016'000, bytes}, {1'489'333, bytes / 4}}};
}

/// 240p, 360p, 720p and one sound.
inline Package sample_package() {
  return {.duration = std::chrono::milliseconds{13'500},
          .segment_duration = std::chrono::seconds{6},
          .renditions = {video("v240", 426, 240, 1), video("v360", 640, 360, 2), video("v720", 1280, 720, 8),
                         audio("a-cmn", "cmn")},
          .notes = {}};
}

inline std::vector<TextTrack> sample_tracks() {
  using Kind = TextTrack::Kind;
  return {{Kind::caption, "zh-Hans", "简体中文（含声音说明）", "t-zh-Hans-caption-1"},
          {Kind::subtitle, "zh-Hans", "简体中文", "t-zh-Hans-subtitle-2"},
          {Kind::easy_read, "zh-Hans", "简体中文（易读）", "t-zh-Hans-easy-read-3"},
          {Kind::subtitle, "en", "English", "t-en-subtitle-4"}};
}

}  // namespace tongxing::test
