// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/engine.hpp"

namespace tongxing::media::speech {

namespace {

/// Stands here until a real engine does: it has no voice, so that every description is text only.
class SilentEngine final : public accessibility::SpeechEngine {
 public:
  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest&) override {
    return std::unexpected(accessibility::SpeechError::unsupported_language);
  }
};

}  // namespace

std::unique_ptr<accessibility::SpeechEngine> make_engine() {
  return std::make_unique<SilentEngine>();
}

}  // namespace tongxing::media::speech
