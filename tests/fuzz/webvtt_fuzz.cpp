// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an uploaded caption file: nothing crashes, and what is read and written reads back the same.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/transcript/transcript.hpp"
#include "tests/fuzz/caption_round_trip.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tongxing::accessibility;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto file = read_captions(bytes);
  if (!file) return 0;
  tongxing::fuzz::require_webvtt_round_trip(file->track);
  tongxing::fuzz::require_other_formats(file->track);
  static_cast<void>(transcript_of(file->track));
  static_cast<void>(write_webvtt_segment(file->track, Milliseconds{0}, Milliseconds{30'000}));
  return 0;
}
