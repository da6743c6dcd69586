// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/edit_list.hpp"

#include <stdexcept>
#include <string_view>

namespace tongxing::media::av {

namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t kHead = 8;  // size and type of a box

std::uint32_t number_at(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

void append(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::byte>(value >> static_cast<unsigned>(shift)));
}

void append(Bytes& bytes, std::string_view type) {
  for (const char letter : type) bytes.push_back(static_cast<std::byte>(letter));
}

/// Where the first box of a type begins between `from` and `to`.
std::size_t find(std::span<const std::byte> bytes, std::size_t from, std::size_t to, std::string_view type) {
  while (from + kHead <= to) {
    const std::size_t size = number_at(bytes, from);
    if (size < kHead || size > to - from) break;
    const std::string_view name(reinterpret_cast<const char*>(bytes.data() + from + 4), 4);
    if (name == type) return from;
    from += size;
  }
  throw std::logic_error("no box " + std::string(type) + " in the init segment");
}

void enlarge(Bytes& bytes, std::size_t box, std::uint32_t by) {
  const std::uint32_t size = number_at(bytes, box) + by;
  for (std::size_t i = 0; i < 4; ++i) bytes[box + i] = static_cast<std::byte>(size >> (24 - 8 * i));
}

}  // namespace

Bytes with_edit_list(std::span<const std::byte> init_segment, std::int64_t media_time) {
  const std::size_t moov = find(init_segment, 0, init_segment.size(), "moov");
  const std::size_t track = find(init_segment, moov + kHead, moov + number_at(init_segment, moov), "trak");
  const std::size_t header =
      find(init_segment, track + kHead, track + number_at(init_segment, track), "tkhd");
  Bytes list;
  append(list, 36);
  append(list, "edts");
  append(list, 28);
  append(list, "elst");
  append(list, 0);  // version and flags
  append(list, 1);  // entries
  append(list, 0);  // duration: all fragments
  append(list, static_cast<std::uint32_t>(media_time));
  append(list, 0x0001'0000);  // rate 1
  Bytes result(init_segment.begin(), init_segment.end());
  enlarge(result, moov, static_cast<std::uint32_t>(list.size()));
  enlarge(result, track, static_cast<std::uint32_t>(list.size()));
  const std::size_t place = header + number_at(init_segment, header);
  result.insert(result.begin() + static_cast<std::ptrdiff_t>(place), list.begin(), list.end());
  return result;
}

}  // namespace tongxing::media::av
