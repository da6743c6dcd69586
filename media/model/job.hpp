// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstdint>
#include <string>

namespace tongxing::media::model {

/// What a `tongxing-worker package --job FILE` is asked to do. JSON members carry the same names.
struct JobSpec {
  std::string input;                   ///< the one file that may be read
  std::string output;                  ///< an empty folder that exists: the only place that may be written
  std::string audio_language = "cmn";  ///< BCP 47 of the main audio
  Milliseconds segment{6000};
  int threads = 2;
};

/// The worker's lines on standard output, one JSON object each: {"event": "progress", …}.
///   probed   duration_ms, has_video, has_audio, width, height, frame_rate
///   planned  renditions: ["v234", …, "a-cmn"]
///   progress rendition, permille (0…1000 of that rendition), eta_ms (−1 unknown)
///   output   rendition          — that rendition is whole and playable
///   warning  key, args          — message key of web/locales: what was repaired or lost
///   failed   key, args          — with exit code 2 (bad input) or 3 (resources)
///   done     (package.json is written and synced)
/// Exit codes: 0 done, 2 bad input, 3 resources, anything else: a bug.
enum class ExitCode : int { done = 0, bad_input = 2, resources = 3 };

}  // namespace tongxing::media::model
