// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tongxing::media::worker {

/// `check DIR [--json]`: verifies a package against the checklists H1–H33 and D1–D12. `args` is what follows
/// the word "check". Exit codes: 0 all rules hold, 1 some rule fails, 2 nothing there that can be read, 64
/// usage.
[[nodiscard]] int check_command(const std::vector<std::string>& args);

}  // namespace tongxing::media::worker
