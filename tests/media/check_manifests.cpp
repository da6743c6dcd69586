// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/check_manifests.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tongxing::tests {

namespace fs = std::filesystem;
using media::model::Rendition;

namespace {

std::string decimal(double value, int places) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  return text.data();
}

double seconds_of(const Rendition& rendition) {
  double sum = 0;
  for (const auto& segment : rendition.segments) sum += static_cast<double>(segment.duration_us) / 1e6;
  return sum;
}

/// Segments of 6 s and one short last one: a run is one segment, or the last two.
double peak(const Rendition& rendition) {
  double best = 0;
  const auto& list = rendition.segments;
  const auto rate = [](std::int64_t bytes, std::int64_t us) {
    return static_cast<double>(bytes) * 8e6 / static_cast<double>(us);
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].duration_us >= 3'000'000) best = std::max(best, rate(list[i].bytes, list[i].duration_us));
    if (i + 1 == list.size()) break;
    const auto both = list[i].duration_us + list[i + 1].duration_us;
    if (both <= 9'000'000) best = std::max(best, rate(list[i].bytes + list[i + 1].bytes, both));
  }
  return best;
}

double average(const Rendition& rendition) {
  double bytes = 0;
  for (const auto& segment : rendition.segments) bytes += static_cast<double>(segment.bytes);
  return bytes * 8 / seconds_of(rendition);
}

template <double (*kRate)(const Rendition&)>
double loudest(const FullPackage& package) {
  double best = 0;
  for (const auto& shown : package.renditions) {
    if (shown.rendition.kind == media::model::MediaKind::audio) best = std::max(best, kRate(shown.rendition));
  }
  return best;
}

std::string up(double rate) {
  return std::to_string(static_cast<std::int64_t>(std::ceil(rate)));
}

std::string media_list(const Rendition& rendition) {
  std::string out =
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n"
      "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"init.mp4\"\n";
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    out += "#EXTINF:" + decimal(static_cast<double>(rendition.segments[i].duration_us) / 1e6, 6) + ",\ns" +
           std::to_string(i) + ".m4s\n";
  }
  return out + "#EXT-X-ENDLIST\n";
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

/// From moof to the end of the first picture: its size is the first entry of trun's table.
std::pair<std::size_t, std::size_t> first_picture_range(const std::string& segment) {
  const auto moof = segment.find("moof") - 4;
  const auto run = segment.find("trun") + 4;
  const auto flags = big_endian(segment, run) & 0xFFFFFFU;
  std::size_t at = run + 8;
  std::size_t data = 0;
  if ((flags & 1U) != 0) {
    data = big_endian(segment, at);
    at += 4;
  }
  if ((flags & 4U) != 0) at += 4;
  if ((flags & 0x100U) != 0) at += 4;
  if ((flags & 0x200U) == 0 || data == 0) throw std::runtime_error("the test cannot read this trun box");
  return {moof, data + big_endian(segment, at)};
}

/// Writes iframe.m3u8 and returns its peak.
double frame_list(const fs::path& folder, const Rendition& rendition) {
  std::string out =
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-I-FRAMES-ONLY\n"
      "#EXT-X-MAP:URI=\"init.mp4\"\n";
  double best = 0;
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const auto name = "s" + std::to_string(i) + ".m4s";
    const auto [offset, length] = first_picture_range(read_text(folder / rendition.name / name));
    const auto seconds = static_cast<double>(rendition.segments[i].duration_us) / 1e6;
    best = std::max(best, static_cast<double>(length) * 8 / seconds);
    out += "#EXTINF:" + decimal(seconds, 6) + ",\n#EXT-X-BYTERANGE:" + std::to_string(length) + '@' +
           std::to_string(offset) + '\n' + name + '\n';
  }
  write_text(folder / rendition.name / "iframe.m3u8", out + "#EXT-X-ENDLIST\n");
  return best;
}

std::string sound_line(const Shown& shown, bool with_uri) {
  std::string out = "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",LANGUAGE=\"cmn\",AUTOSELECT=YES,CHANNELS=\"1\"";
  if (shown.use == Shown::Use::sound) out += ",DEFAULT=YES,NAME=\"普通话\"";
  if (shown.use == Shown::Use::described) {
    out += ",DEFAULT=NO,NAME=\"普通话（口述影像）\",CHARACTERISTICS=\"public.accessibility.describes-video\"";
  }
  if (shown.use == Shown::Use::clear) {
    out +=
        ",DEFAULT=NO,NAME=\"清晰人声\",CHARACTERISTICS=\"public.accessibility.enhances-speech-"
        "intelligibility\"";
  }
  if (with_uri) out += ",URI=\"" + shown.rendition.name + "/index.m3u8\"";
  return out + '\n';
}

std::string text_lines() {
  const std::string start =
      "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"subs\",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,";
  return start +
         "LANGUAGE=\"zh-Hans\",NAME=\"简体中文（含声音说明）\",CHARACTERISTICS=\"public.accessibility."
         "transcribes-"
         "spoken-dialog,public.accessibility.describes-music-and-sound\",URI=\"t-sdh/index.m3u8\"\n" +
         start +
         "LANGUAGE=\"zh-Hans\",NAME=\"简体中文（易读）\",CHARACTERISTICS=\"public.easy-to-read\",URI=\"t-"
         "easy/"
         "index.m3u8\"\n" +
         start + "LANGUAGE=\"en\",NAME=\"English\",URI=\"t-en/index.m3u8\"\n";
}

std::string stream_line(double peak_rate, double average_rate, const std::string& codecs,
                        const Rendition* picture, std::string_view groups) {
  std::string out = "#EXT-X-STREAM-INF:BANDWIDTH=" + up(peak_rate) +
                    ",AVERAGE-BANDWIDTH=" + up(average_rate) + ",CODECS=\"" + codecs + '"';
  if (picture != nullptr) {
    out += ",RESOLUTION=" + std::to_string(picture->width) + 'x' + std::to_string(picture->height) +
           ",FRAME-RATE=" + decimal(picture->frame_rate, 3);
  }
  return out + ",CLOSED-CAPTIONS=NONE" + std::string{groups} + '\n';
}

void write_playlists(const FullPackage& package) {
  const std::string head = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n";
  const Rendition& main = package.of(Shown::Use::sound);
  const double peak_sound = loudest<peak>(package);
  const double average_sound = loudest<average>(package);
  std::string master =
      head + "#EXT-X-SESSION-DATA:DATA-ID=\"com.apple.hls.chapters\",URI=\"chapters.json\"\n";
  std::string sound = head;
  std::string variants;
  std::string sign = head;
  for (const auto& shown : package.renditions) {
    const Rendition& rendition = shown.rendition;
    write_text(package.folder / rendition.name / "index.m3u8", media_list(rendition));
    const auto list = rendition.name + "/index.m3u8\n";
    if (shown.use == Shown::Use::rung) {
      variants +=
          stream_line(peak(rendition) + peak_sound, average(rendition) + average_sound,
                      rendition.codecs + ',' + main.codecs, &rendition, ",AUDIO=\"aac\",SUBTITLES=\"subs\"") +
          list;
    } else if (shown.use == Shown::Use::sign) {
      sign += stream_line(peak(rendition), average(rendition), rendition.codecs, &rendition, "") + list;
    } else {
      master += sound_line(shown, true);
      sound += sound_line(shown, shown.use != Shown::Use::sound);
    }
  }
  const Rendition& first = package.renditions.front().rendition;
  const double frames = frame_list(package.folder, first);
  master += text_lines() + variants + "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + up(frames) + ",CODECS=\"" +
            first.codecs + "\",URI=\"" + first.name + "/iframe.m3u8\"\n";
  sound += text_lines() +
           stream_line(peak_sound, average_sound, main.codecs, nullptr, ",AUDIO=\"aac\",SUBTITLES=\"subs\"") +
           main.name + "/index.m3u8\n";
  write_text(package.folder / "master.m3u8", master);
  write_text(package.folder / "audio.m3u8", sound);
  write_text(package.folder / "sign.m3u8", sign);
}

std::string descriptor(std::string_view name, std::string_view scheme, std::string_view value) {
  return "<" + std::string{name} + " schemeIdUri=\"" + std::string{scheme} + "\" value=\"" +
         std::string{value} + "\"/>";
}

constexpr std::string_view kRoles = "urn:mpeg:dash:role:2011";

std::string role(std::string_view value) {
  return descriptor("Role", kRoles, value);
}

std::string representation(const Rendition& rendition) {
  std::string out = "<Representation id=\"" + rendition.name + "\" codecs=\"" + rendition.codecs +
                    "\" bandwidth=\"" + up(peak(rendition)) + '"';
  if (rendition.width > 0) {
    out += " width=\"" + std::to_string(rendition.width) + "\" height=\"" + std::to_string(rendition.height) +
           '"';
  }
  out +=
      "><SegmentTemplate timescale=\"1000000\" startNumber=\"0\" "
      "initialization=\"$RepresentationID$/init.mp4\" "
      "media=\"$RepresentationID$/s$Number$.m4s\"><SegmentTimeline>";
  for (const auto& segment : rendition.segments)
    out += "<S d=\"" + std::to_string(segment.duration_us) + "\"/>";
  return out + "</SegmentTimeline></SegmentTemplate></Representation>\n";
}

std::string sound_set(const Shown& shown, int id) {
  const bool main = shown.use == Shown::Use::sound;
  std::string out = "<AdaptationSet id=\"" + std::to_string(id) +
                    "\" contentType=\"audio\" mimeType=\"audio/mp4\" lang=\"cmn\" selectionPriority=\"" +
                    (main ? "2" : "1") + "\">";
  constexpr std::string_view kPurpose = "urn:tva:metadata:cs:AudioPurposeCS:2007";
  if (main) out += role("main") + "<Label>普通话</Label>";
  if (shown.use == Shown::Use::described) {
    out += descriptor("Accessibility", kPurpose, "1") + descriptor("Accessibility", kRoles, "description") +
           role("alternate") + role("description") + "<Label>普通话（口述影像）</Label>";
  }
  if (shown.use == Shown::Use::clear) {
    out += descriptor("Accessibility", kPurpose, "2") + role("alternate") +
           role("enhanced-audio-intelligibility") + "<Label>清晰人声</Label>";
  }
  return out + '\n' + representation(shown.rendition) + "</AdaptationSet>\n";
}

std::string text_set(int id, std::string_view lang, const std::string& marks, std::string_view label,
                     std::string_view folder) {
  return "<AdaptationSet id=\"" + std::to_string(id) +
         "\" contentType=\"text\" mimeType=\"text/vtt\" lang=\"" + std::string{lang} + "\">" + marks +
         "<Label>" + std::string{label} + "</Label><Representation id=\"t" + std::to_string(id) +
         "\" bandwidth=\"256\"><BaseURL>" + std::string{folder} +
         "/full.vtt</BaseURL></Representation></AdaptationSet>\n";
}

std::string manifest(const FullPackage& package, const std::string& sets) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
         "type=\"static\" mediaPresentationDuration=\"PT" +
         decimal(seconds_of(package.renditions.front().rendition), 3) +
         "S\" minBufferTime=\"PT6S\"><Period id=\"0\" start=\"PT0S\">\n" + sets + "</Period></MPD>\n";
}

std::string picture_sets(const FullPackage& package) {
  std::string rungs;
  for (const auto& shown : package.renditions) {
    if (shown.use == Shown::Use::rung) rungs += representation(shown.rendition);
  }
  return "<AdaptationSet id=\"1\" contentType=\"video\" mimeType=\"video/mp4\" segmentAlignment=\"true\">" +
         role("main") + '\n' + rungs +
         "</AdaptationSet>\n<AdaptationSet id=\"20\" contentType=\"video\" mimeType=\"video/mp4\">" +
         descriptor("EssentialProperty", "http://dashif.org/guidelines/trickmode", "1") +
         representation(package.renditions.front().rendition) +
         "</AdaptationSet>\n<AdaptationSet id=\"30\" contentType=\"image\" "
         "mimeType=\"image/jpeg\"><Representation "
         "id=\"th\" bandwidth=\"2000\" width=\"800\" height=\"450\">" +
         descriptor("EssentialProperty", "http://dashif.org/guidelines/thumbnail_tile", "5x5") +
         "<SegmentTemplate media=\"thumb/t$Number$.jpg\" duration=\"125\" "
         "startNumber=\"0\"/></Representation>"
         "</AdaptationSet>\n";
}

void write_mpds(const FullPackage& package) {
  std::string sets = picture_sets(package);
  std::string sign;
  int id = 2;
  for (const auto& shown : package.renditions) {
    if (shown.use == Shown::Use::sign) {
      sign = "<AdaptationSet id=\"1\" contentType=\"video\" mimeType=\"video/mp4\" lang=\"csl\">" +
             descriptor("Accessibility", kRoles, "sign") + role("sign") + '\n' +
             representation(shown.rendition) + "</AdaptationSet>\n";
    } else if (shown.use != Shown::Use::rung) {
      sets += sound_set(shown, id++);
    }
  }
  sets +=
      text_set(10, "zh-Hans", descriptor("Accessibility", kRoles, "caption") + role("caption") + role("main"),
               "简体中文（含声音说明）", "t-sdh") +
      text_set(11, "zh-Hans",
               descriptor("Accessibility", kRoles, "easyreader") + role("subtitle") + role("easyreader"),
               "简体中文（易读）", "t-easy") +
      text_set(12, "en", role("subtitle"), "English", "t-en");
  write_text(package.folder / "manifest.mpd", manifest(package, sets));
  write_text(package.folder / "sign.mpd", manifest(package, sign));
}

}  // namespace

const Rendition& FullPackage::of(Shown::Use use) const {
  const auto found = std::ranges::find(renditions, use, &Shown::use);
  if (found == renditions.end()) throw std::runtime_error("no such rendition in the test package");
  return found->rendition;
}

void write_manifests(const FullPackage& package) {
  write_playlists(package);
  write_mpds(package);
  write_text(
      package.folder / "chapters.json",
      R"([{"chapter":1,"start-time":0,"duration":6,"titles":[{"language":"zh-Hans","title":"开头"}]},)"
      R"({"chapter":2,"start-time":6,"duration":8,"titles":[{"language":"zh-Hans","title":"练习"}]}])");
}

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void write_text(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  if (!stream) throw std::runtime_error("cannot write " + file.string());
}

void replace_in(const fs::path& file, std::string_view from, std::string_view to) {
  std::string text = read_text(file);
  const auto at = text.find(from);
  if (at == std::string::npos)
    throw std::runtime_error(file.string() + " does not have: " + std::string{from});
  write_text(file, text.replace(at, from.size(), to));
}

}  // namespace tongxing::tests
