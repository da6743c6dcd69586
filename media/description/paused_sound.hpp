// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/time_map.hpp"
#include "accessibility/narration/speech_engine.hpp"
#include "media/pipeline/output_folder.hpp"

#include <cstdint>
#include <future>
#include <span>
#include <string>
#include <vector>

namespace tongxing::media::description {

/// A pause of the programme in which one description is spoken.
struct SpokenPause {
  std::size_t index = 0;              ///< of the description in its script
  accessibility::Milliseconds at{0};  ///< lesson time
  accessibility::Milliseconds length{0};
  const accessibility::Speech* speech = nullptr;
  double gain_db = 0;
  std::size_t segment = 0;  ///< of the lesson that stands still
};

/// Silence before and after the description while the lesson stands still.
inline constexpr accessibility::Milliseconds kLeadIn{150};
inline constexpr accessibility::Milliseconds kLeadOut{250};
/// Pauses are whole multiples of it: three AAC frames at 48 kHz are exactly 64 ms, so that what comes after a
/// pause lies on the same frames as without it.
inline constexpr accessibility::Milliseconds kPauseGrid{64};

[[nodiscard]] accessibility::Milliseconds pause_for_clip(accessibility::Milliseconds clip);

/// The segments of the described rendition in which the lesson stands still, made anew with the pauses in
/// them: x<N>.m4s beside s<N>.m4s, with the same first time, encoded from the same samples around the pauses.
/// Fed with the described sound as it goes by. Owner: one thread.
class PausedSound {
 public:
  /// `borders` as those of the rendition; `pauses` by rising time.
  PausedSound(const pipeline::OutputFolder& rendition, std::vector<std::int64_t> borders,
              std::vector<SpokenPause> pauses);

  void add(std::span<const float> samples);
  /// One made anew, and how long it is.
  struct Made {
    std::size_t segment = 0;
    std::int64_t duration_us = 0;
    std::int64_t bytes = 0;
  };
  [[nodiscard]] std::vector<Made> finish();

 private:
  struct Work {
    std::size_t segment = 0;
    std::int64_t from = 0;   ///< first sample that is needed
    std::int64_t until = 0;  ///< behind the last
    std::vector<SpokenPause> pauses;
    std::vector<float> samples;
  };

  void close(Work& work);

  const pipeline::OutputFolder& folder_;
  std::vector<std::int64_t> borders_;
  std::vector<Work> works_;
  std::size_t first_open_ = 0;
  std::int64_t position_ = 0;
  std::vector<Made> made_;
};

}  // namespace tongxing::media::description
