// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a DASH manifest: templates and timelines stay within their limits, sums cannot overflow.
#include "media/check/mpd.hpp"
#include "media/check/paths.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::media::check;

void require(bool good) {
  if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  static_cast<void>(iso_duration_us(text));
  const auto mpd = read_mpd(text);
  if (!mpd) return 0;
  std::size_t segments = 0;
  for (const auto& set : mpd->sets) {
    static_cast<void>(set.name());
    for (const auto& representation : set.representations) {
      segments += representation.segments.size();
      std::int64_t sum = 0;
      for (const auto& segment : representation.segments) {
        require(segment.duration_us >= 0);
        sum += segment.duration_us;
      }
      require(sum >= 0);
      if (!representation.segments.empty()) {
        static_cast<void>(package_file("manifest.mpd", representation.segments.front().url));
      }
    }
  }
  require(segments <= 200'000);
  return 0;
}
