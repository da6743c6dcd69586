// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tongxing::tests {

/// What one run of the real program left behind.
struct ProgramRun {
  int exit_code = -1;  ///< −1: ended by a signal
  std::string output;  ///< standard output
  std::string errors;  ///< standard error
};

/// Starts `tongxing captions …`, waits for its end.
[[nodiscard]] ProgramRun run_captions(const std::vector<std::string>& arguments);

}  // namespace tongxing::tests
