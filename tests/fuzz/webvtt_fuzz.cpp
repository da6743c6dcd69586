// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an uploaded caption file: nothing crashes, and what is read and written reads back the same.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/transcript/transcript.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::accessibility;

void require(bool good) {
  if (!good) std::abort();
}

void check_round_trip(const CaptionFile& file) {
  const auto written = write_webvtt(file.track);
  const auto again = read_webvtt(written);
  if (!again) {
    // Escaping may make a text longer than what may be read; nothing else may go wrong.
    require(again.error().kind == CaptionErrorKind::cue_too_long ||
            again.error().kind == CaptionErrorKind::too_large);
    return;
  }
  require(again->track.cues.size() == file.track.cues.size());
  require(write_webvtt(again->track) == written);
  for (std::size_t i = 0; i < file.track.cues.size(); ++i) {
    require(again->track.cues[i].start == file.track.cues[i].start);
    require(again->track.cues[i].settings == file.track.cues[i].settings);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto file = read_captions(bytes);
  if (!file) return 0;
  check_round_trip(*file);
  static_cast<void>(transcript_of(file->track));
  static_cast<void>(write_webvtt_segment(file->track, Milliseconds{0}, Milliseconds{30'000}));
  return 0;
}
