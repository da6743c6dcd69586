// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/codec_tag.hpp"

#include <array>
#include <string_view>

namespace tongxing::media::pipeline {

namespace {

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

unsigned byte_at(std::string_view text, std::size_t index) {
  return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
}

std::string hex(unsigned value) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  return {digits[(value >> 4U) & 15U], digits[value & 15U]};
}

/// Skips an MPEG-4 descriptor's tag and its length of one to four bytes (ISO/IEC 14496-1, 8.3.3).
std::size_t skip_header(std::string_view text, std::size_t at) {
  ++at;
  for (int i = 0; i < 4; ++i) {
    if ((byte_at(text, at++) & 0x80U) == 0) break;
  }
  return at;
}

std::string audio_tag(std::string_view box) {
  std::size_t at = 4;                        // version and flags
  if (byte_at(box, at) != 0x03U) return {};  // ES_Descriptor
  at = skip_header(box, at) + 3;             // ES_ID, flags (we write no dependent streams)
  if (byte_at(box, at) != 0x04U) return {};  // DecoderConfigDescriptor
  at = skip_header(box, at);
  const unsigned object = byte_at(box, at);
  at += 13;
  if (byte_at(box, at) != 0x05U) return "mp4a." + hex(object);
  at = skip_header(box, at);
  const unsigned audio_object = byte_at(box, at) >> 3U;  // AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1)
  return "mp4a." + hex(object) + "." + std::to_string(audio_object);
}

}  // namespace

std::string codec_tag(std::span<const std::byte> init_segment) {
  const std::string_view text = text_of(init_segment);
  if (const auto at = text.find("avcC"); at != std::string_view::npos) {
    return "avc1." + hex(byte_at(text, at + 5)) + hex(byte_at(text, at + 6)) + hex(byte_at(text, at + 7));
  }
  if (const auto at = text.find("esds"); at != std::string_view::npos) return audio_tag(text.substr(at + 4));
  return {};
}

}  // namespace tongxing::media::pipeline
