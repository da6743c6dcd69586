// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::media::model {

/// A recorded sound that is added to the lesson's own: a dub, or the whole sound with description mixed in.
struct ExtraAudio {
  std::string input;     ///< a file that may be read
  std::string language;  ///< BCP 47
  AudioRole role = AudioRole::dub;
};

/// One rung that somebody asks for, instead of those that the engine would choose.
struct RungRequest {
  int lines = 0;     ///< of the shorter side; rungs above the source are left out
  int crf = 23;      ///< constant quality of x264: 0 … 51
  int max_kbps = 0;  ///< cap in kb/s
  std::string profile = "main";
  std::string prefix = "v";  ///< of the folder's name, before the lines; not part of the JSON
};

/// How much of a package is made. `rungs_only`: no sound and nothing beside the renditions.
enum class Extent { everything, audio_only, first_rung_only, rungs_only };

/// What the pictures are of, where somebody says so; it decides on the ladder. By themselves, screens are
/// told from cameras; whether a camera looks at a face or at hands that show something small, nobody can tell
/// but who made it.
enum class Subject { automatic, screen, people, hand_work, sign };

/// What a `tongxing-worker package --job FILE` is asked to do. JSON members carry the same names.
struct JobSpec {
  std::string input;                   ///< the one file that may be read
  std::string output;                  ///< an empty folder that exists: the only place that may be written
  std::string audio_language = "cmn";  ///< BCP 47 of the main audio
  Milliseconds segment{6000};
  int threads = 2;
  Extent extent = Extent::everything;
  Subject subject = Subject::automatic;
  std::vector<ExtraAudio> extra_audio{};  ///< in the order in which players list them, behind the main sound
  std::string sign{};                     ///< a video of the signer that may be read; empty: none
  std::string sign_language = "csl";      ///< BCP 47
  /// Where the signer's video begins on the lesson's time line, −1 h … 1 h. Behind the lesson's start its
  /// first picture stands until then; what lies before the lesson is left out.
  Milliseconds sign_offset{0};
  std::vector<RungRequest> ladder{};  ///< empty: from the source
};

/// The worker's lines on standard output, one JSON object each: {"event": "progress", …}.
///   probed   duration_ms, has_video, has_audio, width, height, frame_rate
///   planned  renditions: ["v234", …, "a-cmn"]
///   progress rendition, permille (0…1000 of that rendition), eta_ms (−1 unknown)
///   playable playlist           — the lowest rung and the sound are listed in it, and it grows
///   output   rendition          — that rendition is whole and playable
///   warning  key, args          — message key of web/locales: what was repaired or lost
///   failed   key, args          — with exit code 2 (bad input) or 3 (resources)
///   done     (package.json is written and synced; from `verify`: everything plays)
/// Exit codes: 0 done, 2 bad input, 3 resources, anything else: a bug.
enum class ExitCode : int { done = 0, bad_input = 2, resources = 3 };

}  // namespace tongxing::media::model
