// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/locale.hpp"

#include <string>
#include <vector>

namespace tongxing::cli {

/// `tongxing media check DIR [--json]`: has the worker check a package and tells what it found in the
/// language asked for. Exit codes are the worker's: 0 all rules hold, 1 some do not, 2 nothing there that can
/// be read, 64 usage.
[[nodiscard]] int media_check(const std::vector<std::string>& arguments, render::Locale locale);

}  // namespace tongxing::cli
