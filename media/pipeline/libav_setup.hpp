// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tongxing::media::pipeline {

/// Once, at the start of the program: bounds single allocations, keeps libav's own words to a few lines on
/// standard error, and makes it do now what it would otherwise read from the system later.
void set_up_libav();

/// Which codecs are at work here; another one makes other bytes.
[[nodiscard]] std::string codec_version();

}  // namespace tongxing::media::pipeline
