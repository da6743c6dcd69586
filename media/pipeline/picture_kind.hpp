// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/pipeline/ladder.hpp"
#include "media/pipeline/source.hpp"

namespace tongxing::media::pipeline {

/// What a few moments of the pictures look like, in blocks of 16 × 16 luma samples.
struct PictureLook {
  int pairs = 0;         ///< pictures that were compared with the one before
  double unchanged = 0;  ///< share of blocks that (almost) stayed as they were, 0…1
  double flat = 0;       ///< share of blocks of one brightness, 0…1

  /// Screens stand still and are flat; cameras never hold still. Few pictures count as a camera's.
  [[nodiscard]] PictureKind kind() const noexcept;
};

/// Looks at some pictures at six places of the source. Where it cannot be searched through, its beginning
/// must do.
[[nodiscard]] PictureLook look_at_pictures(int fd, const SourceInfo& source);

}  // namespace tongxing::media::pipeline
