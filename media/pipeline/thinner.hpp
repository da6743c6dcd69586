// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// Turns 48 kHz into 16 kHz for the search for speech. Keeps what is between its calls. Pure.
class Thinner {
 public:
  void add(std::span<const float> samples, std::vector<std::int16_t>& out);

 private:
  std::vector<float> waiting_;
};

}  // namespace tongxing::media::pipeline
