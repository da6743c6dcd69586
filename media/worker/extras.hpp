// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/job.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/extra_audio.hpp"
#include "media/pipeline/output_folder.hpp"

#include <vector>

namespace tongxing::media::worker {

/// The files of a job beside its main source, opened before the room is locked.
struct ExtraFiles {
  std::vector<int> audio;  ///< in the order of the job's extra_audio
  int sign = -1;
};

/// Makes what a job asks for beyond its main source and adds it to `package`: dubs, descriptions, the
/// signer's ladder, lesson and signer in one picture. Inside the locked room. A failure's args name the file.
/// `journal`: see pipeline::package_source.
[[nodiscard]] model::Outcome<void> add_extras(const model::JobSpec& job, const ExtraFiles& files,
                                              const pipeline::SideSource& lesson,
                                              const pipeline::OutputFolder& output, model::Package& package,
                                              const model::EventListener& listener,
                                              const pipeline::Journal* journal = nullptr);

}  // namespace tongxing::media::worker
