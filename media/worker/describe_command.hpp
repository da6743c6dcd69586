// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tongxing::media::worker {

/// `describe plan …` and `describe render …`: arguments behind "describe". Returns the exit code: 0 done, 2
/// the input was wrong, 3 the machine lacks something.
[[nodiscard]] int describe_command(const std::vector<std::string>& arguments);

}  // namespace tongxing::media::worker
