// SPDX-License-Identifier: GPL-3.0-or-later
// A package in which every rule holds, spoiled in one rule at a time: the checker names that rule and no
// other.
#include "tests/media/check_bytes.hpp"
#include "tests/media/check_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace tongxing::tests;
namespace fs = std::filesystem;
namespace model = tongxing::media::model;

namespace {

struct Spoil {
  std::string rule;
  std::string how;
  std::function<void(PackageCopy&)> apply;
};

/// Replaces text in one file of the package.
std::function<void(PackageCopy&)> text(const std::string& file, const std::string& from,
                                       const std::string& to) {
  return [=](PackageCopy& copy) { replace_in(copy / file, from, to); };
}

std::string value_of(const std::string& playlist, const std::string& name) {
  const auto at = playlist.find(name);
  if (at == std::string::npos) throw std::runtime_error("no " + name);
  const auto from = at + name.size();
  return playlist.substr(from, playlist.find_first_of(",\n\"", from) - from);
}

/// Multiplies the number after `name` in the first place where it stands.
std::function<void(PackageCopy&)> scaled(const std::string& file, const std::string& name, double factor) {
  return [=](PackageCopy& copy) {
    const auto old = value_of(read_text(copy / file), name);
    const auto value = static_cast<long long>(std::stod(old) * factor);
    replace_in(copy / file, name + old, name + std::to_string(value));
  };
}

void check_all(const std::vector<Spoil>& spoils) {
  for (const auto& spoil : spoils) {
    PackageCopy copy;
    spoil.apply(copy);
    INFO(spoil.how);
    CHECK(failed_rules(copy.package.folder) == spoil.rule);
  }
}

/// The rung that is listed first.
const model::Rendition& first_rung() {
  return good_package().renditions.front().rendition;
}

std::string rung_file(const std::string& name) {
  return first_rung().name + '/' + name;
}

void swap_variants(PackageCopy& copy) {
  auto master = read_text(copy / "master.m3u8");
  const auto first = master.find("#EXT-X-STREAM-INF");
  const auto second = master.find("#EXT-X-STREAM-INF", first + 1);
  const auto third = master.find("#EXT-X-STREAM-INF", second + 1);
  const auto line = master.substr(first, second - first);
  master.insert(third, line).erase(first, line.size());
  write_text(copy / "master.m3u8", master);
}

/// One rung from a source of 4:3, all manifests written anew.
void other_shape(PackageCopy& copy) {
  auto& rung = copy.package.renditions.at(1).rendition;
  const auto name = rung.name;
  fs::remove_all(copy / name);
  fs::copy(square_rung().folder, copy / name, fs::copy_options::recursive);
  rung = square_rung().rendition;
  rung.name = name;
  write_manifests(copy.package);
}

/// The level in the first sequence parameter set of the largest rung, not that in avcC.
void other_level(PackageCopy& copy) {
  auto init = read_text(copy / rung_file("init.mp4"));
  const auto unit = init.find("avcC") + 4 + 8;  // version, profile, constraints, level, sizes, count, length
  init.at(unit + 3) = static_cast<char>(init.at(unit + 3) + 1);
  write_text(copy / rung_file("init.mp4"), init);
}

/// Every picture segment made larger by a box that players skip.
void heavy_rungs(PackageCopy& copy) {
  for (auto& shown : copy.package.renditions) {
    if (shown.use != Shown::Use::rung) continue;
    for (std::size_t i = 0; i < shown.rendition.segments.size(); ++i) {
      auto& segment = shown.rendition.segments[i];
      const auto bytes = static_cast<std::size_t>(segment.duration_us / 1'000'000) * 30'000;
      const auto file = copy / shown.rendition.name / ("s" + std::to_string(i) + ".m4s");
      write_text(file, read_text(file) + make_box("free", std::string(bytes, '\0')));
      segment.bytes = static_cast<std::int64_t>(fs::file_size(file));
    }
  }
  write_manifests(copy.package);
}

/// The track of one init segment, under another number, in another init segment.
void add_track(PackageCopy& copy, const std::string& from, const std::string& to) {
  auto track = box_at(read_text(copy / from / "init.mp4"), "moov/trak");
  const auto header = track.find("tkhd") + 4;
  track.replace(header + 4 + 8, 4, number32(77));  // version 0: dates of four bytes
  const auto file = copy / to / "init.mp4";
  write_text(file, with_box_inside(read_text(file), "moov", track));
}

/// Described sound without its last segment.
void short_description(PackageCopy& copy) {
  for (auto& shown : copy.package.renditions) {
    if (shown.use == Shown::Use::described) shown.rendition.segments.pop_back();
  }
  write_manifests(copy.package);
}

/// A second audio group without the described sound.
void poor_group(PackageCopy& copy) {
  replace_in(
      copy / "master.m3u8", "#EXT-X-MEDIA:TYPE=SUBTITLES",
      "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac2\",LANGUAGE=\"cmn\",NAME=\"普通话\",DEFAULT=YES,AUTOSELECT=YES,"
      "URI=\"a-cmn/index.m3u8\"\n#EXT-X-MEDIA:TYPE=SUBTITLES");
}

void sound_variant(PackageCopy& copy) {
  const auto sound = read_text(copy / "audio.m3u8");
  const auto variant = sound.substr(sound.find("#EXT-X-STREAM-INF"));
  write_text(copy / "master.m3u8", read_text(copy / "master.m3u8") + variant);
}

/// An empty edit of 80 ms: the sound is shown later than its samples say.
void late_sound(PackageCopy& copy) {
  const auto file = copy / "a-cmn-clear" / "init.mp4";
  const auto init = read_text(file);
  const auto header = box_at(init, "moov/mvhd");
  std::uint32_t timescale = 0;
  for (std::size_t i = 20; i < 24; ++i)
    timescale = timescale << 8U | static_cast<unsigned char>(header.at(i));
  const auto edits = number32(0) + number32(2) + number32(timescale * 80 / 1000) + number32(0xFFFFFFFF) +
                     number32(0x10000) + number32(0) + number32(0) + number32(0x10000);
  auto spoiled = with_box_inside(init, "moov/trak", make_box("edts", make_box("elst", edits)));
  // An edit list that was there before would be read first: take its name away.
  const auto old = init.find("edts");
  if (old != std::string::npos) spoiled.replace(old, 4, "free");
  write_text(file, spoiled);
}

void rename_segment(PackageCopy& copy) {
  fs::rename(copy / "t-en" / "t1.vtt", copy / "t-en" / "t1.txt");
  replace_in(copy / "t-en" / "index.m3u8", "t1.vtt", "t1.txt");
}

/// Of a rung without an I-frame playlist: that would name its ranges too.
void spoil_segment(PackageCopy& copy, const std::string& segment, int picture) {
  const auto file = copy / copy.package.renditions.at(1).rendition.name / segment;
  write_text(file, without_idr(read_text(file), picture));
}

void longer_range(PackageCopy& copy) {
  const auto file = rung_file("iframe.m3u8");
  const auto old = value_of(read_text(copy / file), "#EXT-X-BYTERANGE:");
  const auto at = old.find('@');
  replace_in(copy / file, old, std::to_string(std::stoll(old.substr(0, at)) + 1) + old.substr(at));
}

void linked_file(PackageCopy& copy) {
  fs::remove(copy / "t-en" / "full.vtt");
  fs::create_symlink("../t-sdh/full.vtt", copy / "t-en" / "full.vtt");
}

}  // namespace

TEST_CASE("media check: a package in which all is well passes, every rule looked at") {
  const auto report = checked(good_package().folder);
  for (std::size_t i = 0; i < tongxing::media::check::kRules; ++i) {
    using tongxing::media::check::Status;
    const auto rule = static_cast<tongxing::media::check::Rule>(i);
    CAPTURE(text_of(rule).id);
    for (const auto& finding : report.findings(rule)) {
      UNSCOPED_INFO(finding.file << ':' << finding.line << ": " << finding.found << " / "
                                 << finding.expected);
    }
    // The answers of a server are not in a folder.
    CHECK(report.status(rule) == (text_of(rule).id == "H31" ? Status::not_checked : Status::ok));
  }
}

TEST_CASE("media check: files") {
  check_all({
      {"P1", "a text file is missing", [](PackageCopy& copy) { fs::remove(copy / "t-en" / "full.vtt"); }},
      {"P1", "a file is a symbolic link", linked_file},
      {"P1", "a list leaves the folder", text("master.m3u8", "URI=\"t-en/index", "URI=\"../../t-en/index")},
      {"P1", "a quotation mark is not closed",
       text("audio.m3u8", "NAME=\"English\",URI=\"t-en/index.m3u8\"",
            "NAME=\"English\",URI=\"t-en/index.m3u8\",X=\"")},
  });
}

TEST_CASE("media check: variants") {
  const auto& codecs = first_rung().codecs;
  auto other_codecs = codecs;  // another constraint: "avc1.4D400C" and "avc1.4D410C"
  other_codecs.at(8) = other_codecs.at(8) == '1' ? '2' : '1';
  const auto size = std::to_string(first_rung().width) + 'x' + std::to_string(first_rung().height);
  check_all({
      {"H1", "BANDWIDTH 5 % too small", scaled("master.m3u8", "INF:BANDWIDTH=", 0.95)},
      {"H2", "AVERAGE-BANDWIDTH missing", text("master.m3u8", ",AVERAGE-BANDWIDTH=", ",X-AVERAGE=")},
      {"H2", "AVERAGE-BANDWIDTH 20 % too large", scaled("master.m3u8", "AVERAGE-BANDWIDTH=", 1.2)},
      {"H3", "BANDWIDTH 30 % too large", scaled("master.m3u8", "INF:BANDWIDTH=", 1.3)},
      {"H4", "another level in CODECS", text("master.m3u8", codecs, other_codecs)},
      {"H4", "another sound in CODECS", text("master.m3u8", "mp4a.40.2", "mp4a.40.5")},
      {"H4", "another size", text("master.m3u8", "RESOLUTION=" + size, "RESOLUTION=1" + size)},
      {"H4", "one decimal", text("master.m3u8", "00,CLOSED", "0,CLOSED")},
      {"H4", "another frame rate", text("master.m3u8", "FRAME-RATE=", "FRAME-RATE=1")},
      {"H4", "a parameter set of another level", other_level},
      {"H5", "CLOSED-CAPTIONS missing", text("master.m3u8", ",CLOSED-CAPTIONS=NONE", "")},
      {"H6", "a rung of 4:3", other_shape},
      {"H7", "no small rung", heavy_rungs},
      {"H8", "the smallest rung first", swap_variants},
      {"H9", "segments not called independent", text("master.m3u8", "#EXT-X-INDEPENDENT-SEGMENTS\n", "")},
      {"H29", "an audio-only variant", sound_variant},
  });
}

TEST_CASE("media check: renditions") {
  check_all({
      {"H11", "LANGUAGE of three letters", text("master.m3u8", "LANGUAGE=\"en\"", "LANGUAGE=\"eng\"")},
      {"H11", "a name twice", text("master.m3u8", "NAME=\"清晰人声\"", "NAME=\"普通话\"")},
      {"H12", "two that cannot be told apart",
       text("master.m3u8", ",CHARACTERISTICS=\"public.accessibility.enhances-speech-intelligibility\"", "")},
      {"H13", "DEFAULT without AUTOSELECT",
       text("master.m3u8", "AUTOSELECT=YES,CHANNELS=\"1\",DEFAULT=YES", "AUTOSELECT=NO,DEFAULT=YES")},
      {"H13", "no default", text("master.m3u8", "DEFAULT=YES", "DEFAULT=NO")},
      {"H14", "groups that differ", poor_group},
      {"H15", "described sound that is not chosen by itself",
       text("master.m3u8", "AUTOSELECT=YES,CHANNELS=\"1\",DEFAULT=NO,NAME=\"普通话（口述影像）\"",
            "AUTOSELECT=NO,DEFAULT=NO,NAME=\"普通话（口述影像）\"")},
      {"H15", "described sound under another name",
       text("audio.m3u8", "普通话（口述影像）", "普通话（描述）")},
      {"H15", "described sound that ends early", short_description},
      {"H16", "one characteristic of two",
       text("master.m3u8", ",public.accessibility.describes-music-and-sound", "")},
      {"H17", "easy reading under accessibility",
       text("master.m3u8", "public.easy-to-read", "public.accessibility.easy-to-read")},
      {"H18", "clean speech without accessibility",
       text("master.m3u8", "public.accessibility.enhances-speech", "public.enhances-speech")},
      {"H19", "an unknown characteristic",
       text("master.m3u8", "NAME=\"English\"",
            "NAME=\"English\",CHARACTERISTICS=\"public.accessibility.describes-vision\"")},
      {"H20", "a description as text",
       text("master.m3u8", "NAME=\"English\"",
            "NAME=\"English\",CHARACTERISTICS=\"public.accessibility.describes-video\"")},
      {"H21", "sign language as TYPE=VIDEO",
       text("master.m3u8", "#EXT-X-MEDIA:TYPE=SUBTITLES",
            "#EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID=\"sign\",NAME=\"手语\",LANGUAGE=\"csl\",URI=\"sign180/"
            "index.m3u8\"\n#EXT-X-MEDIA:TYPE=SUBTITLES")},
      {"H30", "the default sound with a URI",
       text("audio.m3u8", "DEFAULT=YES,NAME=\"普通话\"",
            "DEFAULT=YES,NAME=\"普通话\",URI=\"a-cmn/index.m3u8\"")},
  });
}

TEST_CASE("media check: subtitles") {
  check_all({
      {"H22", "a cue that is not repeated",
       text("t-sdh/t1.vtt", "\n2\n00:00:04.000 --> 00:00:06.500\n大家好，我们开始。\n", "")},
      {"H22", "a cue with another id", text("t-sdh/t1.vtt", "\n2\n", "\n5\n")},
      {"H22", "no X-TIMESTAMP-MAP", text("t-en/t0.vtt", "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n", "")},
      {"H22", "not UTF-8", text("t-en/t0.vtt", "［", "\xC4\xE3")},
      {"H22", "shorter than the lesson", text("t-en/index.m3u8", "#EXTINF:4", "#EXTINF:3")},
      {"H22", "another text than the whole file", text("t-en/full.vtt", "请看", "请看看")},
      {"H23", "a map for transport streams", text("t-en/t1.vtt", "MPEGTS:0", "MPEGTS:900000")},
      {"H24", "a target that is too small", text("t-en/index.m3u8", "TARGETDURATION:5", "TARGETDURATION:4")},
      {"H31", "a name that says nothing", rename_segment},
  });
}

TEST_CASE("media check: segments") {
  check_all({
      {"H10", "sound beside the picture",
       [](PackageCopy& copy) { add_track(copy, "a-cmn", first_rung().name); }},
      {"H25", "not called VOD", text(rung_file("index.m3u8"), "#EXT-X-PLAYLIST-TYPE:VOD\n", "")},
      {"H25", "not ended", text("a-cmn/index.m3u8", "#EXT-X-ENDLIST\n", "")},
      {"H25", "another duration than the samples",
       text(rung_file("index.m3u8"), "#EXTINF:6.000000", "#EXTINF:6.200000")},
      {"H26", "a segment that starts with an ordinary picture",
       [](PackageCopy& copy) { spoil_segment(copy, "s1.m4s", 0); }},
      {"H26", "4 s between key pictures", [](PackageCopy& copy) { spoil_segment(copy, "s1.m4s", 1); }},
      {"H27", "a range one byte too long", longer_range},
      {"H27", "I-frames not called so", text(rung_file("iframe.m3u8"), "#EXT-X-I-FRAMES-ONLY\n", "")},
      {"H32", "sound that starts at 80 ms", late_sound},
      {"H33", "a picture in the sound",
       [](PackageCopy& copy) { add_track(copy, first_rung().name, "a-cmn-ad"); }},
  });
}

TEST_CASE("media check: chapters") {
  check_all({
      {"H28", "a chapter without duration", text("chapters.json", "\"duration\":8,", "")},
      {"H28", "no list", text("chapters.json", "[{", "{\"a\":[{")},
      {"D11", "chapters as events",
       text("manifest.mpd", "<AdaptationSet",
            "<EventStream schemeIdUri=\"urn:example:chapters\"/><AdaptationSet")},
  });
}

TEST_CASE("media check: DASH") {
  const std::string main = "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"main\"/>";
  const std::string alternate = "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"alternate\"/>";
  const std::string described_role = "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"description\"/>";
  const std::string caption = "<Role schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"caption\"/>";
  const std::string purpose =
      "<Accessibility schemeIdUri=\"urn:tva:metadata:cs:AudioPurposeCS:2007\" value=\"1\"/>";
  const std::string sign_set =
      "<AdaptationSet id=\"40\" contentType=\"video\" lang=\"csl\"><Role "
      "schemeIdUri=\"urn:mpeg:dash:role:2011\" "
      "value=\"sign\"/></AdaptationSet></Period>";
  check_all({
      {"P2", "another bandwidth",
       scaled("manifest.mpd", "codecs=\"" + first_rung().codecs + "\" bandwidth=\"", 2)},
      {"P2", "other durations", text("manifest.mpd", "<S d=\"6000000\"/>", "<S d=\"5000000\"/>")},
      {"P2", "another length", text("manifest.mpd", "PT14.000S", "PT20.000S")},
      {"D1", "no main video", text("manifest.mpd", main, "")},
      {"D1", "described sound as main",
       text("manifest.mpd", alternate + described_role, main + described_role)},
      {"D2", "no purpose", text("manifest.mpd", purpose, "")},
      {"D3", "described sound preferred",
       text("manifest.mpd", "selectionPriority=\"1\"", "selectionPriority=\"3\"")},
      {"D4", "clean speech without role",
       text("manifest.mpd", "\"enhanced-audio-intelligibility\"", "\"commentary\"")},
      {"D5", "caption as second role", text("manifest.mpd", caption + main, main + caption)},
      {"D6", "no label", text("manifest.mpd", "<Label>English</Label>", "")},
      {"D7", "sign language in the main manifest", text("manifest.mpd", "</Period>", sign_set)},
      {"D8", "signs in Chinese", text("sign.mpd", "lang=\"csl\"", "lang=\"zh\"")},
      {"D9", "tiles of another size", text("manifest.mpd", "height=\"450\"", "height=\"500\"")},
      {"D10", "trick play of nothing",
       text("manifest.mpd", "trickmode\" value=\"1\"", "trickmode\" value=\"9\"")},
      {"D12", "a language of three letters", text("manifest.mpd", "lang=\"en\"", "lang=\"eng\"")},
  });
}
