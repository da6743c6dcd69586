// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/check_bytes.hpp"

#include <stdexcept>
#include <vector>

namespace tongxing::tests {

namespace {

std::uint32_t read32(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

/// Offsets of the boxes along a path, the outermost first.
std::vector<std::size_t> offsets_of(const std::string& file, std::string_view path) {
  std::vector<std::size_t> found;
  std::size_t at = 0;
  std::size_t end = file.size();
  while (!path.empty()) {
    const auto slash = path.find('/');
    const auto type = path.substr(0, slash);
    while (at + 8 <= end && std::string_view(file).substr(at + 4, 4) != type) at += read32(file, at);
    if (at + 8 > end) throw std::runtime_error("no box " + std::string{type});
    found.push_back(at);
    end = at + read32(file, at);
    at += 8;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return found;
}

}  // namespace

std::string number32(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
  return bytes;
}

std::string make_box(std::string_view type, std::string_view body) {
  return number32(static_cast<std::uint32_t>(body.size() + 8)) + std::string{type} + std::string{body};
}

std::string box_at(const std::string& file, std::string_view path) {
  const auto at = offsets_of(file, path).back();
  return file.substr(at, read32(file, at));
}

std::string with_box_inside(std::string file, std::string_view path, std::string_view box) {
  const auto offsets = offsets_of(file, path);
  const auto end = offsets.back() + read32(file, offsets.back());
  file.insert(end, box);
  for (const auto at : offsets)
    file.replace(at, 4, number32(read32(file, at) + static_cast<std::uint32_t>(box.size())));
  return file;
}

std::string without_idr(std::string segment, int index) {
  const auto mdat = offsets_of(segment, "mdat").back();
  const auto end = mdat + read32(segment, mdat);
  for (std::size_t at = mdat + 8; at + 5 <= end; at += 4 + read32(segment, at)) {
    const auto head = static_cast<unsigned char>(segment[at + 4]);
    if ((head & 31U) != 5 || index-- > 0) continue;
    segment[at + 4] = static_cast<char>((head & 0xE0U) | 1U);
    return segment;
  }
  throw std::runtime_error("the segment has no such IDR picture");
}

}  // namespace tongxing::tests
