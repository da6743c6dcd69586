// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace tongxing::media::description {

/// The parts of making a description, in their order.
enum class RenderPart : std::uint8_t {
  speaking,   ///< by descriptions
  surveying,  ///< the programme is heard once, by media time
  rendering,  ///< it is mixed and encoded, by media time
  finishing   ///< clips of what the lesson stands still for, texts, and joining the package
};

/// How far the whole is, from how far its parts are. The shares of the parts are those that were measured
/// with the built-in voice; a slower voice makes the first part last longer, never stand still. Never goes
/// back; calls at most four times a second. One process, one thread.
class RenderProgress {
 public:
  using Clock = std::chrono::steady_clock;
  /// Permille 0…999 of the whole (that it is whole is said by another event), and how many milliseconds are
  /// left as it goes on like this; −1: too early to say.
  using Listener = std::function<void(int permille, std::int64_t eta_ms)>;

  /// An empty listener is told nothing.
  explicit RenderProgress(Listener listener, Clock::time_point start = Clock::now())
      : listener_(std::move(listener)), start_(start) {}

  /// `done` of `total` of a part; a part without a total is passed over.
  void at(RenderPart part, std::int64_t done, std::int64_t total, Clock::time_point now = Clock::now());

 private:
  Listener listener_;
  Clock::time_point start_;
  Clock::time_point last_{};
  int permille_ = -1;
};

}  // namespace tongxing::media::description
