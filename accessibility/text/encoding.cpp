// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/encoding.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kLittleBom = "\xFF\xFE";
constexpr std::string_view kBigBom = "\xFE\xFF";

// clang-format off
/// The most frequent characters of Chinese prose and its punctuation, as they stand in each encoding; sorted.
constexpr std::array<std::uint16_t, 152> kFrequentGb{
    0x81ED, 0x8280, 0x8283, 0x84D3, 0x85F8, 0x86D5, 0x86FE, 0x87F8, 0x8C57, 0x8C8D, 0x8CA6, 0x8FC4, 0x9572,
    0x95FE, 0x98D3, 0x9B5D, 0x9EE9, 0xA1A1, 0xA1A2, 0xA1A3, 0xA1AA, 0xA1AD, 0xA1B0, 0xA1B1, 0xA1B6, 0xA1B7,
    0xA1B8, 0xA1B9, 0xA3A1, 0xA3A8, 0xA3A9, 0xA3AC, 0xA3BA, 0xA3BB, 0xA3BF, 0xAC46, 0xAE94, 0xB06C, 0xB1BE,
    0xB2BB, 0xB2BF, 0xB3C9, 0xB3F6, 0xB4D3, 0xB4F3, 0xB5AB, 0xB5B1, 0xB5BD, 0xB5C0, 0xB5C3, 0xB5C4, 0xB5D8,
    0xB6A8, 0xB6AF, 0xB6BC, 0xB6D4, 0xB6E0, 0xB6F8, 0xB74E, 0xB7A2, 0xB7A8, 0xB7BD, 0xB7D6, 0xB8F6, 0xB9FA,
    0xB9FD, 0xBAC3, 0xBACD, 0xBAF3, 0xBBB9, 0xBBE1, 0xBCD2, 0xBD9B, 0xBDF8, 0xBEAD, 0xBECD, 0xBFAA, 0xBFB4,
    0xBFC9, 0xC0B4, 0xC0ED, 0xC0EF, 0xC1CB, 0xC3B4, 0xC3BB, 0xC3C7, 0xC3E6, 0xC4C7, 0xC4DC, 0xC4E3, 0xC4EA,
    0xC6E4, 0xC6F0, 0xC7B0, 0xC8A5, 0xC8BB, 0xC8CB, 0xC8E7, 0xC9CF, 0xC9FA, 0xCAB1, 0xCAB5, 0xCAC2, 0xCAC7,
    0xCBB5, 0xCBF9, 0xCBFB, 0xCBFD, 0xCCEC, 0xCDAC, 0xCEAA, 0xCED2, 0xCFC2, 0xCFD6, 0xCFEB, 0xD0A1, 0xD0A9,
    0xD0C4, 0xD0D0, 0xD165, 0xD1A7, 0xD1F9, 0xD2AA, 0xD2B2, 0xD2BB, 0xD2D4, 0xD2F2, 0xD3C3, 0xD3D0, 0xD3DA,
    0xD4DA, 0xD566, 0xD5E2, 0xD6AE, 0xD6BB, 0xD6D0, 0xD6D6, 0xD6F7, 0xD6F8, 0xD7C5, 0xD7D3, 0xD7D4, 0xD7F7,
    0xDF40, 0xDF4D, 0xDF5E, 0xDF80, 0xDFED, 0xE1E1, 0xE95F, 0xECB6, 0xFC4E};

constexpr std::array<std::uint16_t, 138> kFrequentBig5{
    0x894E, 0x8956, 0x8959, 0x8961, 0x8962, 0x8972, 0x98C7, 0x9DEF, 0x9DF6, 0x9DF7, 0x9FC4, 0x9FCF, 0xA140,
    0xA141, 0xA142, 0xA143, 0xA146, 0xA147, 0xA148, 0xA149, 0xA14B, 0xA158, 0xA15D, 0xA15E, 0xA16D, 0xA16E,
    0xA175, 0xA176, 0xA1A7, 0xA1A8, 0xA440, 0xA446, 0xA448, 0xA455, 0xA457, 0xA45C, 0xA45D, 0xA45F, 0xA46A,
    0xA46C, 0xA470, 0xA4A3, 0xA4A4, 0xA4A7, 0xA4C0, 0xA4D1, 0xA4DF, 0xA4E8, 0xA544, 0xA548, 0xA54C, 0xA558,
    0xA568, 0xA569, 0xA575, 0xA5BB, 0xA5CD, 0xA5CE, 0xA650, 0xA65A, 0xA65D, 0xA661, 0xA662, 0xA668, 0xA66E,
    0xA66F, 0xA670, 0xA67E, 0xA6A8, 0xA6B3, 0xA6D3, 0xA6DB, 0xA6E6, 0xA6FD, 0xA740, 0xA741, 0xA7DA, 0xA853,
    0xA8BA, 0xA8BD, 0xA8C6, 0xA8C7, 0xA8D3, 0xA8E4, 0xA8EC, 0xA94D, 0xA977, 0xA9D2, 0xA9F3, 0xAA6B, 0xAABA,
    0xAB65, 0xABE1, 0xAC4F, 0xACB0, 0xACDD, 0xAD6E, 0xADB1, 0xADCC, 0xADD3, 0xADF8, 0xAE61, 0xAEC9, 0xAFE0,
    0xB05F, 0xB0CA, 0xB0EA, 0xB16F, 0xB171, 0xB27A, 0xB27B, 0xB36F, 0xB3A1, 0xB3A3, 0xB44E, 0xB54D, 0xB56F,
    0xB5DB, 0xB669, 0xB67D, 0xB751, 0xB77C, 0xB7ED, 0xB867, 0xB8CC, 0xB944, 0xB94C, 0xB9EA, 0xB9EF, 0xBAD8,
    0xBBA1, 0xBBF2, 0xBCCB, 0xBEC7, 0xC1D9, 0xCFFA, 0xFDA9, 0xFED3};
// clang-format on

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

bool is_between(unsigned byte, unsigned from, unsigned to) {
  return byte >= from && byte <= to;
}

/// How a text looks in an encoding of double bytes.
struct Fit {
  std::size_t pairs = 0;     ///< characters of two or four bytes
  std::size_t frequent = 0;  ///< those among the most frequent ones
  std::size_t common = 0;    ///< those in the part of the table that holds what is in common use
  std::size_t broken = 0;    ///< bytes that can not stand where they are
};

template <std::size_t Size>
void count_pair(Fit& fit, const std::array<std::uint16_t, Size>& frequent, unsigned lead, unsigned trail) {
  ++fit.pairs;
  if (std::ranges::binary_search(frequent, static_cast<std::uint16_t>(lead * 256 + trail))) ++fit.frequent;
}

/// Level 1 of GB 2312, and its punctuation.
bool is_common_gb(unsigned lead, unsigned trail) {
  return trail >= 0xA1 && (is_between(lead, 0xB0, 0xD7) || lead == 0xA1 || lead == 0xA3);
}

/// The frequently used characters of Big5, and its punctuation.
bool is_common_big5(unsigned lead) {
  return is_between(lead, 0xA4, 0xC6) || lead == 0xA1;
}

Fit fit_gb18030(std::string_view text) {
  Fit fit;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = byte_at(text, i);
    const auto trail = i + 1 < text.size() ? byte_at(text, i + 1) : 0U;
    if (lead < 0x80) {
      ++i;
    } else if (is_between(lead, 0x81, 0xFE) && trail >= 0x40 && trail != 0x7F && trail != 0xFF) {
      count_pair(fit, kFrequentGb, lead, trail);
      fit.common += is_common_gb(lead, trail) ? 1 : 0;
      i += 2;
    } else if (is_between(lead, 0x81, 0xFE) && is_between(trail, 0x30, 0x39) && i + 3 < text.size() &&
               is_between(byte_at(text, i + 2), 0x81, 0xFE) && is_between(byte_at(text, i + 3), 0x30, 0x39)) {
      ++fit.pairs;
      i += 4;
    } else {
      ++fit.broken;
      ++i;
    }
  }
  return fit;
}

Fit fit_big5(std::string_view text) {
  Fit fit;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = byte_at(text, i);
    const auto trail = i + 1 < text.size() ? byte_at(text, i + 1) : 0U;
    if (lead < 0x80) {
      ++i;
    } else if (is_between(lead, 0x87, 0xFE) &&
               (is_between(trail, 0x40, 0x7E) || is_between(trail, 0xA1, 0xFE))) {
      count_pair(fit, kFrequentBig5, lead, trail);
      fit.common += is_common_big5(lead) ? 1 : 0;
      i += 2;
    } else {
      ++fit.broken;
      ++i;
    }
  }
  return fit;
}

/// Of a hundred characters of Chinese prose some forty are in the tables, and nearly all in common use; in
/// the wrong encoding one or two, and about half. 0: it can not be this encoding.
double likelihood(const Fit& fit) {
  if (fit.pairs == 0 || fit.broken * 20 > fit.pairs) return 0;
  const auto pairs = static_cast<double>(fit.pairs);
  return (2 * static_cast<double>(fit.frequent) + static_cast<double>(fit.common)) / pairs;
}

/// The better of the two, if it is good: a few words of a title may hold no frequent character at all, but
/// then they must look much better in one encoding than in the other.
Encoding chinese_encoding(std::string_view text) {
  const auto gb = fit_gb18030(text);
  const auto big5 = fit_big5(text);
  const bool prefer_gb = likelihood(gb) >= likelihood(big5);
  const auto& better = prefer_gb ? gb : big5;
  const auto distance = likelihood(better) - likelihood(prefer_gb ? big5 : gb);
  const bool is_prose = better.frequent * 10 >= better.pairs;
  const bool is_distinct = better.common * 20 >= better.pairs * 19 && distance >= 0.2;
  if (likelihood(better) <= 0 || !(is_prose || is_distinct)) return Encoding::unknown;
  return prefer_gb ? Encoding::gb18030 : Encoding::big5;
}

/// UTF-16 without a mark: in one half of the units the high byte is zero, because times, line ends and tags
/// are ASCII; in the other order hardly any is.
Encoding utf16_by_zeros(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const auto head = bytes.substr(0, kLooked & ~std::size_t{1});
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    even += head[i] == '\0' ? 1 : 0;
    odd += head[i + 1] == '\0' ? 1 : 0;
  }
  const auto units = head.size() / 2;
  if (odd * 4 > units && even * 20 <= units) return Encoding::utf16_little;
  if (even * 4 > units && odd * 20 <= units) return Encoding::utf16_big;
  return Encoding::unknown;
}

/// Characters of several bytes that are right UTF-8, against what is not: a UTF-8 file that was cut or
/// damaged is still one.
bool is_damaged_utf8(std::string_view bytes) {
  std::size_t good = 0;
  std::size_t bad = 0;
  while (!bytes.empty()) {
    const auto next = decode_front(bytes.substr(0, 4));
    if (!next.valid) ++bad;
    if (next.valid && next.length > 2) ++good;
    bytes.remove_prefix(next.length);
  }
  return good > 4 * bad;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  constexpr std::array<std::string_view, 7> kNames{"utf-8",   "utf-8",   "utf-16le", "utf-16be",
                                                   "unknown", "gb18030", "big5"};
  return kNames[static_cast<std::size_t>(encoding)];
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Bom)) return Encoding::utf8_bom;
  if (bytes.starts_with(kLittleBom)) return Encoding::utf16_little;
  if (bytes.starts_with(kBigBom)) return Encoding::utf16_big;
  if (const auto wide = utf16_by_zeros(bytes); wide != Encoding::unknown) return wide;
  if (!first_invalid(bytes) || is_damaged_utf8(bytes)) return Encoding::utf8;
  return chinese_encoding(bytes);
}

std::optional<std::string> to_utf8(std::string_view bytes, Encoding encoding, const Transcoder& transcode) {
  switch (encoding) {
    case Encoding::utf8_bom:
      return std::string(bytes.substr(kUtf8Bom.size()));
    case Encoding::utf16_little:
      return utf16_to_utf8(bytes.substr(bytes.starts_with(kLittleBom) ? kLittleBom.size() : 0),
                           ByteOrder::little);
    case Encoding::utf16_big:
      return utf16_to_utf8(bytes.substr(bytes.starts_with(kBigBom) ? kBigBom.size() : 0), ByteOrder::big);
    case Encoding::gb18030:
    case Encoding::big5:
      return transcode ? transcode(bytes, encoding) : std::nullopt;
    default:
      return std::string(bytes);
  }
}

}  // namespace tongxing::accessibility
