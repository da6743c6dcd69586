// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/growing.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace tongxing::media::manifest {

namespace {

constexpr std::int64_t kMicroseconds = 1'000'000;
constexpr std::string_view kHead = "#EXTM3U\n#EXT-X-VERSION:7\n";

std::string seconds_text(std::int64_t microseconds) {
  auto fraction = std::to_string(microseconds % kMicroseconds);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(microseconds / kMicroseconds) + '.' + fraction;
}

std::string rate_text(double rate) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.begin(), buffer.end(), rate, std::chars_format::fixed, 3).ptr;
  return {buffer.begin(), end};
}

}  // namespace

std::string growing_playlist(const model::Rendition& rendition, model::Milliseconds segment_duration,
                             Growth growth) {
  // Rounded up: sound is cut at its own frames, some hundredths beside the planned border.
  const auto target = (segment_duration.count() + 999) / 1000;
  auto out = std::string{kHead} + "#EXT-X-TARGETDURATION:" + std::to_string(target < 1 ? 1 : target) +
             "\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n";
  std::size_t number = 0;
  for (const model::Segment& segment : rendition.segments) {
    out += "#EXTINF:" + seconds_text(segment.duration_us) + ",\ns" + std::to_string(number++) + ".m4s\n";
  }
  if (growth == Growth::ended) out += "#EXT-X-ENDLIST\n";
  return out;
}

std::string first_playlist(const model::Rendition& video, const model::Rendition* audio,
                           std::int64_t bandwidth, const Names& names) {
  const auto list = "/" + std::string{kGrowingPlaylist};
  // A list that grows is played from its newest end where nothing else is said (RFC 8216 §4.3.5.2).
  auto out = std::string{kHead} + "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-START:TIME-OFFSET=0\n";
  if (audio != nullptr) {
    out += "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=" + in_quotes(audio_name(names, *audio)) +
           ",LANGUAGE=" + in_quotes(audio->language) +
           ",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=" + in_quotes(std::to_string(audio->channels)) +
           ",URI=" + in_quotes(audio->name + list) + '\n';
  }
  out += "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(bandwidth) +
         ",CODECS=" + in_quotes(audio == nullptr ? video.codecs : video.codecs + "," + audio->codecs) +
         ",RESOLUTION=" + std::to_string(video.width) + 'x' + std::to_string(video.height) +
         ",FRAME-RATE=" + rate_text(video.frame_rate);
  if (audio != nullptr) out += ",AUDIO=\"aac\"";
  return out + ",CLOSED-CAPTIONS=NONE\n" + video.name + list + '\n';
}

}  // namespace tongxing::media::manifest
