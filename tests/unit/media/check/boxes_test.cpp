// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/boxes.hpp"

#include "media/check/fragments.hpp"
#include "media/check/h264.hpp"
#include "media/check/init_segment.hpp"
#include "media/check/jpeg_size.hpp"
#include "media/check/transport_stream.hpp"
#include "tests/support/catch.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

using namespace tongxing::media::check;

namespace {

std::string be(std::uint64_t value, int bytes) {
  std::string out;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> static_cast<unsigned>(shift));
  return out;
}

std::string box(std::string_view type, std::initializer_list<std::string> parts) {
  std::string body;
  for (const auto& part : parts) body += part;
  return be(body.size() + 8, 4) + std::string{type} + body;
}

std::string zeros(std::size_t count) {
  return std::string(count, '\0');
}

/// An H.264 track of 640×360 at 12,800 ticks a second, shown from the media time `edit`.
std::string video_track(std::uint32_t edit) {
  const auto avc = box("avcC", {"\x01\x4D\x40\x1E\xFF\xE1", be(4, 2), "\x67\x4D\x40\x1E", be(0, 1)});
  const auto entry = box("avc1", {zeros(24), be(640, 2), be(360, 2), zeros(50), avc});
  const auto edits = box("edts", {box("elst", {be(0, 4), be(2, 4), be(500, 4), be(0xFFFFFFFF, 4),
                                               be(0x10000, 4), be(0, 4), be(edit, 4), be(0x10000, 4)})});
  return box(
      "trak",
      {box("tkhd", {be(0, 4), zeros(8), be(7, 4), zeros(60), be(854U << 16U, 4), be(480U << 16U, 4)}), edits,
       box("mdia", {box("mdhd", {be(0, 4), zeros(8), be(12'800, 4), zeros(8)}),
                    box("hdlr", {zeros(8), "vide", zeros(13)}),
                    box("minf", {box("stbl", {box("stsd", {be(0, 4), be(1, 4), entry})})})})});
}

std::string init_bytes(std::uint32_t edit = 0) {
  const auto trex = box("trex", {be(0, 4), be(7, 4), be(1, 4), be(512, 4), be(0, 4), be(0x10000, 4)});
  return box("ftyp", {"iso6", zeros(4)}) +
         box("moov", {box("mvhd", {be(0, 4), zeros(8), be(1'000, 4), zeros(84)}), video_track(edit),
                      box("mvex", {trex})});
}

/// Two samples, the first one a key; composition offsets 1024 and −512.
std::string segment_bytes(std::uint32_t second_size) {
  const auto run = [&](std::uint32_t offset) {
    return box("trun", {be(0xA05, 4), be(2, 4), be(offset, 4), be(0x2000000, 4), be(6, 4), be(1'024, 4),
                        be(second_size, 4), be(0xFFFFFE00, 4)});
  };
  const auto moof = [&](std::uint32_t offset) {
    return box("moof", {box("mfhd", {be(0, 4), be(1, 4)}),
                        box("traf", {box("tfhd", {be(0x20000, 4), be(7, 4)}),
                                     box("tfdt", {be(0x1000000, 4), be(76'800, 8)}), run(offset)})});
  };
  const auto size = moof(0).size();
  const std::string key = be(2, 4) + "\x65\x88";
  const std::string other = be(3, 4) + "\x41\x9A\x01";
  return moof(static_cast<std::uint32_t>(size + 8)) + box("mdat", {key, other});
}

std::string packed(std::string_view bits) {
  std::string out;
  for (std::size_t i = 0; i < bits.size(); i += 8) {
    unsigned value = 0;
    for (std::size_t k = 0; k < 8; ++k)
      value = value << 1U | (i + k < bits.size() && bits[i + k] == '1' ? 1U : 0U);
    out += static_cast<char>(value);
  }
  return out;
}

}  // namespace

TEST_CASE("boxes are walked, and damage is noticed") {
  const auto two = box("free", {"abc"}) + be(1, 4) + "mdat" + be(19, 8) + "xyz" + be(0, 4) + "last" + "rest";
  BoxWalk walk(two);
  const auto first = walk.next();
  REQUIRE(first);
  CHECK(first->body == "abc");
  const auto second = walk.next();
  REQUIRE(second);
  CHECK(second->body == "xyz");
  CHECK(second->offset == 11);
  CHECK(walk.next()->body == "rest");
  CHECK_FALSE(walk.next());
  CHECK_FALSE(walk.broken());
  for (const auto& damaged :
       {std::string("\0\0\0", 3), be(4, 4) + "free", be(100, 4) + "free", be(1, 4) + "mdat" + be(15, 8)}) {
    BoxWalk bad(damaged);
    CHECK_FALSE(bad.next());
    CHECK(bad.broken());
  }
}

TEST_CASE("an init segment tells codec, sizes, times and defaults") {
  const auto init = read_init(init_bytes(256));
  REQUIRE(init);
  REQUIRE(init->tracks.size() == 1);
  const Track& track = init->tracks[0];
  CHECK(track.id == 7);
  CHECK(track.kind == TrackKind::video);
  CHECK(track.codec == "avc1.4D401E");
  CHECK(track.nal_length_size == 4);
  CHECK(track.width == 640);
  CHECK(track.height == 360);
  CHECK(track.shown_width == 854);
  CHECK(track.timescale == 12'800);
  CHECK(track.edit.delay_us == 500'000);
  CHECK(track.edit.media_time == 256);
  CHECK(track.defaults.duration == 512);
  CHECK(track.parameter_set == "\x67\x4D\x40\x1E");
  CHECK_FALSE(read_init(""));
  CHECK_FALSE(read_init(box("moov", {})));
}

TEST_CASE("fragments give every sample its place and its times") {
  const auto init = read_init(init_bytes());
  REQUIRE(init);
  const auto bytes = segment_bytes(7);
  const auto fragments = read_fragments(bytes, *init);
  REQUIRE(fragments);
  REQUIRE(fragments->size() == 1);
  const auto& samples = fragments->front().samples;
  REQUIRE(samples.size() == 2);
  CHECK(samples[0].decode_time == 76'800);
  CHECK(samples[0].shown_time == 77'824);
  CHECK(samples[0].duration == 512);
  CHECK(samples[0].access == Sample::Access::random);
  CHECK(samples[1].decode_time == 77'312);
  CHECK(samples[1].shown_time == 76'800);
  CHECK(samples[1].access == Sample::Access::none);
  CHECK(samples[1].offset + samples[1].size == bytes.size());
  const auto picture = [&](const Sample& sample) {
    return first_picture(std::string_view(bytes).substr(sample.offset, sample.size), 4, NalCodec::h264);
  };
  CHECK(picture(samples[0]) == Picture::instant_refresh);
  CHECK(picture(samples[1]) == Picture::other);

  CHECK_FALSE(read_fragments(segment_bytes(8), *init));  // one byte behind the end
  CHECK_FALSE(read_fragments(bytes.substr(0, bytes.size() - 1), *init));
  CHECK_FALSE(read_fragments("", *init));
  const auto range = std::string_view(bytes).substr(0, samples[0].offset + samples[0].size);
  const auto first = read_first_sample(range, *init, 0);
  REQUIRE(first);
  CHECK(first->samples.size() == 1);
  CHECK_FALSE(read_first_sample(range.substr(0, range.size() - 1), *init, 0));
}

TEST_CASE("a run that claims four thousand million samples costs nothing") {
  const auto init = read_init(init_bytes());
  REQUIRE(init);
  const auto run = box("trun", {be(0, 4), be(0xFFFFFFFF, 4)});
  const auto moof = box("moof", {box("traf", {box("tfhd", {be(0x20000, 4), be(7, 4)}), run})});
  const auto fragments = read_fragments(moof, *init);
  REQUIRE_FALSE(fragments);
  CHECK(fragments.error() == "more than 500,000 samples");
}

TEST_CASE("a segment index gives places in the file") {
  const auto index =
      box("sidx", {be(0, 4), be(1, 4), be(1'000, 4), be(0, 4), be(20, 4), be(0, 2), be(2, 2), be(300, 4),
                   be(6'000, 4), be(0x90000000, 4), be(200, 4), be(1'500, 4), be(0x90000000, 4)});
  const auto entries = read_index(index, 1'000);
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].offset == 1'000 + index.size() + 20);
  CHECK((*entries)[0].size == 300);
  CHECK((*entries)[0].duration_us == 6'000'000);
  CHECK((*entries)[1].offset == (*entries)[0].offset + 300);
  CHECK_FALSE(read_index(index.substr(0, 40), 0));
}

TEST_CASE("a sequence parameter set tells the size of the picture") {
  // Baseline 3.0, 40×23 macroblocks, 8 lines cut off below: 640×360.
  const std::string bits =
      "1"
      "1"
      "011"
      "010"
      "0"
      "00000101000"
      "000010111"
      "1"
      "1"
      "1"
      "1"
      "1"
      "1"
      "00101"
      "0"
      "1";
  const auto found = read_sequence_parameters("\x67\x42\xC0\x1E" + packed(bits));
  REQUIRE(found);
  CHECK(found->profile == 0x42);
  CHECK(found->constraints == 0xC0);
  CHECK(found->level == 0x1E);
  CHECK(found->width == 640);
  CHECK(found->height == 360);
  CHECK_FALSE(read_sequence_parameters("\x67\x42\xC0\x1E"));
  CHECK_FALSE(read_sequence_parameters("\x68\x42\xC0\x1E" + packed(bits)));
}

TEST_CASE("units before a picture are passed over, damaged lengths noticed") {
  const std::string delimiter = be(2, 2) + "\x09\x10";
  CHECK(first_picture(delimiter + be(1, 2) + "\x65", 2, NalCodec::h264) == Picture::instant_refresh);
  CHECK(first_picture(delimiter + be(9, 2) + "\x65", 2, NalCodec::h264) == Picture::unreadable);
  CHECK(first_picture(delimiter, 2, NalCodec::h264) == Picture::unreadable);
  CHECK(first_picture(be(2, 4) + "\x26\x01", 4, NalCodec::hevc) == Picture::instant_refresh);  // type 19
  CHECK(first_picture(be(2, 4) + "\x02\x01", 4, NalCodec::hevc) == Picture::other);
}

TEST_CASE("what is in a transport stream, and how large a JPEG is") {
  const auto packet = [](unsigned id, const std::string& section) {
    std::string out = "\x47" + be(0x4000U | id, 2) + "\x10" + zeros(1) + section;
    out.resize(188, '\xFF');
    return out;
  };
  const auto programs = packet(0, be(0, 1) + be(0xB00D, 2) + zeros(5) + be(1, 2) + be(0xE100, 2) + zeros(4));
  const auto map =
      packet(0x100, be(2, 1) + be(0xB017, 2) + zeros(7) + be(0xF000, 2) + "\x1B" + be(0xE101, 2) +
                        be(0xF000, 2) + "\x0F" + be(0xE102, 2) + be(0xF000, 2) + zeros(4));
  const auto stream = read_transport_stream(programs + map);
  REQUIRE(stream);
  CHECK(stream->has_video);
  CHECK(stream->has_audio);
  CHECK_FALSE(read_transport_stream(std::string(400, 'x')));

  const std::string jpeg =
      "\xFF\xD8\xFF\xE0" + be(4, 2) + zeros(2) + "\xFF\xC2" + be(11, 2) + "\x08" + be(450, 2) + be(800, 2);
  CHECK(jpeg_size(jpeg) == PictureSize{800, 450});
  CHECK_FALSE(jpeg_size(jpeg.substr(0, 15)));
  CHECK_FALSE(jpeg_size("GIF89a"));
}
