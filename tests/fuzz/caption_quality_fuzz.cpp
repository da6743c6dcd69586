// SPDX-License-Identifier: GPL-3.0-or-later
// Any track: the checks and repairs never crash, a repair loses no word and makes nothing worse, and a second
// one changes nothing. The first byte chooses language and use, the second what is known of the sound.
#include "accessibility/caption_quality/checks.hpp"
#include "accessibility/caption_quality/repairs.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::accessibility;

void require(bool good) {
  if (!good) std::abort();
}

CaptionContext context_of(std::uint8_t first, std::uint8_t second) {
  constexpr std::array<std::string_view, 6> kLanguages{"zh-Hans", "zh-Hant", "zh", "en", "ja", "x"};
  CaptionContext context{.language = std::string(kLanguages[first % kLanguages.size()])};
  context.use = static_cast<TrackUse>((first / 8) % 3);
  if ((second & 1) != 0) context.media_duration = Milliseconds{second * 500};
  if ((second & 2) != 0) context.speech = {{Milliseconds{1000}, Milliseconds{second * 100}}};
  if ((second & 4) != 0) context.sound = {{Milliseconds{0}, Milliseconds{90'000}}};
  if ((second & 8) != 0) context.shot_changes = {Milliseconds{1500}, Milliseconds{second * 50}};
  if ((second & 16) != 0) context.burned_in = {{{Milliseconds{0}, Milliseconds{5000}}, PictureArea::bottom}};
  return context;
}

/// Letters and figures of what is read: what no repair may touch.
std::u32string words_of(const Track& track) {
  std::u32string out;
  for (const auto& cue : track.cues) {
    for (const char32_t code : decode(plain_text(std::string_view{cue.text}))) {
      const bool letter = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                          (code >= 'a' && code <= 'z') || (code >= 0x3400 && code <= 0x9FFF);
      if (letter) out += code;
    }
  }
  return out;
}

std::size_t errors_in(const QualityReport& report) {
  std::size_t count = 0;
  for (const auto& finding : report.findings) count += finding.severity == Severity::error ? 1U : 0U;
  return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  auto context = context_of(data[0], data[1]);
  const auto file = read_captions({reinterpret_cast<const char*>(data + 2), size - 2});
  if (!file) return 0;
  static_cast<void>(check_captions(*file, context));
  // What a repair does not know of cannot be its fault.
  context.speech.reset();
  context.shot_changes.reset();
  auto track = file->track;
  const auto before = errors_in(check_captions(track, context));
  repair_captions(track, context);
  require(words_of(track) == words_of(file->track));
  require(errors_in(check_captions(track, context)) <= before);
  require(repair_captions(track, context).empty());
  return 0;
}
