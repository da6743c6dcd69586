// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tongxing::media::pipeline {

/// Finds the pictures that a lesson can be followed with when only stills are shown. Looks at tiny gray
/// copies: a slide begins where the picture changed and then stands still for a second; what never stands
/// still gives a picture now and then. Pure; one thread.
class SlideFinder {
 public:
  static constexpr int kWidth = 96;
  static constexpr int kHeight = 54;

  /// `gray` (kWidth × kHeight bytes) was on show from `from_us` until `until_us`; times never fall. Gives the
  /// time from which it is to be shown, where it is a new slide.
  [[nodiscard]] std::optional<std::int64_t> look(std::span<const std::uint8_t> gray, std::int64_t from_us,
                                                 std::int64_t until_us);

 private:
  using Gray = std::vector<std::uint8_t>;
  void keep(std::span<const std::uint8_t> gray, std::int64_t start_us);

  Gray kept_;                            ///< the slide that is shown now
  Gray before_;                          ///< what was looked at last
  std::optional<std::int64_t> differs_;  ///< since when the picture is not the kept slide
  std::int64_t still_ = 0;               ///< since when nothing moves
  std::int64_t start_ = 0;               ///< of the kept slide
};

/// How many pixels of two gray pictures of one size differ so much that a person sees it.
[[nodiscard]] int visible_changes(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept;

/// How much there is to see: the variance of the pixels. A black picture has none.
[[nodiscard]] double detail_of(std::span<const std::uint8_t> gray) noexcept;

}  // namespace tongxing::media::pipeline
