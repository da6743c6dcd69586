// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/track_boxes.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace tongxing::media::av {

namespace {

constexpr int kMostBoxes = 4096;
constexpr std::size_t kMostTracks = 64;

struct Box {
  std::array<char, 4> name{};
  std::int64_t name_at = 0;
  std::int64_t content = 0;
  std::int64_t end = 0;

  [[nodiscard]] bool is(std::string_view type) const { return std::string_view(name.data(), 4) == type; }
};

std::int64_t number(const std::array<unsigned char, 16>& bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8U | bytes[at + i];
  return static_cast<std::int64_t>(value);
}

std::optional<Box> box_at(int fd, std::int64_t at, std::int64_t end) {
  std::array<unsigned char, 16> head{};
  if (at > end - 8 || ::pread(fd, head.data(), head.size(), at) < 8) return {};
  Box box;
  box.name_at = at + 4;
  for (std::size_t i = 0; i < 4; ++i) box.name[i] = static_cast<char>(head[4 + i]);
  std::int64_t size = number(head, 0, 4);
  std::int64_t header = 8;
  if (size == 1) {
    size = number(head, 8, 8);
    header = 16;
  } else if (size == 0) {
    size = end - at;
  }
  if (size < header || size > end - at) return {};
  box.content = at + header;
  box.end = at + size;
  return box;
}

}  // namespace

std::vector<std::int64_t> track_boxes(int fd) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) return {};
  std::int64_t end = info.st_size;
  std::vector<std::int64_t> names;
  std::int64_t at = 0;
  bool inside = false;
  for (int i = 0; i < kMostBoxes && at < end; ++i) {
    const auto box = box_at(fd, at, end);
    if (!box || (i == 0 && !box->is("ftyp"))) return {};
    if (box->is("moov") && !inside) {
      inside = true;
      at = box->content;
      end = box->end;
      continue;
    }
    if (inside && box->is("trak")) names.push_back(box->name_at);
    at = box->end;
  }
  return names.size() <= kMostTracks ? names : std::vector<std::int64_t>{};
}

}  // namespace tongxing::media::av
