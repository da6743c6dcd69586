// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as ASS: nothing crashes or takes long, only WebVTT's own markup gets through, and the track can
// be written.
#include "tests/fuzz/caption_round_trip.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  tongxing::fuzz::require_all(tongxing::accessibility::read_ass(bytes));
  return 0;
}
