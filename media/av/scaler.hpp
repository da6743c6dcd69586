// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"

#include <memory>

struct SwsContext;
struct AVBufferPool;

namespace tongxing::media::av {

/// Makes pictures of one size in yuv420p, limited range, from pictures of any size and format. One thread at
/// a time; the pictures it gives may go to other threads.
class Scaler {
 public:
  Scaler(int width, int height);
  Scaler(Scaler&&) noexcept;
  Scaler& operator=(Scaler&&) noexcept;
  ~Scaler();

  /// A picture of our size; the very same data where nothing needs to change.
  [[nodiscard]] Frame scale(const Frame& picture);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tongxing::media::av
