// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/dash.hpp"

#include "media/manifest/rates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace tongxing::media::manifest {
namespace {

using model::MediaKind;
using model::Milliseconds;
using model::Package;
using model::Rendition;
using model::TextTrack;

constexpr int kVideoSet = 1;
constexpr int kFirstAudioSet = 2;
constexpr int kFirstTextSet = 100;
constexpr int kImageSet = 900;
constexpr std::string_view kTextBandwidth = "256";

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string{name} + "=\"" + xml_escaped(value) + '"';
}

std::string attribute(std::string_view name, std::int64_t value) {
  return attribute(name, std::to_string(value));
}

std::string duration_text(Milliseconds duration) {
  auto fraction = std::to_string(duration.count() % 1000);
  fraction.insert(0, 3 - fraction.size(), '0');
  return "PT" + std::to_string(duration.count() / 1000) + '.' + fraction + 'S';
}

/// A whole number, or a fraction: 30000/1001 for the rates of television, thousandths for the rest.
std::string frame_rate_text(double rate) {
  const auto near = [](double value) { return std::abs(value - std::round(value)) < 1e-3; };
  if (near(rate)) return std::to_string(std::llround(rate));
  if (near(rate * 1.001)) return std::to_string(std::llround(rate * 1.001) * 1000) + "/1001";
  const auto thousandths = std::llround(rate * 1000);
  const auto divisor = std::gcd(thousandths, 1000LL);
  return std::to_string(thousandths / divisor) + '/' + std::to_string(1000 / divisor);
}

std::string timeline(const Rendition& rendition) {
  std::string out = "<SegmentTimeline>";
  const auto& segments = rendition.segments;
  for (std::size_t i = 0; i < segments.size();) {
    std::size_t run = i + 1;
    while (run < segments.size() && segments[run].duration_us == segments[i].duration_us) ++run;
    out += "<S";
    if (i == 0) out += attribute("t", 0);
    out += attribute("d", segments[i].duration_us);
    if (run - i > 1) out += attribute("r", static_cast<std::int64_t>(run - i - 1));
    out += "/>";
    i = run;
  }
  return out + "</SegmentTimeline>";
}

std::string representation(const Rendition& rendition, Milliseconds segment) {
  std::string out = "      <Representation" + attribute("id", rendition.name) +
                    attribute("codecs", rendition.codecs) +
                    attribute("bandwidth", peak_bit_rate(rendition, segment));
  if (rendition.kind == MediaKind::video) {
    out += attribute("width", rendition.width) + attribute("height", rendition.height);
    if (rendition.frame_rate > 0) out += attribute("frameRate", frame_rate_text(rendition.frame_rate));
  } else if (rendition.sample_rate > 0) {
    out += attribute("audioSamplingRate", rendition.sample_rate);
  }
  out += ">\n        <SegmentTemplate" + attribute("timescale", 1'000'000) +
         attribute("initialization", rendition.name + "/init.mp4") +
         attribute("media", rendition.name + "/s$Number$.m4s") + attribute("startNumber", 0) + ">" +
         timeline(rendition) + "</SegmentTemplate>\n      </Representation>\n";
  return out;
}

std::string label(std::string_view text) {
  return "      <Label>" + xml_escaped(text) + "</Label>\n";
}

/// The scheme that broadcasters' players know (TV-Anytime AudioPurposeCS): 1 is description.
std::string audio_purpose(std::string_view value) {
  return "      <Accessibility schemeIdUri=\"urn:tva:metadata:cs:AudioPurposeCS:2007\"" +
         attribute("value", value) + "/>\n";
}

std::string role(std::string_view value) {
  return "      <Role schemeIdUri=\"urn:mpeg:dash:role:2011\"" + attribute("value", value) + "/>\n";
}

std::string accessibility(std::string_view value) {
  return "      <Accessibility schemeIdUri=\"urn:mpeg:dash:role:2011\"" + attribute("value", value) + "/>\n";
}

std::string set_head(int id, std::string_view content, std::string_view mime) {
  return "    <AdaptationSet" + attribute("id", id) + attribute("contentType", content) +
         attribute("mimeType", mime);
}

constexpr std::string_view kSetEnd = "    </AdaptationSet>\n";

std::string video_set(const Package& package, const Names& names) {
  std::string inside;
  for (const auto& rendition : package.renditions) {
    if (rendition.kind == MediaKind::video) inside += representation(rendition, package.segment_duration);
  }
  if (inside.empty()) return {};
  return set_head(kVideoSet, "video", "video/mp4") + attribute("segmentAlignment", "true") +
         attribute("startWithSAP", 1) + ">\n" + label(names.video) + role("main") + inside +
         std::string{kSetEnd};
}

/// Two schemes and two roles for description, because each client knows another (D2); it is never main (D1).
std::string audio_roles(model::AudioRole kind) {
  switch (kind) {
    case model::AudioRole::main:
      return role("main");
    case model::AudioRole::dub:
      return role("dub");
    case model::AudioRole::description:
      return audio_purpose("1") + accessibility("description") + role("alternate") + role("description");
  }
  return {};
}

std::string audio_set(const Rendition& audio, const Package& package, int index, std::string_view name) {
  // Players that know no better take the highest priority: that must be the main sound.
  auto out = set_head(kFirstAudioSet + index, "audio", "audio/mp4") + attribute("lang", audio.language) +
             attribute("segmentAlignment", "true") + attribute("startWithSAP", 1) +
             attribute("selectionPriority", index == 0 ? 2 : 1) + ">\n";
  if (audio.channels > 0) {
    out +=
        "      <AudioChannelConfiguration "
        "schemeIdUri=\"urn:mpeg:dash:23003:3:audio_channel_configuration:2011\"" +
        attribute("value", audio.channels) + "/>\n";
  }
  // Without a main sound, the first is the lesson's; of two main ones, the second is another way to hear it.
  const bool second = index > 0 && audio.role == model::AudioRole::main;
  const auto roles =
      second ? role("alternate") : audio_roles(index == 0 ? model::AudioRole::main : audio.role);
  return out + label(name) + roles + representation(audio, package.segment_duration) + std::string{kSetEnd};
}

std::string audio_sets(const Package& package, const Names& names) {
  const auto audios = audio_in_order(package);
  std::vector<std::string> labels;
  for (const auto* audio : audios) labels.push_back(audio_name(names, *audio));
  labels = made_unique(std::move(labels));
  std::string out;
  for (std::size_t i = 0; i < audios.size(); ++i) {
    out += audio_set(*audios[i], package, static_cast<int>(i), labels[i]);
  }
  return out;
}

/// The first role is the only one that dash.js reads.
std::string text_roles(TextTrack::Kind kind) {
  switch (kind) {
    case TextTrack::Kind::caption:
      return accessibility("caption") + role("caption") + role("main");
    case TextTrack::Kind::subtitle:
      return role("subtitle");
    case TextTrack::Kind::easy_read:
      return accessibility("easyreader") + role("subtitle") + role("easyreader");
  }
  return {};
}

std::string text_sets(std::span<const TextTrack> tracks) {
  std::vector<std::string> labels;
  for (const auto& track : tracks) labels.push_back(track.name);
  labels = made_unique(std::move(labels));
  std::string out;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    const int id = kFirstTextSet + static_cast<int>(i);
    out += set_head(id, "text", "text/vtt") + attribute("lang", tracks[i].language) + ">\n" +
           label(labels[i]) + text_roles(tracks[i].kind) + "      <Representation" +
           attribute("id", 't' + std::to_string(id)) + attribute("bandwidth", kTextBandwidth) + "><BaseURL>" +
           xml_escaped(tracks[i].folder + "/full.vtt") + "</BaseURL></Representation>\n" +
           std::string{kSetEnd};
  }
  return out;
}

/// Sheets of small pictures for the seek bar, as the DASH-IF guidelines describe them (D9).
std::string image_set(const Package& package) {
  if (!package.thumbnails) return {};
  const auto& t = *package.thumbnails;
  const auto seconds = t.interval.count() * t.columns * t.rows;  // milliseconds that one sheet covers
  const auto tiles = std::to_string(t.columns) + 'x' + std::to_string(t.rows);
  const auto rate = std::max<std::int64_t>(1, t.bytes * 8 * 1000 / std::max<std::int64_t>(1, seconds));
  return set_head(kImageSet, "image", "image/jpeg") + ">\n      <Representation" + attribute("id", "thumb") +
         attribute("bandwidth", rate) + attribute("width", t.width * t.columns) +
         attribute("height", t.height * t.rows) +
         ">\n        <EssentialProperty schemeIdUri=\"http://dashif.org/guidelines/thumbnail_tile\"" +
         attribute("value", tiles) + "/>\n        <SegmentTemplate" + attribute("timescale", 1000) +
         attribute("duration", seconds) + attribute("startNumber", 0) +
         attribute("media", "thumb/t$Number$.jpg") + "/>\n      </Representation>\n" + std::string{kSetEnd};
}

std::string document(Milliseconds duration, Milliseconds buffer, const std::string& sets) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-live:2011\""
         " type=\"static\"" +
         attribute("mediaPresentationDuration", duration_text(duration)) +
         attribute("minBufferTime", duration_text(buffer)) + ">\n  <Period" + attribute("id", 0) +
         attribute("start", "PT0S") + ">\n" + sets + "  </Period>\n</MPD>\n";
}

}  // namespace

std::string mpd(const Package& package, std::span<const TextTrack> tracks, const Names& names) {
  return document(
      package.duration, package.segment_duration,
      video_set(package, names) + audio_sets(package, names) + text_sets(tracks) + image_set(package));
}

std::string sign_mpd(const Package& package, const Names& names) {
  if (package.sign.empty()) return {};
  std::int64_t longest = 0;
  auto set = set_head(kVideoSet, "video", "video/mp4") + attribute("lang", package.sign.front().language) +
             attribute("segmentAlignment", "true") + attribute("startWithSAP", 1) + ">\n" +
             accessibility("sign") + role("sign") + label(names.sign);
  for (const auto& rendition : package.sign) {
    set += representation(rendition, package.segment_duration);
    longest = std::max(longest, duration_us(rendition));
  }
  return document(Milliseconds{(longest + 500) / 1000}, package.segment_duration, set + std::string{kSetEnd});
}

}  // namespace tongxing::media::manifest
