// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/key_frame_bytes.hpp"

#include <optional>
#include <string_view>

namespace tongxing::media::pipeline {

namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t kBoxHead = 8;  // size and type
constexpr std::uint32_t kHasDataOffset = 0x1;
constexpr std::uint32_t kHasFirstFlags = 0x4;
constexpr std::uint32_t kHasDuration = 0x100;
constexpr std::uint32_t kHasSize = 0x200;

std::optional<std::uint32_t> number_at(Bytes bytes, std::size_t at) {
  if (at + 4 > bytes.size()) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

/// What is inside the first box of that type, with its place in the file added to `place`.
std::optional<Bytes> inside(Bytes boxes, std::string_view type, std::size_t& place) {
  std::size_t at = 0;
  while (at + kBoxHead <= boxes.size()) {
    const auto size = number_at(boxes, at).value_or(0);
    if (size < kBoxHead || size > boxes.size() - at) return std::nullopt;
    const auto* name = reinterpret_cast<const char*>(boxes.data()) + at + 4;
    if (std::string_view(name, 4) == type) {
      place += at;
      return boxes.subspan(at + kBoxHead, size - kBoxHead);
    }
    at += size;
  }
  return std::nullopt;
}

/// The default size of a sample, from a tfhd box (8.8.7).
std::uint32_t default_size(Bytes tfhd) {
  const auto flags = number_at(tfhd, 0).value_or(0);
  std::size_t at = 8;
  if ((flags & 0x1U) != 0) at += 8;
  if ((flags & 0x2U) != 0) at += 4;
  if ((flags & 0x8U) != 0) at += 4;
  return (flags & 0x10U) != 0 ? number_at(tfhd, at).value_or(0) : 0;
}

}  // namespace

std::int64_t first_sample_end(Bytes segment) noexcept {
  std::size_t moof_at = 0;
  const auto moof = inside(segment, "moof", moof_at);
  std::size_t ignored = 0;
  const auto traf = moof ? inside(*moof, "traf", ignored) : std::nullopt;
  const auto tfhd = traf ? inside(*traf, "tfhd", ignored) : std::nullopt;
  const auto trun = traf ? inside(*traf, "trun", ignored) : std::nullopt;
  if (!tfhd || !trun) return 0;
  const auto flags = number_at(*trun, 0).value_or(0);
  const auto offset = number_at(*trun, 8);
  if ((flags & kHasDataOffset) == 0 || !offset) return 0;
  std::size_t at = 12;
  if ((flags & kHasFirstFlags) != 0) at += 4;
  if ((flags & kHasDuration) != 0) at += 4;
  const auto size = (flags & kHasSize) != 0 ? number_at(*trun, at).value_or(0) : default_size(*tfhd);
  const auto end = static_cast<std::uint64_t>(moof_at) + *offset + size;
  return size == 0 || end > segment.size() ? 0 : static_cast<std::int64_t>(end);
}

}  // namespace tongxing::media::pipeline
