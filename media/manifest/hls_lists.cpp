// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/hls_lists.hpp"

#include "media/manifest/hls.hpp"

#include <algorithm>

namespace tongxing::media::manifest {
namespace {

using model::Milliseconds;
using model::Rendition;

constexpr std::int64_t kMicroseconds = 1'000'000;

}  // namespace

std::string seconds_text(std::int64_t microseconds) {
  auto fraction = std::to_string(microseconds % kMicroseconds);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(microseconds / kMicroseconds) + '.' + fraction;
}

/// The target duration: no segment, rounded, is longer (RFC 8216 §4.3.3.1).
std::string list_head(std::int64_t longest_us) {
  const auto target = std::max<std::int64_t>(1, (longest_us + kMicroseconds / 2) / kMicroseconds);
  return std::string{kPlaylistHead} + "#EXT-X-TARGETDURATION:" + std::to_string(target) +
         "\n#EXT-X-PLAYLIST-TYPE:VOD\n";
}

bool has_key_frames(const Rendition& rendition) {
  return !rendition.segments.empty() &&
         std::ranges::all_of(rendition.segments, [](const auto& segment) { return segment.key_bytes > 0; });
}

std::string iframe_playlist(const Rendition& rendition) {
  if (!has_key_frames(rendition)) return {};
  std::int64_t longest = 0;
  for (const auto& segment : rendition.segments) longest = std::max(longest, segment.duration_us);
  auto out = list_head(longest) + "#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI=\"init.mp4\"\n";
  std::size_t number = 0;
  for (const auto& segment : rendition.segments) {
    out += "#EXTINF:" + seconds_text(segment.duration_us) +
           ",\n#EXT-X-BYTERANGE:" + std::to_string(segment.key_bytes) + "@0\ns" + std::to_string(number++) +
           ".m4s\n";
  }
  return out + "#EXT-X-ENDLIST\n";
}

std::string media_playlist(const Rendition& rendition, Milliseconds segment_duration) {
  std::int64_t longest = segment_duration.count() * 1000;
  for (const auto& segment : rendition.segments) longest = std::max(longest, segment.duration_us);
  auto out = list_head(longest) + "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n";
  std::size_t number = 0;
  for (const auto& segment : rendition.segments) {
    out += "#EXTINF:" + seconds_text(segment.duration_us) + ",\ns" + std::to_string(number++) + ".m4s\n";
  }
  return out + "#EXT-X-ENDLIST\n";
}

std::string subtitle_playlist(Milliseconds duration, Milliseconds segment) {
  const auto spans = caption_segments(duration, segment);
  const auto first = spans.front().to - spans.front().from;
  auto out = list_head(first.count() * 1000);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto length = spans[i].to - spans[i].from;
    out += "#EXTINF:" + seconds_text(length.count() * 1000) + ",\nt" + std::to_string(i) + ".vtt\n";
  }
  return out + "#EXT-X-ENDLIST\n";
}

}  // namespace tongxing::media::manifest
