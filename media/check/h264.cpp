// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/h264.hpp"

#include "media/check/byte_reader.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace tongxing::media::check {

namespace {

constexpr std::size_t kLongestParameters = 4096;
constexpr std::uint32_t kMostBlocks = 1024;  // macroblocks a side: 16,384 pixels

/// Bits with Exp-Golomb numbers (§9.1). Past the end: zeros and not good().
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] bool good() const noexcept { return good_; }

  std::uint32_t bit() noexcept {
    if (at_ / 8 >= bytes_.size()) {
      good_ = false;
      return 0;
    }
    const auto byte = static_cast<unsigned char>(bytes_[at_ / 8]);
    return byte >> (7U - at_++ % 8) & 1U;
  }
  std::uint32_t bits(int count) noexcept {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) value = value << 1U | bit();
    return value;
  }
  std::uint32_t golomb() noexcept {
    int zeros = 0;
    while (good_ && bit() == 0) ++zeros;
    if (zeros > 31) {
      good_ = false;
      return 0;
    }
    return (std::uint32_t{1} << static_cast<unsigned>(zeros)) - 1 + bits(zeros);
  }
  std::int64_t signed_golomb() noexcept {
    const std::int64_t code = golomb();
    return code % 2 != 0 ? (code + 1) / 2 : -(code / 2);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

/// Without the bytes that keep start codes out (§7.4.1).
std::string without_emulation(std::string_view unit) {
  std::string plain;
  int zeros = 0;
  for (const char byte : unit.substr(0, kLongestParameters)) {
    if (zeros >= 2 && byte == 3) {
      zeros = 0;
      continue;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
    plain += byte;
  }
  return plain;
}

void skip_scaling_list(BitReader& reader, int size) {
  std::int64_t last = 8;
  std::int64_t next = 8;
  for (int i = 0; i < size && reader.good(); ++i) {
    if (next != 0) next = (last + reader.signed_golomb() + 256) % 256;
    last = next == 0 ? last : next;
  }
}

/// chroma_format_idc and what comes with it in the high profiles.
std::uint32_t read_chroma(BitReader& reader) {
  const std::uint32_t chroma = reader.golomb();
  if (chroma == 3) reader.bit();
  reader.golomb();
  reader.golomb();
  reader.bit();
  if (reader.bit() == 0) return chroma;
  for (int i = 0; i < (chroma == 3 ? 12 : 8); ++i) {
    if (reader.bit() != 0) skip_scaling_list(reader, i < 6 ? 16 : 64);
  }
  return chroma;
}

void skip_picture_order(BitReader& reader) {
  const std::uint32_t type = reader.golomb();
  if (type == 0) reader.golomb();
  if (type != 1) return;
  reader.bit();
  reader.golomb();
  reader.golomb();
  const std::uint32_t cycle = reader.golomb();
  for (std::uint32_t i = 0; i < cycle && i < 256 && reader.good(); ++i) reader.golomb();
}

bool has_chroma_fields(unsigned profile) {
  static constexpr std::array<unsigned, 13> kProfiles{100, 110, 122, 244, 44,  83, 86,
                                                      118, 128, 138, 139, 134, 135};
  return std::ranges::find(kProfiles, profile) != kProfiles.end();
}

}  // namespace

Picture first_picture(std::string_view sample, int length_size, NalCodec codec) noexcept {
  ByteReader reader(sample);
  while (!reader.rest().empty()) {
    const std::uint64_t length = reader.number(static_cast<std::size_t>(std::clamp(length_size, 1, 4)));
    const auto unit = reader.take(static_cast<std::size_t>(length));
    if (!reader.good()) return Picture::unreadable;
    if (unit.empty()) continue;
    const auto head = static_cast<unsigned char>(unit.front());
    const unsigned type = codec == NalCodec::h264 ? head & 31U : head >> 1U & 63U;
    const bool picture = codec == NalCodec::h264 ? type >= 1 && type <= 5 : type < 32;
    if (!picture) continue;
    const bool refresh = codec == NalCodec::h264 ? type == 5 : type == 19 || type == 20;
    return refresh ? Picture::instant_refresh : Picture::other;
  }
  return Picture::unreadable;
}

std::optional<SequenceParameters> read_sequence_parameters(std::string_view unit) {
  const std::string plain = without_emulation(unit);
  if (plain.size() < 5 || (static_cast<unsigned char>(plain[0]) & 31U) != 7) return std::nullopt;
  SequenceParameters found;
  found.profile = static_cast<std::uint8_t>(plain[1]);
  found.constraints = static_cast<std::uint8_t>(plain[2]);
  found.level = static_cast<std::uint8_t>(plain[3]);
  BitReader reader(std::string_view(plain).substr(4));
  reader.golomb();  // seq_parameter_set_id
  const std::uint32_t chroma = has_chroma_fields(found.profile) ? read_chroma(reader) : 1;
  reader.golomb();  // log2_max_frame_num
  skip_picture_order(reader);
  reader.golomb();  // max_num_ref_frames
  reader.bit();
  const std::uint64_t columns = std::uint64_t{reader.golomb()} + 1;
  const std::uint64_t rows = std::uint64_t{reader.golomb()} + 1;
  const std::uint32_t frames_only = reader.bit();
  if (frames_only == 0) reader.bit();
  reader.bit();
  if (columns > kMostBlocks || rows > kMostBlocks) return std::nullopt;
  std::array<std::uint64_t, 4> crop{};  // left, right, top, bottom
  if (reader.bit() != 0) {
    for (auto& side : crop) side = reader.golomb();
  }
  if (!reader.good()) return std::nullopt;
  const std::uint64_t across = chroma == 1 || chroma == 2 ? 2 : 1;
  const std::uint64_t down = (chroma == 1 ? 2U : 1U) * (2U - frames_only);
  const std::uint64_t width = columns * 16;
  const std::uint64_t height = rows * 16 * (2U - frames_only);
  const std::uint64_t cut_width = (crop[0] + crop[1]) * across;
  const std::uint64_t cut_height = (crop[2] + crop[3]) * down;
  if (cut_width >= width || cut_height >= height) return std::nullopt;
  found.width = static_cast<int>(width - cut_width);
  found.height = static_cast<int>(height - cut_height);
  return found;
}

}  // namespace tongxing::media::check
