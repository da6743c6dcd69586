// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as SubRip: nothing crashes, and no markup but WebVTT's gets through.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/webvtt_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace tongxing::accessibility;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto file = read_srt(bytes);
  if (!file) return 0;
  for (const auto& cue : file->track.cues) {
    if (cue.text.find("-->") != std::string::npos) std::abort();
    for (const auto& problem : parse_cue_text(cue.text).problems) {
      if (problem.kind == FindingKind::unknown_tag) std::abort();
    }
  }
  const auto again = read_webvtt(write_webvtt(file->track));
  if (again && again->track.cues.size() != file->track.cues.size()) std::abort();
  return 0;
}
