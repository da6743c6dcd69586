// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/resume.hpp"
#include "media/pipeline/source.hpp"

namespace tongxing::media::pipeline {

/// Makes every rendition of one source in one pass over its pictures: a thread decodes, one a rung scales and
/// encodes (each hands its picture to the next smaller one), one makes the sound. Blocks until all is on
/// disk, apart from the playlists and package.json. Leaves unfinished files in `output` where it fails.
/// `journal`: goes on from what it knows and writes down every segment that is finished; null keeps no
/// account. Expected failures come back; av::Fault, DiskFault and std::bad_alloc are thrown.
[[nodiscard]] model::Outcome<model::Package> package_source(int input_fd, const SourceInfo& source,
                                                            const OutputFolder& output,
                                                            const model::JobSpec& job,
                                                            const model::EventListener& listener,
                                                            const Journal* journal = nullptr);

}  // namespace tongxing::media::pipeline
