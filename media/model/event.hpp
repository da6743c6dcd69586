// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/failure.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

/// What the worker says while it works, as values; one JSON line each on its standard output (see job.hpp).
namespace tongxing::media::model {

/// What was found in the source, before anything is made.
struct Probed {
  Milliseconds duration{0};  ///< as the container declares it; 0 where it does not
  bool has_video = false;
  bool has_audio = false;
  int width = 0;  ///< as shown: rotation and pixel shape applied
  int height = 0;
  double frame_rate = 0;  ///< of the source; 0 where there is no video
  std::string video_codec{};
  std::string audio_codec{};
  int channels = 0;
  int sample_rate = 0;
};

struct Planned {
  std::vector<std::string> renditions;
};

struct Progress {
  std::string rendition;
  int permille = 0;          ///< 0…1000 of that rendition, by media time
  std::int64_t eta_ms = -1;  ///< until that rendition is whole; −1 unknown
};

/// That rendition is whole and playable.
struct OutputReady {
  std::string rendition;
};

/// The lowest rung and the sound can be played from here on while everything is still being made.
struct FirstPlayable {
  std::string playlist;  ///< below the output folder; it and what it names grow until `done`
};

/// Something was repaired or lost; the work goes on.
struct Warning {
  std::string key;
  MessageArgs args{};
};

struct Failed {
  std::string key;
  MessageArgs args{};
};

struct Done {};

using JobEvent = std::variant<Probed, Planned, Progress, FirstPlayable, OutputReady, Warning, Failed, Done>;

/// Called for every event, one at a time, from any thread of the worker.
using EventListener = std::function<void(const JobEvent&)>;

}  // namespace tongxing::media::model
