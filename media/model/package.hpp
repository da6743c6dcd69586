// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/facts.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the media worker makes, as values. Shared by server and worker; standard library only.
namespace tongxing::media::model {

using Milliseconds = std::chrono::milliseconds;

/// One media segment of a rendition (CMAF-style fMP4).
struct Segment {
  std::int64_t duration_us = 0;  ///< exact duration in microseconds
  std::int64_t bytes = 0;        ///< size of the file, measured
  /// Video: from the start of the file to the end of its first picture, which is a key frame; 0 where nobody
  /// measured it.
  std::int64_t key_bytes = 0;
  /// Of xN.m4s, which takes the place of sN.m4s where the lesson stands still for its descriptions; 0: none.
  std::int64_t still_bytes = 0;
};

enum class MediaKind { video, audio };

/// What an audio rendition is for: it decides roles and characteristics in the manifests (media checklist
/// H15, D1–D3).
enum class AudioRole {
  main,         ///< the sound of the lesson
  description,  ///< the same sound with audio description mixed in
  dub           ///< the lesson in another language
};

/// BCP 47 of a sound in which nobody speaks: the silence that is the main sound of a described silent film.
inline constexpr std::string_view kNoWords = "zxx";

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
  AudioRole role = AudioRole::main;   ///< audio only
  std::int64_t still_init_bytes = 0;  ///< of xinit.mp4, the init segment of xN.m4s; 0: init.mp4 serves
};

/// Small pictures for the seek bar: thumb/t0.jpg, t1.jpg …, each a sheet of columns × rows of them.
struct Thumbnails {
  int columns = 5;
  int rows = 5;
  int width = 0;  ///< of one small picture, pixels
  int height = 0;
  Milliseconds interval{0};  ///< between two small pictures; the first shows the start
  int sheets = 0;            ///< how many files there are
  std::int64_t bytes = 0;    ///< of the largest sheet
};

/// A part of the lesson with a name.
struct Chapter {
  Milliseconds start{0};
  Milliseconds end{0};
  std::string language;  ///< BCP 47 of the title
  std::string title;     ///< plain text, one line, UTF-8
  bool operator==(const Chapter&) const = default;
};

/// The lesson stands still while a description is spoken.
struct StandStill {
  std::size_t segment = 0;  ///< in which it does
  Milliseconds at{0};       ///< lesson time
  Milliseconds length{0};
  bool operator==(const StandStill&) const = default;
};

/// The described-extended rendition (docs/decisions/0014): the pictures of the package with this sound, all
/// standing still here and there.
struct Extended {
  std::string sound;  ///< name of the described rendition
  std::vector<StandStill> pauses;
  bool operator==(const Extended&) const = default;
};

/// Everything that was made from one source file. Written by the worker as package.json beside the folders.
struct Package {
  Milliseconds duration{0};           ///< measured from the segments
  Milliseconds segment_duration{0};   ///< target
  std::vector<Rendition> renditions;  ///< video by rising height, then audio: the main one first
  std::vector<std::string>
      notes;                      ///< decisions, for the job's log: why a rung was dropped, what was repaired
  std::vector<Rendition> sign{};  ///< the signer alone, by rising height; language: of the signs
  std::optional<Rendition> signed_picture{};  ///< lesson and signer side by side, for players with one video
  std::optional<Thumbnails> thumbnails{};
  bool has_poster = false;          ///< poster.jpg is there
  int slides = 0;                   ///< how many pictures slides.json names
  std::vector<Chapter> chapters{};  ///< by rising start
  std::optional<Facts> facts{};     ///< nullopt: made before anything was measured
  std::optional<Extended> extended{};
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
