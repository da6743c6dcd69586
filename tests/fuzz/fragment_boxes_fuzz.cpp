// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a segment and as an init segment: nothing crashes, and a segment that was understood stays
// one.
#include "media/description/fragment_boxes.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace description = tongxing::media::description;
using tongxing::accessibility::Milliseconds;
using tongxing::accessibility::Pause;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto* first = reinterpret_cast<const std::byte*>(data + 2);
  const std::span<const std::byte> bytes(first, size - 2);
  static_cast<void>(description::timescale_of(bytes));
  static_cast<void>(description::default_duration_of(bytes));
  std::vector<std::byte> copy(bytes.begin(), bytes.end());
  static_cast<void>(description::set_first_time(copy, data[0]));
  const std::vector<Pause> pauses{{Milliseconds(data[0] * 10), Milliseconds(data[1] * 100)},
                                  {Milliseconds(data[1]), Milliseconds(64)}};
  const description::TrackTimes track{
      .timescale = 1'000, .default_duration = 40, .edit_start = description::edit_start_of(bytes)};
  const auto longer = description::with_pauses(bytes, track, pauses);
  // What the edit list takes off is taken off already.
  const description::TrackTimes plain_track{.timescale = 1'000, .default_duration = 40};
  if (longer && !description::with_pauses(*longer, plain_track, {})) std::abort();
  const auto plain = description::without_edit_list(bytes);
  if (plain && (description::edit_start_of(*plain) != 0 ||
                description::timescale_of(*plain) != description::timescale_of(bytes))) {
    std::abort();
  }
  return 0;
}
