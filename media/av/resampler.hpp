// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"

#include <memory>
#include <vector>

namespace tongxing::media::av {

/// Turns any sound into one channel of float samples at 48 kHz. Follows changes of the source's layout.
/// One thread at a time.
class Resampler {
 public:
  static constexpr int kRate = 48'000;  ///< Hz

  Resampler();
  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;
  ~Resampler();

  /// Appends what comes out for this block to `out`.
  void convert(const Frame& block, std::vector<float>& out);
  /// Appends what is still inside.
  void drain(std::vector<float>& out);
  /// Samples that went in and have not come out yet, counted at 48 kHz.
  [[nodiscard]] std::int64_t delay() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
