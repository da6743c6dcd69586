// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/reading_table.hpp"
#include "accessibility/narration/speech_engine.hpp"
#include "accessibility/narration/utterance.hpp"

#include <array>
#include <string>

/// The speech that is always there: libespeak-ng, in this process.
namespace tongxing::media::speech {

/// Mandarin from our own pinyin, Cantonese, English; 22,050 Hz. The rate is exact: a text of at least
/// kShortestMeasured units is spoken at the wanted rate ±3 %, pauses included, by measuring and speaking
/// again.
///
/// The library keeps its state in the process: one engine at a time, in one thread. It opens files of its
/// data folder whenever it changes voices, so a process that locks itself in speaks first.
class EspeakEngine final : public accessibility::SpeechEngine {
 public:
  static constexpr std::size_t kShortestMeasured = 12;

  /// `readings` is a view: its bytes must outlive the engine. Throws std::runtime_error where the library
  /// finds no data.
  explicit EspeakEngine(accessibility::ReadingTable readings);

  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> speak(
      const accessibility::SpeechRequest& request) override;

  /// The library's phonemes for a text: lets tests see that it is understood.
  [[nodiscard]] std::string phonemes(accessibility::UtteranceVoice voice, const std::string& text);

 private:
  struct Pace;
  [[nodiscard]] bool choose(accessibility::UtteranceVoice voice);
  [[nodiscard]] bool say(const accessibility::Utterance& utterance, const Pace& pace,
                         accessibility::Speech& into);
  [[nodiscard]] std::expected<accessibility::Speech, accessibility::SpeechError> say_all(
      std::span<const accessibility::Utterance> rows, const Pace& pace);

  accessibility::ReadingTable readings_;
  int sample_rate_ = 0;
  int chosen_ = -1;
};

/// What is spoken where a request leaves the rate open, in units a minute: characters (cmn 220, yue 205) or
/// words (en 160). From the rules A1 to A3 of audio description.
[[nodiscard]] int usual_rate(accessibility::SpokenLanguage language);

}  // namespace tongxing::media::speech
