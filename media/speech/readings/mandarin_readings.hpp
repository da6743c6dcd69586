// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/reading_table.hpp"

namespace tongxing::media::speech {

/// The table that is built into the program: about 125,000 words from @pinyin-pro/data, with our supplement.
/// Checked here, in about 2 ms; throws std::logic_error if the build made a broken one.
[[nodiscard]] accessibility::ReadingTable mandarin_readings();

}  // namespace tongxing::media::speech
