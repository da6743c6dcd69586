// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// What the media worker makes, as values. Shared by server and worker; standard library only.
namespace tongxing::media::model {

using Milliseconds = std::chrono::milliseconds;

/// One media segment of a rendition (CMAF-style fMP4).
struct Segment {
  std::int64_t duration_us = 0;  ///< exact duration in microseconds
  std::int64_t bytes = 0;        ///< size of the file, measured
};

enum class MediaKind { video, audio };

/// What an audio rendition is for: it decides roles and characteristics in the manifests (media checklist
/// H15, D1–D3).
enum class AudioRole {
  main,         ///< the sound of the lesson
  description,  ///< the same sound with audio description mixed in
  dub           ///< the lesson in another language
};

/// One rendition: a folder with init.mp4 and s0.m4s, s1.m4s, … whose first sample has presentation time 0.
struct Rendition {
  std::string name;  ///< folder below the package: "v360", "a-und"
  MediaKind kind = MediaKind::video;
  std::string codecs;    ///< RFC 6381, read from the init segment: "avc1.4D401E", "mp4a.40.2"
  std::string language;  ///< BCP 47; audio only, "und" where unknown
  int width = 0;         ///< pixels; video only
  int height = 0;
  double frame_rate = 0;  ///< frames a second; video only
  int channels = 0;       ///< audio only
  int sample_rate = 0;    ///< Hz; audio only
  std::int64_t init_bytes = 0;
  std::vector<Segment> segments;
  AudioRole role = AudioRole::main;  ///< audio only
};

/// Everything that was made from one source file. Written by the worker as package.json beside the folders.
struct Package {
  Milliseconds duration{0};           ///< measured from the segments
  Milliseconds segment_duration{0};   ///< target
  std::vector<Rendition> renditions;  ///< video by rising height, then audio
  std::vector<std::string>
      notes;  ///< decisions, for the job's log: why a rung was dropped, what was repaired
};

/// A text track that the server adds to a package after the worker is done.
struct TextTrack {
  enum class Kind { caption, subtitle, easy_read };
  Kind kind = Kind::caption;
  std::string language;  ///< BCP 47: zh-Hans, zh-Hant, en
  std::string name;      ///< unique in its group, says what it is: "简体中文（含声音说明）"
  std::string folder;    ///< below the package: tN.vtt, index.m3u8, full.vtt
};

}  // namespace tongxing::media::model
