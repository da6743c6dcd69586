// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <chrono>

namespace tongxing::media::description {

/// How long one description may take to be made: a fixed part and one for each byte of text.
struct SpeechPatience {
  std::chrono::milliseconds fixed{10'000};
  std::chrono::milliseconds a_byte{20};
};

/// Lets another engine speak in a child process for each request, so that one which crashes or hangs costs
/// one description and not the job, and believes what comes back only where it is plausible: 4–192 kHz, not
/// silent, neither absurdly short nor absurdly long for its text. Must be used while the process has one
/// thread, and before it is locked in.
class GuardedSpeech final : public accessibility::SpeechEngine {
 public:
  /// `engine` outlives this object.
  explicit GuardedSpeech(accessibility::SpeechEngine& engine, SpeechPatience patience = {})
      : engine_(engine), patience_(patience) {}

  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest& request) override;

 private:
  accessibility::SpeechEngine& engine_;
  SpeechPatience patience_;
};

/// Whether a sound can be what was asked for.
[[nodiscard]] bool plausible(const accessibility::Speech& speech,
                             const accessibility::SpeechRequest& request);

}  // namespace tongxing::media::description
