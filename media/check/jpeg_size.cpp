// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/jpeg_size.hpp"

#include "media/check/byte_reader.hpp"

namespace tongxing::media::check {

std::optional<PictureSize> jpeg_size(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.u16() != 0xFFD8) return std::nullopt;
  while (reader.good()) {
    if (reader.u8() != 0xFF) return std::nullopt;
    unsigned marker = reader.u8();
    while (marker == 0xFF && reader.good()) marker = reader.u8();  // fill bytes
    const unsigned length = reader.u16();
    if (length < 2) return std::nullopt;
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      reader.skip(1);
      const int height = reader.u16();
      const int width = reader.u16();
      if (!reader.good()) return std::nullopt;
      return PictureSize{width, height};
    }
    reader.skip(length - 2);
  }
  return std::nullopt;
}

}  // namespace tongxing::media::check
