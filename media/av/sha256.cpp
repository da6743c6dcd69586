// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/sha256.hpp"

#include <array>
#include <cstdint>
#include <memory>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/sha.h>
}

#include "media/av/error.hpp"

namespace tongxing::media::av {

std::string sha256_hex(std::span<const std::byte> bytes) {
  const auto release = [](AVSHA* sha) { av_free(sha); };
  const std::unique_ptr<AVSHA, decltype(release)> sha(check_pointer(av_sha_alloc(), "sha"), release);
  check(av_sha_init(sha.get(), 256), "sha");
  av_sha_update(sha.get(), reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  std::array<std::uint8_t, 32> digest{};
  av_sha_final(sha.get(), digest.data());
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace tongxing::media::av
