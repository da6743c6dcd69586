// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text to speak: nothing crashes, what is said is UTF-8 and at most twenty times as long.
#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/reading_table.hpp"
#include "accessibility/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace tongxing::accessibility;

void require(bool good) {
  if (!good) std::abort();
}

void check(std::string_view text, SpokenLanguage language) {
  constexpr std::size_t most = 20;
  const NormalisedText result = normalise(text, language);
  std::size_t spoken = 0;
  for (const Segment& segment : result.segments) {
    require(!first_invalid(segment.spoken));
    spoken += segment.spoken.size();
  }
  require(spoken <= most * text.size());
  for (const FoundInText& found : result.findings) require(found.offset < text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  for (const auto language : {SpokenLanguage::mandarin, SpokenLanguage::cantonese, SpokenLanguage::english})
    check(bytes, language);
  static_cast<void>(ReadingTable::open(bytes));
  return 0;
}
