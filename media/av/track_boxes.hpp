// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tongxing::media::av {

/// Where the names of the `trak` boxes of an MP4 or MOV file begin, in the order of its tracks; empty for any
/// other file, and for one that is not built simply. Reads a few bytes a box, at most 64 tracks and 4,096
/// boxes.
[[nodiscard]] std::vector<std::int64_t> track_boxes(int fd);

}  // namespace tongxing::media::av
