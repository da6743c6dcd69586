// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tongxing::media::worker {

/// `narrate TEXT|--file FILE --language cmn [--rate N] [--out FILE.wav] [--voice COMMAND] [--json]`: says how
/// a text is read, and writes it as sound. Runs outside of the locked room: it opens no media, only text.
/// Returns the exit code: 0, 2 bad input, 3 no voice, 64 wrong usage.
[[nodiscard]] int narrate_command(const std::vector<std::string>& arguments);

}  // namespace tongxing::media::worker
