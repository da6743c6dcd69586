// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"

#include <string>

namespace tongxing::media::worker {

/// Says what a job's finished segments depend on: its settings, the source (its length, its time of change
/// and the bytes at both ends) and this program. Two runs with the same key may share them.
[[nodiscard]] std::string resume_key(const model::JobSpec& job, int source_fd);

}  // namespace tongxing::media::worker
