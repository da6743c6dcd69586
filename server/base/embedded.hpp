// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace tongxing {

/// A file built into the program. Made by the CMake function tongxing_embed, which declares
/// `std::span<const EmbeddedFile> tongxing::embedded::<name>();` — declare it where it is used.
struct EmbeddedFile {
  std::string_view name;  ///< path below the folder that was embedded, with '/'
  std::string_view bytes;
};

}  // namespace tongxing
