// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

/// A better voice that somebody has installed: any program that takes text and gives a WAV file.
namespace tongxing::media::speech {

struct ExternalCommand {
  /// Program and arguments, without a shell. "{language}" and "{rate}" within an argument are replaced.
  std::vector<std::string> words;
  std::chrono::milliseconds time_limit{60'000};
  std::size_t most_bytes = std::size_t{64} << 20U;  ///< of its output
};

/// Cuts at spaces; "…" and '…' keep theirs together. Empty for an empty text.
[[nodiscard]] std::vector<std::string> command_words(std::string_view text);

/// Starts the command for each request: speakable text (numbers as words, no braces) on its standard input, a
/// WAV file expected on its standard output; TONGXING_SPEECH_LANGUAGE (cmn, yue, en) and TONGXING_SPEECH_RATE
/// (units a minute) in its environment. Whatever it does wrong (ends with another code than 0, gives no WAV,
/// gives too much, takes too long) is SpeechError::failed, and it and its process group are killed. A process
/// that locks itself in speaks first.
class ExternalEngine final : public accessibility::SpeechEngine {
 public:
  explicit ExternalEngine(ExternalCommand command);

  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest& request) override;

 private:
  ExternalCommand command_;
};

}  // namespace tongxing::media::speech
