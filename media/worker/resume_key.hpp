// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"

#include <span>
#include <string>

namespace tongxing::media::worker {

/// Says what a job's finished segments depend on: its settings, its sources (length, time of change and the
/// bytes at both ends of each; their names do not matter) and this program. `sources`: descriptors of the
/// main source, the sounds and the signer, in the job's order. Two runs with the same key may share them.
[[nodiscard]] std::string resume_key(const model::JobSpec& job, std::span<const int> sources);

}  // namespace tongxing::media::worker
