// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/fragment_boxes.hpp"

#include "media/description/extended_playlists.hpp"
#include "media/description/extended_rendition.hpp"
#include "tests/media/description/description_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

using namespace tongxing::tests;
namespace description = tongxing::media::description;
namespace model = tongxing::media::model;
using tongxing::accessibility::Pause;
using ms = tongxing::accessibility::Milliseconds;
using Bytes = std::vector<std::byte>;

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
  const auto written = description::write_extended(scratch / "out", package->package, made.rendition, *pauses,
                                                   "普通话（口述影像）");
  REQUIRE(written);

  // The largest rung: smaller ones may show every second picture only.
  const auto videos =
      std::ranges::count(package->package.renditions, model::MediaKind::video, &model::Rendition::kind);
  model::Rendition video = package->package.renditions.at(static_cast<std::size_t>(videos) - 1);
  const auto folder = scratch / "out" / video.name;
  std::filesystem::copy_file(folder / "x1.m4s", folder / "s1.m4s",
                             std::filesystem::copy_options::overwrite_existing);
  video.segments.resize(2);
  ReadBack read = read_back(scratch / "out", video);
  std::ranges::sort(read.packets, {}, [](const auto& packet) {
    return packet.time;
  });  // from the order of decoding to that of the screen
  REQUIRE(read.packets.size() == 300);
  CHECK(read.decoded_frames == 300);
  // 25 pictures a second: the one at 8.12 s is on the screen at 8.15 s; the next one comes 4.416 s late.
  CHECK(read.packets[203].time == Approx(8.12).margin(0.001));
  CHECK(read.packets[204].time == Approx(8.16 + 4.416).margin(0.001));
  CHECK(read.packets[299].time == Approx(11.96 + 4.416).margin(0.001));
  CHECK(read.end == Approx(12 + 4.416).margin(0.001));

  const std::string master = text_of(scratch / "out" / "described-extended.m3u8");
  CHECK(master.find("a-cmn-ad/described-extended.m3u8") != std::string::npos);
  const std::string list = text_of(folder / "described-extended.m3u8");
  CHECK(list.find("#EXTINF:10.416000,\nx1.m4s\n#EXT-X-DISCONTINUITY\n#EXTINF:1.000000,\ns2.m4s\n") !=
        std::string::npos);
  CHECK(list.find("#EXT-X-TARGETDURATION:10\n") != std::string::npos);
  const std::string sound = text_of(scratch / "out" / "a-cmn-ad" / "described-extended.m3u8");
  CHECK(sound.find("x1.m4s\n#EXT-X-DISCONTINUITY\n") != std::string::npos);
  CHECK_FALSE(description::read_pauses("{\"pauses\":[{\"lesson_ms\":-1}]}"));
  CHECK_FALSE(description::read_pauses("nonsense"));
}
