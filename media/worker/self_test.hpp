// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tongxing::media::worker {

/// Tries to break out of the locked room, each way in a process of its own, and to do the work that must be
/// possible in it. Prints one JSON object {"ok":…,"walls":"…","tries":{"socket":true,…}} where true means "as
/// it must be". Exit code 0, or 3 where a wall is missing: then no media work may be done on this machine.
[[nodiscard]] int self_test_command();

}  // namespace tongxing::media::worker
