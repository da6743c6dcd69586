// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/av/frame.hpp"

namespace tongxing::media::av {

/// True where two pictures of 8 bits look the same: size and format agree, and no visible sample differs by
/// more than 2 of 255, which is what encoders still change in a picture that stands. Deeper samples must be
/// equal. Stops at the first row that differs more, so that moving pictures cost almost nothing.
[[nodiscard]] bool looks_same(const Frame& a, const Frame& b) noexcept;

}  // namespace tongxing::media::av
