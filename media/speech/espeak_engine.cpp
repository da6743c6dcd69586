// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/espeak_engine.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <stdexcept>
#include <string_view>

#include <espeak-ng/speak_lib.h>

namespace tongxing::media::speech {

namespace {

using namespace accessibility;

constexpr double kTolerance = 0.03;
constexpr int kMostRounds = 4;
constexpr int kSlowest = 40;  // units a minute that can be asked for
constexpr int kFastest = 600;
constexpr double kLongestMinutes = 60;
constexpr int kSilence = 40;  // of 32,767: quieter is no speech

/// What the library's rate means for each voice: units a minute of bare speech, without pauses, at the rates
/// of kRates. Measured on five passages of lessons each.
constexpr std::size_t kPoints = 7;
constexpr std::array<double, kPoints> kRates = {80, 120, 160, 200, 260, 350, 450};
struct VoiceData {
  const char* name;
  std::array<double, kPoints> units;
};
constexpr std::array<double, kPoints> kCantonese = {128, 183, 250, 317, 426, 563, 694};
constexpr VoiceData kVoices[] = {{"cmn-latn-pinyin", {103, 150, 206, 266, 359, 491, 573}},
                                 {"yue", kCantonese},
                                 {"yue-latn-jyutping", kCantonese},
                                 {"en", {115, 161, 213, 264, 338, 456, 571}}};

/// The library's rate for so many units a minute, by the nearest two points.
double rate_for(const VoiceData& voice, double units) {
  std::size_t i = 1;
  while (i + 1 < kPoints && voice.units[i] < units) ++i;
  const double part = (units - voice.units[i - 1]) / (voice.units[i] - voice.units[i - 1]);
  return kRates[i - 1] + part * (kRates[i] - kRates[i - 1]);
}

constexpr std::size_t index_of(UtteranceVoice voice) {
  return static_cast<std::size_t>(voice);
}

double pause_seconds(PauseAfter pause) {
  switch (pause) {
    case PauseAfter::none:
      return 0;
    case PauseAfter::word:
      return 0.06;
    case PauseAfter::clause:
      return 0.22;
    case PauseAfter::sentence:
      return 0.45;
  }
  return 0;
}

struct Collector {
  std::vector<std::int16_t> samples;
  std::size_t most = 0;
};

/// The library is started once in a process and never stopped: espeak_Terminate may wait for its own thread
/// for ever (1.51), and what it holds ends with the process. Returns its sample rate, or ≤ 0.
int start_library() {
  static const int rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
  return rate;
}

/// Gives 1 to make the library stop.
int collect(short* wave, int count, espeak_EVENT* events) {
  auto* collector = events != nullptr ? static_cast<Collector*>(events->user_data) : nullptr;
  if (collector == nullptr || wave == nullptr || count <= 0) return 0;
  if (collector->samples.size() + static_cast<std::size_t>(count) > collector->most) return 1;
  collector->samples.insert(collector->samples.end(), wave, wave + count);
  return 0;
}

/// A letter A by itself would be read as the article: it is given as the phoneme of its name.
std::string for_library(const Utterance& utterance) {
  if (utterance.voice != UtteranceVoice::english) return utterance.text;
  std::string out;
  const std::string_view text = utterance.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ';
    const bool ends = i + 1 == text.size() || text[i + 1] == ' ';
    if (text[i] == 'A' && begins && ends)
      out += "[['eI]]";
    else
      out += text[i];
  }
  return out;
}

/// Without the silence at both ends, which the library adds after each clause.
std::span<const std::int16_t> trimmed(std::span<const std::int16_t> samples) {
  const auto loud = [](std::int16_t s) { return std::abs(int{s}) > kSilence; };
  const auto first = std::ranges::find_if(samples, loud);
  if (first == samples.end()) return {};
  std::size_t end = samples.size();
  while (!loud(samples[end - 1])) --end;
  const auto begin = static_cast<std::size_t>(first - samples.begin());
  return samples.subspan(begin, end - begin);
}

}  // namespace

/// How fast each kind of unit is said, in units a minute, and by how much pauses are stretched.
struct EspeakEngine::Pace {
  double characters = 0;
  double words = 0;
  double pauses = 1;

  [[nodiscard]] int library_rate(UtteranceVoice voice) const {
    const double wanted = voice == UtteranceVoice::english ? words : characters;
    const double rate = rate_for(kVoices[index_of(voice)], wanted);
    return static_cast<int>(std::clamp(rate, double{espeakRATE_MINIMUM}, double{espeakRATE_MAXIMUM}));
  }
};

EspeakEngine::EspeakEngine(ReadingTable readings) : readings_(readings) {
  sample_rate_ = start_library();
  if (sample_rate_ <= 0)
    throw std::runtime_error("espeak-ng finds no data: is the package espeak-ng-data installed?");
  espeak_SetSynthCallback(collect);
}

bool EspeakEngine::choose(UtteranceVoice voice) {
  const int number = static_cast<int>(index_of(voice));
  if (chosen_ == number) return true;
  if (espeak_SetVoiceByName(kVoices[index_of(voice)].name) != EE_OK) return false;
  chosen_ = number;
  return true;
}

bool EspeakEngine::say(const Utterance& utterance, const Pace& pace, Speech& into) {
  if (!choose(utterance.voice)) return false;
  espeak_SetParameter(espeakRATE, pace.library_rate(utterance.voice), 0);
  Collector collector;
  collector.most = static_cast<std::size_t>(kLongestMinutes * 60 * sample_rate_) - into.samples.size();
  const std::string text = for_library(utterance);
  const auto said = espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0,
                                 espeakCHARS_UTF8 | espeakPHONEMES, nullptr, &collector);
  if (said != EE_OK) return false;
  const auto speech = trimmed(collector.samples);
  into.samples.insert(into.samples.end(), speech.begin(), speech.end());
  const double silence = pause_seconds(utterance.pause) * pace.pauses * sample_rate_;
  into.samples.insert(into.samples.end(), static_cast<std::size_t>(silence), 0);
  return into.samples.size() < static_cast<std::size_t>(kLongestMinutes * 60 * sample_rate_);
}

std::expected<Speech, SpeechError> EspeakEngine::say_all(std::span<const Utterance> rows, const Pace& pace) {
  Speech speech;
  speech.sample_rate = sample_rate_;
  for (const Utterance& row : rows) {
    if (!say(row, pace, speech)) return std::unexpected(SpeechError::failed);
  }
  return speech;
}

std::expected<Speech, SpeechError> EspeakEngine::speak(const SpeechRequest& request) {
  const auto language = spoken_language(request.language);
  if (!language) return std::unexpected(SpeechError::unsupported_language);
  if (request.text.size() > kMaxSpokenBytes) return std::unexpected(SpeechError::too_long);
  const Narration narration = narrate(request.text, *language, readings_);
  const auto rows = utterances(narration);
  const SpokenUnits units = spoken_units(narration);
  if (rows.empty()) return std::unexpected(SpeechError::nothing_to_say);

  const int usual = usual_rate(*language);
  const int wanted =
      request.units_a_minute > 0 ? std::clamp(request.units_a_minute, kSlowest, kFastest) : usual;
  const double relative = static_cast<double>(wanted) / usual;
  const bool english = *language == SpokenLanguage::english;
  const double characters = english ? usual_rate(SpokenLanguage::mandarin) * relative : wanted;
  const double words = english ? wanted : usual_rate(SpokenLanguage::english) * relative;
  const double minutes =
      static_cast<double>(units.characters) / characters + static_cast<double>(units.words) / words;
  double factor = 1;
  std::expected<Speech, SpeechError> speech = std::unexpected(SpeechError::failed);
  for (int round = 0; round < kMostRounds; ++round) {
    speech = say_all(rows, Pace{characters * factor, words * factor, 1 / relative});
    if (!speech || speech->samples.empty() || units.characters + units.words < kShortestMeasured) break;
    const double took = static_cast<double>(speech->samples.size()) / (60.0 * sample_rate_);
    if (std::abs(took / minutes - 1) <= kTolerance) break;
    factor = std::clamp(factor * took / minutes, 0.5, 2.0);
  }
  if (speech && speech->samples.empty()) return std::unexpected(SpeechError::nothing_to_say);
  return speech;
}

std::string EspeakEngine::phonemes(UtteranceVoice voice, const std::string& text) {
  if (!choose(voice)) return {};
  const void* rest = text.c_str();
  std::string out;
  while (rest != nullptr) {
    const char* part = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, 0);
    if (part != nullptr) out += part;
  }
  return out;
}

int usual_rate(SpokenLanguage language) {
  switch (language) {
    case SpokenLanguage::mandarin:
      return 220;
    case SpokenLanguage::cantonese:
      return 205;
    case SpokenLanguage::english:
      return 160;
  }
  return 160;
}

}  // namespace tongxing::media::speech
