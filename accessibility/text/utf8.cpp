// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/utf8.hpp"

#include <cstring>

namespace tongxing::accessibility {
namespace {

/// What a first byte promises. The bounds of the second byte exclude overlong forms, surrogates and what is
/// above U+10FFFF (the table of the Unicode standard, chapter 3, well-formed byte sequences).
struct Lead {
  std::size_t length = 0;  // 0: no first byte
  unsigned second_from = 0x80;
  unsigned second_to = 0xBF;
};

Lead lead_of(unsigned byte) {
  if (byte < 0x80) return {.length = 1};
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {.length = 2};
  if (byte == 0xE0) return {.length = 3, .second_from = 0xA0};
  if (byte == 0xED) return {.length = 3, .second_to = 0x9F};
  if (byte < 0xF0) return {.length = 3};
  if (byte == 0xF0) return {.length = 4, .second_from = 0x90};
  if (byte < 0xF4) return {.length = 4};
  if (byte == 0xF4) return {.length = 4, .second_to = 0x8F};
  return {};
}

unsigned at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

constexpr std::size_t kStride = 8;

/// Eight bytes of ASCII at once.
bool starts_with_ascii(std::string_view text, std::size_t offset) {
  if (text.size() - offset < kStride) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + offset, kStride);
  return (word & 0x8080808080808080U) == 0;
}

bool is_plain_triple(std::string_view text, std::size_t offset) {
  const auto first = at(text, offset);
  return first > 0xE0 && first < 0xED && (at(text, offset + 1) & 0xC0U) == 0x80 &&
         (at(text, offset + 2) & 0xC0U) == 0x80;
}

}  // namespace

Decoded decode_front(std::string_view text) {
  if (text.empty()) return {};
  const auto first = at(text, 0);
  const auto lead = lead_of(first);
  if (lead.length == 1) return {first, 1, true};
  if (lead.length == 0) return {kReplacement, 1, false};
  char32_t code = first & (0x7FU >> lead.length);
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto from = i == 1 ? lead.second_from : 0x80U;
    const auto to = i == 1 ? lead.second_to : 0xBFU;
    if (i >= text.size() || at(text, i) < from || at(text, i) > to) return {kReplacement, i, false};
    code = (code << 6) | (at(text, i) & 0x3FU);
  }
  return {code, lead.length, true};
}

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    if (starts_with_ascii(text, offset)) {
      offset += kStride;
      continue;
    }
    // Nearly every character of Chinese, Japanese and Korean: three bytes, with a first one that has no
    // exceptions.
    if (text.size() - offset >= 3 && is_plain_triple(text, offset)) {
      offset += 3;
      continue;
    }
    const auto next = decode_front(text.substr(offset, 4));
    if (!next.valid) return offset;
    offset += next.length;
  }
  return std::nullopt;
}

std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto next = decode_front(text);
    out += next.code;
    text.remove_prefix(next.length);
  }
  return out;
}

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = kReplacement;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

std::string utf16_to_utf8(std::string_view bytes, ByteOrder order) {
  const auto unit = [&](std::size_t index) -> char32_t {
    const auto low = at(bytes, index + (order == ByteOrder::little ? 0 : 1));
    const auto high = at(bytes, index + (order == ByteOrder::little ? 1 : 0));
    return (high << 8) | low;
  };
  std::string out;
  out.reserve(bytes.size() * 3 / 2);
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    char32_t code = unit(i);
    const bool pair = code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 &&
                      unit(i + 2) < 0xE000;
    if (pair) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 2;
    }
    append_utf8(out, code);
  }
  if (i < bytes.size()) append_utf8(out, kReplacement);
  return out;
}

}  // namespace tongxing::accessibility
