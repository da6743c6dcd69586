// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>

namespace tongxing::media::pipeline {

/// True where the machine lacked something (memory, room on the disk, file size), so that another try may
/// succeed.
[[nodiscard]] bool lack_of_resources(const std::exception& error) noexcept;

}  // namespace tongxing::media::pipeline
