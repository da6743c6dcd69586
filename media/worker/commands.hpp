// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

/// What the worker program does. Each returns its exit code (media/model/job.hpp).
namespace tongxing::media::worker {

/// Reads a job file, makes the package, says events on standard output.
[[nodiscard]] int package_command(const std::string& job_file);
/// Looks into one file and says `probed` (or `failed`) on standard output.
[[nodiscard]] int probe_command(const std::string& file);

}  // namespace tongxing::media::worker
