// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/hls.hpp"

#include "media/manifest/hls_lists.hpp"
#include "media/manifest/rates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace tongxing::media::manifest {
namespace {

using model::MediaKind;
using model::Milliseconds;
using model::Package;
using model::Rendition;
using model::TextTrack;

constexpr int kStartRung = 360;  // lines of the picture that a phone starts with
constexpr std::string_view kAudioGroup = "aac";
constexpr std::string_view kTextGroup = "subs";

std::vector<const Rendition*> videos_of(const Package& package) {
  std::vector<const Rendition*> result;
  for (const auto& rendition : package.renditions) {
    if (rendition.kind == MediaKind::video) result.push_back(&rendition);
  }
  return result;
}

/// By rising size, with the start rung moved to the front.
std::vector<const Rendition*> in_variant_order(std::vector<const Rendition*> videos) {
  const auto lines = [](const Rendition* video) { return std::min(video->width, video->height); };
  std::ranges::sort(videos, {},
                    [](const Rendition* video) { return std::pair{video->height, video->width}; });
  const auto start = std::ranges::min_element(
      videos, {}, [&](const Rendition* video) { return std::abs(lines(video) - kStartRung); });
  if (start != videos.end()) std::rotate(videos.begin(), start, start + 1);
  return videos;
}

std::string frame_rate_text(double rate) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.begin(), buffer.end(), rate, std::chars_format::fixed, 3).ptr;
  return {buffer.data(), end};
}

std::string_view characteristics(TextTrack::Kind kind) {
  switch (kind) {
    case TextTrack::Kind::caption:
      return "public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound";
    case TextTrack::Kind::easy_read:
      return "public.easy-to-read";
    case TextTrack::Kind::subtitle:
      return "";
  }
  return "";
}

std::vector<std::string> audio_names(const std::vector<const Rendition*>& audios, const Names& names) {
  std::vector<std::string> result;
  for (const auto* audio : audios) result.push_back(audio_name(names, *audio));
  return made_unique(std::move(result));
}

/// AUTOSELECT is for players that choose by themselves: of two that they could not tell apart, only the
/// first.
template <typename Range, typename Same>
std::string_view autoselect(const Range& range, std::size_t index, Same same) {
  for (std::size_t i = 0; i < index; ++i) {
    if (same(range[i], range[index])) return "NO";
  }
  return "YES";
}

std::string_view characteristics(const Rendition& audio) {
  return audio.role == model::AudioRole::description ? "public.accessibility.describes-video" : "";
}

enum class DefaultUri { given, omitted };

std::string audio_lines(const std::vector<const Rendition*>& audios, const Names& names, DefaultUri uri,
                        const Files& files) {
  const auto unique = audio_names(audios, names);
  const auto same = [](const Rendition* a, const Rendition* b) {
    return a->language == b->language && characteristics(*a) == characteristics(*b);
  };
  std::string out;
  for (std::size_t i = 0; i < audios.size(); ++i) {
    out += "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=" + in_quotes(kAudioGroup) + ",NAME=" + in_quotes(unique[i]) +
           ",LANGUAGE=" + in_quotes(audios[i]->language) + ",DEFAULT=" + (i == 0 ? "YES" : "NO") +
           ",AUTOSELECT=";
    out += autoselect(audios, i, same);
    const auto marks = characteristics(*audios[i]);
    if (!marks.empty()) out += ",CHARACTERISTICS=" + in_quotes(marks);
    if (audios[i]->channels > 0) out += ",CHANNELS=" + in_quotes(std::to_string(audios[i]->channels));
    if (i > 0 || uri == DefaultUri::given) out += ",URI=" + in_quotes(audios[i]->name + '/' + files.list);
    out += '\n';
  }
  return out;
}

std::string text_lines(std::span<const TextTrack> tracks) {
  std::vector<std::string> given;
  for (const auto& track : tracks) given.push_back(track.name);
  const auto unique = made_unique(std::move(given));
  const auto same = [](const TextTrack& a, const TextTrack& b) {
    return a.language == b.language && a.kind == b.kind;
  };
  std::string out;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    out += "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=" + in_quotes(kTextGroup) + ",NAME=" + in_quotes(unique[i]) +
           ",LANGUAGE=" + in_quotes(tracks[i].language) + ",DEFAULT=NO,AUTOSELECT=";
    out += autoselect(tracks, i, same);
    out += ",FORCED=NO";
    const auto marks = characteristics(tracks[i].kind);
    if (!marks.empty()) out += ",CHARACTERISTICS=" + in_quotes(marks);
    out += ",URI=" + in_quotes(tracks[i].folder + "/index.m3u8") + '\n';
  }
  return out;
}

/// What all variants share: the codecs and rates of the audio group.
struct Group {
  std::vector<std::string> codecs;
  std::int64_t peak = 0;
  std::int64_t average = 0;
};

Group audio_group(const std::vector<const Rendition*>& audios, Milliseconds segment) {
  Group group;
  for (const auto* audio : audios) {
    if (std::ranges::find(group.codecs, audio->codecs) == group.codecs.end())
      group.codecs.push_back(audio->codecs);
    group.peak = std::max(group.peak, peak_bit_rate(*audio, segment));
    group.average = std::max(group.average, average_bit_rate(*audio));
  }
  return group;
}

std::string codecs_text(std::string codecs, const Group& group) {
  for (const auto& codec : group.codecs) codecs += (codecs.empty() ? "" : ",") + codec;
  return in_quotes(codecs);
}

/// The end of a variant's attributes, and its URI.
std::string variant_tail(const Group& group, std::span<const TextTrack> tracks, const std::string& list) {
  std::string out;
  if (!group.codecs.empty()) out += ",AUDIO=" + in_quotes(kAudioGroup);
  if (!tracks.empty()) out += ",SUBTITLES=" + in_quotes(kTextGroup);
  return out + ",CLOSED-CAPTIONS=NONE\n" + list + '\n';
}

std::string rates_text(std::int64_t peak, std::int64_t average) {
  return "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(peak) +
         ",AVERAGE-BANDWIDTH=" + std::to_string(average);
}

std::string variant(const Rendition& video, const Group& group, const Package& package,
                    std::span<const TextTrack> tracks, const Files& files = {}) {
  auto out = rates_text(peak_bit_rate(video, package.segment_duration) + group.peak,
                        average_bit_rate(video) + group.average);
  out += ",CODECS=" + codecs_text(video.codecs, group);
  if (video.width > 0 && video.height > 0) {
    out += ",RESOLUTION=" + std::to_string(video.width) + 'x' + std::to_string(video.height);
  }
  if (video.frame_rate > 0) out += ",FRAME-RATE=" + frame_rate_text(video.frame_rate);
  return out + variant_tail(group, tracks, video.name + '/' + files.list);
}

std::string iframe_variant(const Rendition& video) {
  if (!has_key_frames(video)) return {};
  auto out = "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + std::to_string(peak_key_bit_rate(video)) +
             ",AVERAGE-BANDWIDTH=" + std::to_string(average_key_bit_rate(video)) +
             ",CODECS=" + in_quotes(video.codecs);
  if (video.width > 0 && video.height > 0) {
    out += ",RESOLUTION=" + std::to_string(video.width) + 'x' + std::to_string(video.height);
  }
  return out + ",URI=" + in_quotes(video.name + "/iframe.m3u8") + '\n';
}

/// What every multivariant playlist with the lesson in it begins with.
std::string master_head(const Package& package, const Files& files) {
  auto out = std::string{kPlaylistHead} + "#EXT-X-INDEPENDENT-SEGMENTS\n";
  if (!package.chapters.empty()) {
    out += "#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=" + in_quotes(files.chapters) + '\n';
  }
  return out;
}

}  // namespace

std::string multivariant_playlist(const Package& package, std::span<const TextTrack> tracks,
                                  const Names& names, const Files& files) {
  const auto videos = in_variant_order(videos_of(package));
  if (videos.empty()) return audio_only_playlist(package, tracks, names, files);
  const auto audios = audio_in_order(package);
  const auto group = audio_group(audios, package.segment_duration);
  auto out = master_head(package, files);
  out += audio_lines(audios, names, DefaultUri::given, files);
  out += text_lines(tracks);
  for (const auto* video : videos) out += variant(*video, group, package, tracks, files);
  for (const auto* video : videos) out += iframe_variant(*video);
  return out;
}

std::string audio_only_playlist(const Package& package, std::span<const TextTrack> tracks, const Names& names,
                                const Files& files) {
  auto audios = audio_in_order(package);
  // Of a silent film the description is what there is to hear.
  if (audios.size() > 1 && audios.front()->language == model::kNoWords) audios.erase(audios.begin());
  if (audios.empty()) return {};
  const auto group = audio_group(audios, package.segment_duration);
  auto out = master_head(package, files);
  out += audio_lines(audios, names, DefaultUri::omitted, files);
  out += text_lines(tracks);
  out += rates_text(group.peak, group.average) + ",CODECS=" + codecs_text({}, group);
  return out + variant_tail(group, tracks, audios.front()->name + '/' + files.list);
}

std::string sign_playlist(const Package& package) {
  if (package.sign.empty()) return {};
  std::vector<const Rendition*> videos;
  for (const auto& rendition : package.sign) videos.push_back(&rendition);
  auto out = std::string{kPlaylistHead} + "#EXT-X-INDEPENDENT-SEGMENTS\n";
  for (const auto* video : in_variant_order(std::move(videos))) out += variant(*video, {}, package, {});
  return out;
}

std::string signed_playlist(const Package& package, std::span<const TextTrack> tracks, const Names& names) {
  if (!package.signed_picture) return {};
  const auto audios = audio_in_order(package);
  auto out = master_head(package, {});
  out += audio_lines(audios, names, DefaultUri::given, {});
  out += text_lines(tracks);
  const auto group = audio_group(audios, package.segment_duration);
  return out + variant(*package.signed_picture, group, package, tracks);
}

}  // namespace tongxing::media::manifest
