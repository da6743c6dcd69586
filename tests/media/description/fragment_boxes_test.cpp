// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/fragment_boxes.hpp"

#include "media/check/fragments.hpp"
#include "media/check/init_segment.hpp"
#include "media/description/extended_rendition.hpp"
#include "media/manifest/package_files.hpp"
#include "tests/media/description/description_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <utility>

using namespace tongxing::tests;
namespace description = tongxing::media::description;
namespace model = tongxing::media::model;
using tongxing::accessibility::Pause;
using ms = tongxing::accessibility::Milliseconds;
using Bytes = std::vector<std::byte>;
using namespace std::string_literals;

namespace {

Bytes bytes_of(const std::string& text) {
  Bytes bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

void put32(Bytes& to, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    to.push_back(static_cast<std::byte>(value >> static_cast<unsigned>(shift)));
}

Bytes box(const std::string& kind, const Bytes& body) {
  Bytes all;
  put32(all, static_cast<std::uint32_t>(body.size() + 8));
  const Bytes name = bytes_of(kind);
  all.insert(all.end(), name.begin(), name.end());
  all.insert(all.end(), body.begin(), body.end());
  return all;
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes words(std::initializer_list<std::uint32_t> values) {
  Bytes all;
  for (const std::uint32_t value : values) put32(all, value);
  return all;
}

/// Four samples of 40 ticks from tick 1,000 on, sizes only; default duration in tfhd.
Bytes plain_segment() {
  const Bytes tfhd = box("tfhd", words({0x020008, 1, 40}));
  const Bytes tfdt = box("tfdt", words({0x01000000, 0, 1'000}));
  const Bytes trun = box("trun", words({0x000201, 4, 100, 11, 12, 13, 14}));
  return join({box("moof", join({box("mfhd", words({0, 1})), box("traf", join({tfhd, tfdt, trun}))})),
               box("mdat", Bytes(50))});
}

std::uint32_t word_at(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
  return value;
}

/// When each picture of a segment is shown and for how long, in seconds, by the reader of `media check`; in
/// the order of the screen, as the edit list of the init segment has it.
std::vector<std::pair<double, double>> shown(const std::filesystem::path& folder, const std::string& init,
                                             const std::string& segment) {
  const auto head = tongxing::media::check::read_init(text_of(folder / init));
  REQUIRE(head);
  const auto fragments = tongxing::media::check::read_fragments(text_of(folder / segment), *head);
  REQUIRE(fragments);
  const auto& track = head->tracks.at(0);
  const auto scale = static_cast<double>(track.timescale);
  std::vector<std::pair<double, double>> found;
  for (const auto& sample : fragments->at(0).samples) {
    found.emplace_back(static_cast<double>(sample.shown_time - track.edit.media_time) / scale,
                       sample.duration / scale);
  }
  std::ranges::sort(found);
  return found;
}

/// The words of the trun behind its header.
std::vector<std::uint32_t> run_of(const Bytes& segment) {
  const Bytes name = bytes_of("trun");
  const auto found = std::ranges::search(segment, name);
  const auto at = static_cast<std::size_t>(found.begin() - segment.begin());
  std::vector<std::uint32_t> values;
  for (std::size_t i = at + 4; i < at - 4 + word_at(segment, at - 4); i += 4)
    values.push_back(word_at(segment, i));
  return values;
}

}  // namespace

TEST_CASE("one sample lasts longer, and the box says where the data lies now") {
  const std::vector<Pause> pauses{{ms(1'090), ms(500)}};  // the third sample: 1,080 … 1,120
  const Bytes before = plain_segment();
  const auto after = description::with_pauses(before, {.timescale = 1'000}, pauses);
  REQUIRE(after);
  CHECK(after->size() == before.size() + 16);
  CHECK(run_of(*after) == std::vector<std::uint32_t>{0x000301, 4, 116, 40, 11, 40, 12, 540, 13, 40, 14});
  CHECK(word_at(*after, 0) == word_at(before, 0) + 16);
  const std::vector<Pause> two{{ms(0), ms(100)},
                               {ms(5'000), ms(200)}};  // before the first: it; behind all: the last
  CHECK(run_of(*description::with_pauses(before, {.timescale = 1'000}, two)) ==
        std::vector<std::uint32_t>{0x000301, 4, 116, 140, 11, 40, 12, 40, 13, 240, 14});
}

TEST_CASE("reordered pictures: what is shown later comes later, also where it was decoded before") {
  // Decoded I0 P3 B1 B2, shown at 0, 120, 40, 80 (+1,000).
  const Bytes tfhd = box("tfhd", words({0x020000, 1}));
  const Bytes tfdt = box("tfdt", words({0, 1'000}));
  const Bytes trun =
      box("trun", words({0x01000B01, 4, 100, 40, 1, 0, 40, 2, 80, 40, 3, static_cast<std::uint32_t>(-40), 40,
                         4, static_cast<std::uint32_t>(-40)}));
  const Bytes segment = box("moof", join({box("traf", join({tfhd, tfdt, trun}))}));
  const std::vector<Pause> pauses{{ms(1'050), ms(500)}};  // B1 is on the screen
  const auto after = description::with_pauses(segment, {.timescale = 1'000}, pauses);
  REQUIRE(after);
  // B1 is the last decoded of what is shown by then: room is made behind it; P3, decoded before, moves by its
  // offset.
  CHECK(run_of(*after) == std::vector<std::uint32_t>{0x01000B01, 4, 100, 40, 1, 0, 40, 2, 580, 540, 3,
                                                     static_cast<std::uint32_t>(-40), 40, 4,
                                                     static_cast<std::uint32_t>(-40)});
}

TEST_CASE("what an edit list takes off is in the segment itself, and the init segment has none any more") {
  const Bytes tfhd = box("tfhd", words({0x020000, 1}));
  const Bytes tfdt = box("tfdt", words({0, 1'000}));
  const Bytes trun = box("trun", words({0x00000B01, 3, 100, 40, 1, 40, 40, 2, 80, 40, 3, 0}));
  const Bytes segment = box("moof", join({box("traf", join({tfhd, tfdt, trun}))}));
  // Shown at 1,000, 1,080 and 1,040 by the edit list: I0 P2 B1.
  const std::vector<Pause> pauses{{ms(1'050), ms(500)}};
  const auto after = description::with_pauses(segment, {.timescale = 1'000, .edit_start = 40}, pauses);
  REQUIRE(after);
  CHECK(run_of(*after) == std::vector<std::uint32_t>{0x01000B01, 3, 100, 40, 1, 0, 40, 2, 540, 540, 3,
                                                     static_cast<std::uint32_t>(-40)});

  const Bytes list = box("edts", box("elst", words({0, 1, 0, 40, 0x10000})));
  const Bytes header = box("tkhd", Bytes(84));
  const Bytes rest = box("mdia", Bytes(12));
  const Bytes brands = bytes_of("iso5\0\0\2\0iso6cmfc"s);
  const Bytes init =
      join({box("ftyp", brands),
            box("moov", join({box("mvhd", Bytes(100)), box("trak", join({header, list, rest}))}))});
  CHECK(description::edit_start_of(init) == 40);
  const auto plain = description::without_edit_list(init);
  REQUIRE(plain);
  CHECK(*plain == join({box("ftyp", bytes_of("iso5\0\0\2\0iso6cmf2"s)),
                        box("moov", join({box("mvhd", Bytes(100)), box("trak", join({header, rest}))}))}));
  CHECK_FALSE(description::without_edit_list(brands));
  for (std::size_t size = 0; size < init.size(); ++size) {
    CHECK_FALSE(description::without_edit_list(std::span(init).first(size)));
  }
}

TEST_CASE("what is no single fragment is refused") {
  const std::vector<Pause> pauses{{ms(0), ms(10)}};
  const auto fault = [&](const Bytes& bytes) {
    return description::with_pauses(bytes, {.timescale = 1'000}, pauses).error();
  };
  CHECK(fault({}) == description::BoxFault::missing);
  CHECK(fault(bytes_of("\x00\x00\x00\x40moof")) == description::BoxFault::missing);
  const Bytes good = plain_segment();
  CHECK(fault(join({good, good})) == description::BoxFault::unsupported);
  for (std::size_t size = 0; size < good.size() - 60; ++size) {
    CHECK_FALSE(description::with_pauses(std::span(good).first(size), {.timescale = 1'000}, pauses));
  }
  CHECK_FALSE(description::with_pauses(good, {.timescale = 1'000}, std::vector<Pause>{{ms(-5), ms(10)}}));
}

TEST_CASE("a real segment stands still, to the millisecond") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 160;
  options.height = 90;
  make_test_video(scratch / "source.mp4", options);
  const auto package = make_package(scratch / "source.mp4", scratch / "out");
  REQUIRE(package);
  description::DescriptionJob job;
  job.captions = captions_of({{0, 8'000}, {9'000, 13'000}});
  job.descriptions = {description_of("long", "这一段话太长，放不进去。", 8'200, 8'500)};
  job.voices = {tone_voice(3'000, 4)};
  job.package = description::shape_of(package->package);
  const auto made = describe(scratch / "source.mp4", scratch / "out", job);
  const auto pauses = description::read_pauses(text_of(scratch / "out" / "ad" / "timemap.json"));
  REQUIRE(pauses);
  REQUIRE(pauses->size() == 1);
  model::Package joined = package->package;
  REQUIRE(description::write_extended(scratch / "out", joined, made.rendition, *pauses));
  REQUIRE(joined.extended);
  CHECK(joined.extended->sound == "a-cmn-ad");
  CHECK(joined.extended->pauses == std::vector<model::StandStill>{{1, ms(8'150), ms(4'416)}});

  // The largest rung: smaller ones may show every second picture only.
  const auto videos = std::ranges::count(joined.renditions, model::MediaKind::video, &model::Rendition::kind);
  model::Rendition video = joined.renditions.at(static_cast<std::size_t>(videos) - 1);
  const auto folder = scratch / "out" / video.name;
  CHECK(std::filesystem::file_size(folder / "x1.m4s") ==
        static_cast<std::uintmax_t>(video.segments[1].still_bytes));
  CHECK(std::filesystem::file_size(folder / "xinit.mp4") ==
        static_cast<std::uintmax_t>(video.still_init_bytes));
  const auto before = shown(folder, "init.mp4", "s1.m4s");
  const auto after = shown(folder, "xinit.mp4", "x1.m4s");
  REQUIRE(before.size() == 150);
  REQUIRE(after.size() == 150);
  // 25 pictures a second: the one at 8.12 s is on the screen at 8.15 s; the next one comes 4.416 s late.
  for (std::size_t i = 0; i < after.size(); ++i) {
    CHECK(after[i].first == Approx(before[i].first + (i > 53 ? 4.416 : 0)).margin(0.001));
  }
  CHECK(after[53].first == Approx(8.12).margin(0.001));

  // Whoever overlooks edit lists must find no picture late, and the end where the next segment begins.
  const auto init = bytes_of(text_of(folder / "xinit.mp4"));
  CHECK(description::edit_start_of(init) == 0);
  CHECK(text_of(folder / "xinit.mp4").find("cmf2") != std::string::npos);
  CHECK(text_of(folder / "xinit.mp4").find("cmfc") == std::string::npos);
  CHECK(after.front().first == Approx(6).margin(0.001));
  CHECK(after.back().first + 0.04 == Approx(12 + 4.416).margin(0.001));

  std::filesystem::copy_file(folder / "x1.m4s", folder / "s1.m4s",
                             std::filesystem::copy_options::overwrite_existing);
  video.segments.resize(2);
  const ReadBack read = read_back(scratch / "out", video);
  CHECK(read.packets.size() == 300);
  CHECK(read.decoded_frames == 300);

  std::map<std::string, std::string> files;
  for (auto& file : tongxing::media::manifest::fixed_manifests(joined, {})) files[file.path] = file.text;
  for (auto& file : tongxing::media::manifest::track_manifests(joined, {}, {})) files[file.path] = file.text;
  CHECK(files.at("described-extended.m3u8").find("a-cmn-ad/described-extended.m3u8") != std::string::npos);
  const std::string list = files.at(video.name + "/described-extended.m3u8");
  CHECK(list.find("#EXT-X-MAP:URI=\"xinit.mp4\"\n#EXTINF:10.416000,\nx1.m4s\n#EXT-X-DISCONTINUITY\n"
                  "#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:1.000000,\ns2.m4s\n") != std::string::npos);
  CHECK(list.find("#EXT-X-TARGETDURATION:10\n") != std::string::npos);
  const std::string sound = files.at("a-cmn-ad/described-extended.m3u8");
  CHECK(sound.find("x1.m4s\n#EXT-X-DISCONTINUITY\n#EXTINF") != std::string::npos);
  CHECK_FALSE(description::read_pauses("{\"pauses\":[{\"lesson_ms\":-1}]}"));
  CHECK_FALSE(description::read_pauses("nonsense"));
}
