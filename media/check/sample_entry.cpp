// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/sample_entry.hpp"

#include "media/check/boxes.hpp"
#include "media/check/byte_reader.hpp"

#include <cstdint>
#include <optional>

namespace tongxing::media::check {

namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

std::string hex_byte(unsigned value) {
  return {kDigits[value >> 4U & 15U], kDigits[value & 15U]};
}

/// Without leading zeros; "0" for 0.
std::string hex_short(std::uint64_t value) {
  std::string text;
  do {
    text.insert(text.begin(), kDigits[value & 15U]);
    value >>= 4U;
  } while (value != 0);
  return text;
}

std::string two_digits(unsigned value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// ISO/IEC 14496-15 §5.3.3.1.
void read_avc(std::string_view body, Track& track) {
  ByteReader reader(body);
  reader.skip(1);
  const unsigned profile = reader.u8();
  const unsigned constraints = reader.u8();
  const unsigned level = reader.u8();
  const int length_size = (reader.u8() & 3) + 1;
  const unsigned sets = reader.u8() & 31U;
  if (!reader.good()) return;
  track.codec = track.sample_entry + '.' + hex_byte(profile) + hex_byte(constraints) + hex_byte(level);
  track.nal_length_size = length_size;
  if (sets > 0) track.parameter_set = reader.take(reader.u16());
}

/// ISO/IEC 14496-15 §8.3.3.1 and Annex E.3.
void read_hevc(std::string_view body, Track& track) {
  ByteReader reader(body);
  reader.skip(1);
  const unsigned general = reader.u8();
  const std::uint32_t compatibility = reader.u32();
  std::uint64_t constraints = reader.number(6);
  const unsigned level = reader.u8();
  reader.skip(8);
  const int length_size = (reader.u8() & 3) + 1;
  if (!reader.good()) return;
  std::uint32_t reversed = 0;
  for (unsigned bit = 0; bit < 32; ++bit) reversed |= (compatibility >> bit & 1U) << (31U - bit);
  static constexpr std::string_view kSpaces = "ABC";
  const unsigned space = general >> 6U;
  track.codec = track.sample_entry + '.' + (space == 0 ? "" : std::string(1, kSpaces[space - 1])) +
                std::to_string(general & 31U) + '.' + hex_short(reversed) + '.' +
                ((general & 32U) != 0 ? 'H' : 'L') + std::to_string(level);
  for (; constraints != 0; constraints = constraints << 8U & 0xFFFF'FFFF'FFFFULL) {
    track.codec += '.' + hex_short(constraints >> 40U);
  }
  track.nal_length_size = length_size;
}

/// AV1 codec ISO media file format binding §2.3.3 and §5.
void read_av1(std::string_view body, Track& track) {
  ByteReader reader(body);
  reader.skip(1);
  const unsigned second = reader.u8();
  const unsigned third = reader.u8();
  if (!reader.good()) return;
  const bool high = (third & 0x40U) != 0;
  const bool twelve = (third & 0x20U) != 0;
  const char* depth = "08";
  if (high) depth = twelve && second >> 5U == 2 ? "12" : "10";
  track.codec = "av01." + std::to_string(second >> 5U) + '.' + two_digits(second & 31U) +
                ((third & 0x80U) != 0 ? 'H' : 'M') + '.' + depth;
}

/// VP codec ISO media file format binding, "vpcC".
void read_vp9(std::string_view body, Track& track) {
  ByteReader reader(body);
  reader.skip(4);
  const unsigned profile = reader.u8();
  const unsigned level = reader.u8();
  const unsigned depth = reader.u8() >> 4U;
  if (!reader.good()) return;
  track.codec =
      track.sample_entry + '.' + two_digits(profile) + '.' + two_digits(level) + '.' + two_digits(depth);
}

/// Takes an MPEG-4 descriptor's tag and length (ISO/IEC 14496-1 §8.3.3).
unsigned take_descriptor(ByteReader& reader) {
  const unsigned tag = reader.u8();
  for (int i = 0; i < 4; ++i) {
    if ((reader.u8() & 0x80U) == 0) break;
  }
  return tag;
}

void read_esds(std::string_view body, Track& track) {
  ByteReader reader(body);
  reader.skip(4);
  if (take_descriptor(reader) != 3) return;
  reader.skip(2);
  const unsigned flags = reader.u8();
  if ((flags & 0x80U) != 0) reader.skip(2);
  if ((flags & 0x40U) != 0) reader.skip(reader.u8());
  if ((flags & 0x20U) != 0) reader.skip(2);
  if (take_descriptor(reader) != 4) return;
  const unsigned object = reader.u8();
  reader.skip(12);
  if (!reader.good()) return;
  track.codec = track.sample_entry + '.' + hex_byte(object);
  if (object != 0x40 || take_descriptor(reader) != 5) return;
  const unsigned first = reader.u8();
  unsigned kind = first >> 3U;
  if (kind == 31) kind = 32 + ((first & 7U) << 3U | static_cast<unsigned>(reader.u8()) >> 5U);
  if (reader.good()) track.codec += '.' + std::to_string(kind);
}

void read_video(std::string_view body, Track& track) {
  constexpr std::size_t kFixed = 78;  // VisualSampleEntry without its box header (§12.1.3)
  if (body.size() < kFixed) return;
  ByteReader reader(body);
  reader.skip(24);
  track.width = reader.u16();
  track.height = reader.u16();
  const auto boxes = body.substr(kFixed);
  if (const auto avc = child(boxes, "avcC")) {
    read_avc(avc->body, track);
  } else if (const auto hevc = child(boxes, "hvcC")) {
    read_hevc(hevc->body, track);
  } else if (const auto av1 = child(boxes, "av1C")) {
    read_av1(av1->body, track);
  } else if (const auto vp9 = child(boxes, "vpcC")) {
    read_vp9(vp9->body, track);
  } else if (const auto esds = child(boxes, "esds")) {
    read_esds(esds->body, track);
  }
}

void read_audio(std::string_view body, Track& track) {
  constexpr std::size_t kFixed = 28;  // AudioSampleEntry without its box header (§12.2.3)
  if (body.size() < kFixed) return;
  ByteReader reader(body);
  reader.skip(16);
  track.channels = reader.u16();
  reader.skip(6);
  track.sample_rate = static_cast<int>(reader.u32() >> 16U);
  if (const auto esds = child(body.substr(kFixed), "esds")) {
    read_esds(esds->body, track);
  } else if (track.sample_entry == "Opus") {
    track.codec = "opus";
  } else {
    track.codec = track.sample_entry;
  }
}

/// Of an encrypted entry the format that is inside (§8.12).
void see_through_protection(std::string_view body, std::size_t fixed, Track& track) {
  track.protection = Track::Protection::encrypted;
  if (body.size() < fixed) return;
  const auto original = descendant(body.substr(fixed), "sinf/frma");
  if (original && original->body.size() == 4) track.sample_entry = original->body;
}

}  // namespace

void read_sample_entry(std::string_view stsd, Track& track) {
  if (stsd.size() < 8) return;
  const auto entry = BoxWalk(stsd.substr(8)).next();
  if (!entry) return;
  track.sample_entry = entry->type;
  if (entry->type == "encv") see_through_protection(entry->body, 78, track);
  if (entry->type == "enca") see_through_protection(entry->body, 28, track);
  if (track.kind == TrackKind::video) read_video(entry->body, track);
  if (track.kind == TrackKind::audio) read_audio(entry->body, track);
  if (track.kind == TrackKind::text) track.codec = track.sample_entry;
}

}  // namespace tongxing::media::check
