// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"

#include <cstddef>
#include <vector>

namespace tongxing::media::av {

enum class ImageFormat { jpeg, webp };

/// Whether this build of libav can write the format.
[[nodiscard]] bool can_write(ImageFormat format);

/// One picture as a file in memory. JPEG takes yuvj420p (full range), WebP yuv420p (limited range), both in
/// BT.601 colours. `quality` is 1 (worst) … 100. Every error is a Fault.
[[nodiscard]] std::vector<std::byte> write_image(const Frame& picture, ImageFormat format, int quality);

}  // namespace tongxing::media::av
