// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/allowed.hpp"

namespace tongxing::media::av {

bool codec_allowed(std::string_view decoder_name) noexcept {
  std::string_view rest = kCodecs;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (rest.substr(0, comma) == decoder_name) return true;
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace tongxing::media::av
