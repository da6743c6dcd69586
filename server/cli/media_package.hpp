// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/render/locale.hpp"

#include <string>
#include <vector>

/// `tongxing media package` and `tongxing media probe`: the platform's engine for anybody. Exit codes: 0
/// done, 2 the input or the arguments are wrong, 3 something is missing on this machine (room, memory,
/// walls), 70 a bug, 128 + n after signal n.
namespace tongxing::cli {

/// Makes everything in a folder beside `--out`, reads it back in a second process, and only then puts it in
/// its place by one rename: the folder is there whole or not at all.
[[nodiscard]] int media_package(const std::vector<std::string>& arguments, render::Locale locale);

/// What is in a file, as one JSON object; a sentence where it is refused.
[[nodiscard]] int media_probe(const std::vector<std::string>& arguments, render::Locale locale);

}  // namespace tongxing::cli
