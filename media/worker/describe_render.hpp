// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/worker/describe_options.hpp"

namespace tongxing::media::worker {

/// Speaks the script, then makes everything of the media in a locked child process, then joins it to the
/// package where there is one. Returns the exit code.
[[nodiscard]] int render_command(const DescribeOptions& options);

}  // namespace tongxing::media::worker
