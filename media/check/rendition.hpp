// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/init_segment.hpp"
#include "media/check/segment_ref.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a rendition says of itself and what its segments really are.
namespace tongxing::media::check {

/// A segment as a manifest lists it.
struct ListedPart {
  FilePart part;
  std::size_t line = 0;  ///< in the manifest; 0: none
  std::int64_t declared_us = 0;
  std::optional<FilePart> init{};  ///< where it is not the one of the whole rendition
  bool begins_anew = false;        ///< its times need not go on from those of the one before
};

enum class Container : std::uint8_t { fragmented_mp4, transport_stream, webvtt, other, unknown };

/// One segment, read.
struct MeasuredSegment {
  ListedPart listed;
  std::uint64_t bytes = 0;
  enum class State : std::uint8_t { read, sized, unread } state = State::unread;  ///< sized: bytes only
  // Of the main track (the video, else the first), where the state is `read`:
  std::int64_t start_us = 0;  ///< decode time of its first sample
  std::int64_t duration_us = 0;
  enum class Start : std::uint8_t { key, flag_only, no_key, unknown } start = Start::unknown;
  std::vector<std::int64_t> keys_us;  ///< decode times of its key pictures; video only
  std::int64_t standing_us = 0;  ///< how long pictures stand still for a description; keys_us is without it

  [[nodiscard]] bool was_read() const noexcept { return state == State::read; }
};

/// When a track is first shown, after its edit list.
struct TrackStart {
  TrackKind kind = TrackKind::other;
  std::int64_t shown_us = 0;
  bool edited = false;  ///< an edit list cuts something off the front
};

/// A rendition whose segments have been read. Times in microseconds, rates in bits a second.
struct Rendition {
  std::string file;            ///< the manifest that lists it
  std::int64_t target_us = 0;  ///< what segments are meant to last
  Container container = Container::unknown;
  FilePart init_part;
  std::optional<InitSegment> init;
  std::string unread;  ///< why samples were not looked into; empty: they were
  std::vector<MeasuredSegment> segments;
  std::vector<TrackStart> starts;
  bool has_video = false;
  bool has_audio = false;
  std::int64_t longest_sample_us = 0;  ///< of the main track, but for pictures that stand still
  std::int64_t shortest_sample_us = 0;
  std::int64_t samples = 0;         ///< of the main track
  std::int64_t last_sample_us = 0;  ///< the same of the last one, which may be cut short

  [[nodiscard]] const Track* video() const { return init ? init->first(TrackKind::video) : nullptr; }
  [[nodiscard]] const Track* audio() const { return init ? init->first(TrackKind::audio) : nullptr; }
  /// By the manifest's durations.
  [[nodiscard]] std::int64_t declared_us() const;
  /// By the samples; by the manifest's durations where those were not read.
  [[nodiscard]] std::int64_t measured_us() const;
  /// The largest rate of any run of segments that lasts between 0.5 and 1.5 times the target duration (RFC
  /// 8216 §4.1, "peak segment bit rate"); of everything where all is shorter. 0: nothing to measure.
  [[nodiscard]] double peak() const;
  [[nodiscard]] double average() const;
};

}  // namespace tongxing::media::check
