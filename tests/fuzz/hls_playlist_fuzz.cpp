// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a playlist and as the addresses in it: limits hold, and no address leaves the folder.
#include "media/check/hls_playlist.hpp"
#include "media/check/numbers.hpp"
#include "media/check/paths.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

namespace {

using namespace tongxing::media::check;

void require(bool good) {
  if (!good) std::abort();
}

void check_address(std::string_view uri) {
  const auto file = package_file("v360/index.m3u8", uri);
  if (!file) return;
  require(!file->empty() && file->front() != '/' && file->find('\0') == std::string::npos);
  for (const auto& part : split(*file, '/')) require(part != ".." && part != ".");
  static_cast<void>(extension(*file));
}

void check_multivariant(const MultivariantPlaylist& playlist) {
  require(playlist.media.size() <= kMostTags && playlist.variants.size() <= kMostTags);
  for (const auto& tag : playlist.variants) check_address(tag.uri);
  for (const auto& tag : playlist.media) static_cast<void>(shown(tag.attributes.text("NAME")));
}

void check_media(const MediaPlaylist& playlist) {
  require(playlist.segments.size() <= kMostSegments);
  for (const auto& segment : playlist.segments) {
    require(segment.duration_us >= 0);
    check_address(segment.uri);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check_address(text);
  const auto playlist = read_playlist(text);
  if (!playlist) return 0;
  if (const auto* media = std::get_if<MediaPlaylist>(&*playlist)) check_media(*media);
  if (const auto* master = std::get_if<MultivariantPlaylist>(&*playlist)) check_multivariant(*master);
  return 0;
}
