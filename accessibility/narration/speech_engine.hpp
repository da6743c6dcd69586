// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

/// What turns text into sound. Declared here because narration and description need it; implemented outside
/// of this pure room (media/speech), and by a fake in tests.
namespace tongxing::accessibility {

struct SpeechRequest {
  std::string text;      ///< UTF-8, as an author wrote it, readings in braces included: 银行{yin2 hang2}
  std::string language;  ///< BCP 47: cmn, yue, en
  int units_a_minute =
      0;  ///< wanted rate: characters (cmn, yue) or words (en) a minute; 0: the language's own
  bool operator==(const SpeechRequest&) const = default;
};

/// Mono sound, 16-bit.
struct Speech {
  int sample_rate = 0;  ///< Hz
  std::vector<std::int16_t> samples;
  [[nodiscard]] std::chrono::milliseconds duration() const {
    return std::chrono::milliseconds(
        sample_rate > 0 ? static_cast<std::int64_t>(samples.size()) * 1000 / sample_rate : 0);
  }
};

enum class SpeechError : std::uint8_t {
  unsupported_language,  ///< no voice for it
  nothing_to_say,        ///< no speakable character
  too_long,              ///< more text than kMaxSpokenBytes
  failed,                ///< the engine crashed, hung or gave no sound
};

/// Longest text of one request.
inline constexpr std::size_t kMaxSpokenBytes = 10'000;

/// One engine. Not thread-safe: one thread at a time.
class SpeechEngine {
 public:
  SpeechEngine() = default;
  SpeechEngine(const SpeechEngine&) = delete;
  SpeechEngine& operator=(const SpeechEngine&) = delete;
  virtual ~SpeechEngine() = default;
  [[nodiscard]] virtual std::expected<Speech, SpeechError> speak(const SpeechRequest& request) = 0;
};

}  // namespace tongxing::accessibility
