// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/external_engine.hpp"

#include "accessibility/narration/normalise.hpp"
#include "media/speech/child_process.hpp"
#include "media/speech/espeak_engine.hpp"
#include "media/speech/wav.hpp"

#include <string_view>
#include <utility>

namespace tongxing::media::speech {

namespace {

using namespace accessibility;

std::string replaced(std::string text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
  return text;
}

/// Plain text: a better voice knows its characters itself.
std::string speakable(const NormalisedText& text) {
  std::string out;
  for (const Segment& segment : text.segments) {
    const bool english = segment.language == "en";
    switch (segment.kind) {
      case SegmentKind::short_pause:
        out += english ? ", " : "，";
        break;
      case SegmentKind::long_pause:
        out += english ? ". " : "。";
        break;
      case SegmentKind::reading:
        out += segment.written;
        break;
      default:
        if (english && !out.empty() && !out.ends_with(' ')) out += ' ';
        out += segment.spoken;
        if (english) out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

std::vector<std::string> command_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool begun = false;
  char quote = '\0';
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote)
        quote = '\0';
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      begun = true;
    } else if (c == ' ' || c == '\t') {
      if (begun) words.push_back(std::exchange(word, {}));
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) words.push_back(std::move(word));
  return words;
}

ExternalEngine::ExternalEngine(ExternalCommand command) : command_(std::move(command)) {}

std::expected<Speech, SpeechError> ExternalEngine::speak(const SpeechRequest& request) {
  const auto language = spoken_language(request.language);
  if (!language) return std::unexpected(SpeechError::unsupported_language);
  if (request.text.size() > kMaxSpokenBytes) return std::unexpected(SpeechError::too_long);
  const std::string text = speakable(normalise(request.text, *language));
  if (text.empty()) return std::unexpected(SpeechError::nothing_to_say);
  const std::string code(language_code(*language));
  const std::string rate =
      std::to_string(request.units_a_minute > 0 ? request.units_a_minute : usual_rate(*language));
  std::vector<std::string> words = command_.words;
  for (std::string& word : words)
    word = replaced(replaced(std::move(word), "{language}", code), "{rate}", rate);
  const auto output = run_child(words, {"TONGXING_SPEECH_LANGUAGE=" + code, "TONGXING_SPEECH_RATE=" + rate},
                                text, {command_.time_limit, command_.most_bytes});
  if (!output) return std::unexpected(SpeechError::failed);
  auto speech = read_wav(*output);
  if (!speech) return std::unexpected(SpeechError::failed);
  return std::move(*speech);
}

}  // namespace tongxing::media::speech
