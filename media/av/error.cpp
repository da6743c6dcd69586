// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/av/error.hpp"

#include <array>

extern "C" {
#include <libavutil/error.h>
}

namespace tongxing::media::av {

Fault::Fault(const std::string& what, int code)
    : std::runtime_error(what + ": " + describe(code)), code_(code) {}

std::string describe(int code) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

int check(int code, const char* what) {
  if (code < 0) throw Fault(what, code);
  return code;
}

}  // namespace tongxing::media::av
