// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/engines.hpp"

#include "media/speech/espeak_engine.hpp"
#include "media/speech/external_engine.hpp"
#include "media/speech/readings/mandarin_readings.hpp"

#include <utility>

namespace tongxing::media::speech {

using namespace accessibility;

FallbackEngine::FallbackEngine(std::vector<std::unique_ptr<SpeechEngine>> engines) {
  for (auto& engine : engines) engines_.push_back({std::move(engine)});
}

std::expected<Speech, SpeechError> FallbackEngine::speak(const SpeechRequest& request) {
  SpeechError last = SpeechError::failed;
  for (Entry& entry : engines_) {
    if (entry.failures >= kMostFailures) continue;
    auto speech = entry.engine->speak(request);
    if (speech) {
      entry.failures = 0;
      return speech;
    }
    last = speech.error();
    if (last == SpeechError::nothing_to_say || last == SpeechError::too_long) return speech;
    if (last == SpeechError::failed) ++entry.failures;
  }
  return std::unexpected(last);
}

std::unique_ptr<SpeechEngine> make_engine(const std::string& command) {
  auto espeak = std::make_unique<EspeakEngine>(mandarin_readings());
  auto words = command_words(command);
  if (words.empty()) return espeak;
  std::vector<std::unique_ptr<SpeechEngine>> engines;
  ExternalCommand external;
  external.words = std::move(words);
  engines.push_back(std::make_unique<ExternalEngine>(std::move(external)));
  engines.push_back(std::move(espeak));
  return std::make_unique<FallbackEngine>(std::move(engines));
}

}  // namespace tongxing::media::speech
