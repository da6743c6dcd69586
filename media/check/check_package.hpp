// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/report.hpp"

#include <expected>
#include <string>

namespace tongxing::media::check {

/// Checks every rule of H1–H33 and D1–D12 on the package in `folder`, ours or anybody's, by reading its
/// manifests and segments. Nothing outside of the folder is opened, symbolic links are not followed, and no
/// input makes it crash. The error, in plain English: the folder cannot be read or holds no manifest.
[[nodiscard]] std::expected<Report, std::string> check_package(const std::string& folder);

}  // namespace tongxing::media::check
