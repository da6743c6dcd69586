// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tongxing::media::description {

/// Speech made shorter with its pitch kept, by overlapping pieces where they are most alike (WSOLA: Verhelst
/// and Roelands, ICASSP 1993). `speed_permille` 1000 … 2000: 1120 makes 1.12 s into 1 s. 48 kHz. The result
/// is as long as the rate says, ±20 ms. Pure.
[[nodiscard]] std::vector<float> faster(std::vector<float> samples, int speed_permille);

}  // namespace tongxing::media::description
