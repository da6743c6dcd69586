// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/extended_playlists.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tongxing::media::description {

namespace {

constexpr std::int64_t kSecond = 1'000'000;  // microseconds

std::string seconds(std::int64_t us) {
  std::string fraction = std::to_string(us % kSecond);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(us / kSecond) + "." + fraction;
}

struct Rates {
  std::int64_t peak = 0;
  std::int64_t average = 0;
};

Rates rates_of(std::span<const ExtendedSegment> segments) {
  Rates rates;
  std::int64_t bytes = 0;
  std::int64_t duration = 0;
  for (const ExtendedSegment& segment : segments) {
    if (segment.duration_us <= 0) continue;
    rates.peak =
        std::max(rates.peak, (segment.bytes * 8 * kSecond + segment.duration_us - 1) / segment.duration_us);
    bytes += segment.bytes;
    duration += segment.duration_us;
  }
  if (duration > 0) rates.average = (bytes * 8 * kSecond + duration - 1) / duration;
  return rates;
}

std::string frame_rate(double rate) {
  std::array<char, 32> buffer{};
  return {buffer.data(), std::to_chars(buffer.begin(), buffer.end(), rate, std::chars_format::fixed, 3).ptr};
}

std::string in_quotation(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' || static_cast<unsigned char>(c) < 0x20 ? '\'' : c;
  return out + "\"";
}

}  // namespace

std::string extended_media_playlist(std::span<const ExtendedSegment> segments) {
  std::int64_t longest = kSecond;
  for (const ExtendedSegment& segment : segments) longest = std::max(longest, segment.duration_us);
  std::string text = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:" +
                     std::to_string((longest + kSecond / 2) / kSecond) +
                     "\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n";
  bool stood_still = false;
  for (const ExtendedSegment& segment : segments) {
    if (stood_still) text += "#EXT-X-DISCONTINUITY\n";
    text += "#EXTINF:" + seconds(segment.duration_us) + ",\n" + segment.uri + "\n";
    stood_still = segment.standing == Standing::stands_still;
  }
  return text + "#EXT-X-ENDLIST\n";
}

std::string extended_multivariant(std::span<const ExtendedRendition> videos, const ExtendedRendition& sound,
                                  const std::string& name) {
  const Rates heard = rates_of(sound.segments);
  const std::string uri = sound.of->name + "/described-extended.m3u8";
  std::string text =
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\","
      "NAME=" +
      in_quotation(name) + ",LANGUAGE=" + in_quotation(sound.of->language) +
      ",DEFAULT=YES,AUTOSELECT=YES,CHARACTERISTICS=\"public.accessibility.describes-video\",CHANNELS=\"1\"";
  if (videos.empty()) {
    return text + "\n#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(heard.peak) +
           ",AVERAGE-BANDWIDTH=" + std::to_string(heard.average) +
           ",CODECS=" + in_quotation(sound.of->codecs) + ",AUDIO=\"aac\",CLOSED-CAPTIONS=NONE\n" + uri + "\n";
  }
  text += ",URI=" + in_quotation(uri) + "\n";
  for (const ExtendedRendition& video : videos) {
    const Rates seen = rates_of(video.segments);
    text += "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(seen.peak + heard.peak) +
            ",AVERAGE-BANDWIDTH=" + std::to_string(seen.average + heard.average) +
            ",CODECS=" + in_quotation(video.of->codecs + "," + sound.of->codecs) +
            ",RESOLUTION=" + std::to_string(video.of->width) + "x" + std::to_string(video.of->height) +
            ",FRAME-RATE=" + frame_rate(video.of->frame_rate) + ",AUDIO=\"aac\",CLOSED-CAPTIONS=NONE\n" +
            video.of->name + "/described-extended.m3u8\n";
  }
  return text;
}

}  // namespace tongxing::media::description
