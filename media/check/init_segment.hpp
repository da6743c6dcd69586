// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// What an init segment (ftyp + moov, ISO/IEC 14496-12 §8) says of its tracks. Hostile bytes in, values out.
namespace tongxing::media::check {

enum class TrackKind : std::uint8_t { video, audio, text, other };

/// The edit list as far as fragmented files use one (§8.6.6): perhaps an empty edit, then one that starts at
/// a media time.
struct EditList {
  std::int64_t delay_us = 0;    ///< length of the empty edit
  std::int64_t media_time = 0;  ///< in the track's timescale: what is shown first
};

/// Values that fragments inherit from trex (§8.8.3).
struct SampleDefaults {
  std::uint32_t duration = 0;
  std::uint32_t size = 0;
  std::uint32_t flags = 0;
};

struct Track {
  std::uint32_t id = 0;
  TrackKind kind = TrackKind::other;
  std::uint32_t timescale = 1;  ///< ticks a second, never 0
  std::string sample_entry;     ///< "avc1", "mp4a"; of encrypted tracks the original one
  std::string codec;            ///< RFC 6381; empty: the sample entry has no configuration that we know
  int width = 0;                ///< pixels of the sample entry; video only
  int height = 0;
  int shown_width = 0;  ///< pixels of the track header; video only
  int shown_height = 0;
  int channels = 0;           ///< audio only
  int sample_rate = 0;        ///< Hz; audio only
  int nal_length_size = 0;    ///< bytes before each NAL unit; 0: not H.264 or HEVC
  std::string parameter_set;  ///< the first H.264 sequence parameter set, with its NAL header
  enum class Protection : std::uint8_t { clear, encrypted } protection = Protection::clear;
  EditList edit;
  SampleDefaults defaults;
};

struct InitSegment {
  std::vector<Track> tracks;

  [[nodiscard]] const Track* first(TrackKind kind) const noexcept;
  [[nodiscard]] const Track* by_id(std::uint32_t id) const noexcept;
};

inline constexpr std::size_t kMostTracks = 16;

/// The error is a sentence in English: "no moov box".
[[nodiscard]] std::expected<InitSegment, std::string> read_init(std::string_view bytes);

}  // namespace tongxing::media::check
