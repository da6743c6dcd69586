// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/transport_stream.hpp"

#include "media/check/byte_reader.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kPacket = 188;
constexpr std::size_t kMostPackets = 2'000;  // tables come first, or at least soon
constexpr unsigned kNoMap = 0x2000;

/// The section that begins in this packet; empty where none does (§2.4.4).
std::string_view section_of(std::string_view packet) {
  ByteReader reader(packet);
  reader.skip(1);
  const bool begins = (reader.u8() & 0x40U) != 0;
  reader.skip(1);
  const unsigned control = reader.u8() >> 4U & 3U;
  if (!begins || (control & 1U) == 0) return {};
  if ((control & 2U) != 0) reader.skip(reader.u8());
  reader.skip(reader.u8());  // pointer_field
  return reader.good() ? reader.rest() : std::string_view{};
}

unsigned packet_id(std::string_view packet) {
  ByteReader reader(packet.substr(1));
  return reader.u16() & 0x1FFFU;
}

/// Identifier of the packets with the first program's map.
unsigned map_id(std::string_view section) {
  ByteReader reader(section);
  if (reader.u8() != 0) return kNoMap;
  const unsigned length = reader.u16() & 0xFFFU;
  reader.skip(5);
  for (unsigned at = 5; at + 4 + 4 <= length; at += 4) {
    const unsigned program = reader.u16();
    const unsigned id = reader.u16() & 0x1FFFU;
    if (program != 0 && reader.good()) return id;
  }
  return kNoMap;
}

TransportStream streams_of(std::string_view section) {
  static constexpr std::array<unsigned, 6> kVideo{0x01, 0x02, 0x10, 0x1B, 0x24, 0x20};
  static constexpr std::array<unsigned, 7> kAudio{0x03, 0x04, 0x0F, 0x11, 0x81, 0x87, 0xC1};
  TransportStream found;
  ByteReader reader(section);
  if (reader.u8() != 2) return found;
  const unsigned length = reader.u16() & 0xFFFU;
  reader.skip(7);
  const unsigned information = reader.u16() & 0xFFFU;
  reader.skip(information);
  for (unsigned at = 9 + information; at + 5 + 4 <= length && reader.good();) {
    const unsigned type = reader.u8();
    reader.skip(2);
    const unsigned described = reader.u16() & 0xFFFU;
    reader.skip(described);
    at += 5 + described;
    found.has_video = found.has_video || std::ranges::find(kVideo, type) != kVideo.end();
    found.has_audio = found.has_audio || std::ranges::find(kAudio, type) != kAudio.end();
  }
  return found;
}

}  // namespace

std::optional<TransportStream> read_transport_stream(std::string_view bytes) {
  if (bytes.size() < 2 * kPacket || bytes[0] != 0x47 || bytes[kPacket] != 0x47) return std::nullopt;
  unsigned map = kNoMap;
  for (std::size_t i = 0; i < kMostPackets && (i + 1) * kPacket <= bytes.size(); ++i) {
    const auto packet = bytes.substr(i * kPacket, kPacket);
    if (packet.front() != 0x47) break;
    const unsigned id = packet_id(packet);
    const auto section = id == 0 || id == map ? section_of(packet) : std::string_view{};
    if (section.empty()) continue;
    if (id == map) return streams_of(section);
    map = map_id(section);
  }
  return TransportStream{};
}

}  // namespace tongxing::media::check
