// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/readings/mandarin_readings.hpp"

#include <stdexcept>
#include <string_view>

extern "C" const char tongxing_mandarin_readings[];
extern "C" const char tongxing_mandarin_readings_end[];

namespace tongxing::media::speech {

accessibility::ReadingTable mandarin_readings() {
  const std::string_view bytes(
      tongxing_mandarin_readings,
      static_cast<std::size_t>(tongxing_mandarin_readings_end - tongxing_mandarin_readings));
  auto table = accessibility::ReadingTable::open(bytes);
  if (!table) throw std::logic_error("the built-in table of Mandarin readings is broken");
  return *table;
}

}  // namespace tongxing::media::speech
