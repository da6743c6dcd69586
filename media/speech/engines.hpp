// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <memory>
#include <string>
#include <vector>

/// How a program gets its voice.
namespace tongxing::media::speech {

/// Asks one engine after the other until one speaks. One that failed kMostFailures times in a row is not
/// asked again: it may hang each time. A text that is too long or says nothing is the caller's matter: no
/// other engine is asked.
class FallbackEngine final : public accessibility::SpeechEngine {
 public:
  static constexpr int kMostFailures = 3;

  explicit FallbackEngine(std::vector<std::unique_ptr<accessibility::SpeechEngine>> engines);
  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest& request) override;

 private:
  struct Entry {
    std::unique_ptr<accessibility::SpeechEngine> engine;
    int failures = 0;
  };
  std::vector<Entry> engines_;
};

/// The engine of this installation: `command` (program and arguments, see ExternalEngine) if it is not empty,
/// then espeak-ng. Speak before a sandbox is entered: both need files, the first also starts programs. Throws
/// std::runtime_error where espeak-ng has no data and no command is given.
[[nodiscard]] std::unique_ptr<accessibility::SpeechEngine> make_engine(const std::string& command);

}  // namespace tongxing::media::speech
