// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace tongxing::media::check {

struct PictureSize {
  int width = 0;
  int height = 0;
  bool operator==(const PictureSize&) const = default;
};

/// What the frame header of a JPEG file says (ITU-T T.81 §B.2.2). nullopt: no JPEG, or damaged before that.
[[nodiscard]] std::optional<PictureSize> jpeg_size(std::string_view bytes);

}  // namespace tongxing::media::check
