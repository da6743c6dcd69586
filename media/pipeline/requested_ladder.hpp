// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/job.hpp"
#include "media/pipeline/ladder.hpp"

#include <string>
#include <vector>

namespace tongxing::media::pipeline {

/// The rungs that a job asks for, of those that the engine would make or of its own list: by rising height,
/// never above the source (at least one: the source's own size where all are above), the lowest alone where
/// only the first is wanted. Pure.
[[nodiscard]] std::vector<RungPlan> requested_ladder(std::vector<RungPlan> planned, Size shown,
                                                     const model::JobSpec& job);

/// What the pictures are of: as asked, else as they look.
[[nodiscard]] PictureKind requested_kind(model::Subject asked, PictureKind looks) noexcept;

/// The ladder of a signer (media rules §4.2, S1–S3): 240, 360 and 480 lines, folders sign240 …, the frame
/// rate is the source's.
[[nodiscard]] std::vector<model::RungRequest> sign_ladder();

}  // namespace tongxing::media::pipeline
