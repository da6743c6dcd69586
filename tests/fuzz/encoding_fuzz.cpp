// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a text of unknown encoding, with bidi controls and character references in it.
#include "accessibility/text/bidi.hpp"
#include "accessibility/text/character_reference.hpp"
#include "accessibility/text/encoding.hpp"
#include "accessibility/text/utf8.hpp"
#include "tests/fuzz/caption_round_trip.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tongxing::accessibility;
using tongxing::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto encoding = detect_encoding(bytes);
  const auto text = to_utf8(bytes, encoding, [](std::string_view, Encoding) { return std::string{"."}; });
  require(text.has_value());
  const bool wide = encoding == Encoding::utf16_little || encoding == Encoding::utf16_big;
  if (wide) require(!first_invalid(*text).has_value());
  const auto clean = without_bidi_tricks(bytes);
  require(clean.size() <= bytes.size());
  if (!first_invalid(bytes)) require(without_bidi_tricks(clean) == clean && !first_invalid(clean));
  require(read_character_reference(bytes).length <= bytes.size());
  static_cast<void>(detect_format(bytes));
  static_cast<void>(read_captions(bytes));
  return 0;
}
