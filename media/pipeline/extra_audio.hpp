// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/job.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"
#include "media/pipeline/resume.hpp"
#include "media/pipeline/source.hpp"

namespace tongxing::media::pipeline {

/// A second file that belongs to the lesson: open, and looked into.
struct SideSource {
  int fd = -1;
  SourceInfo source;
};

/// Makes one more audio rendition of `package`, "a-<language>" or "a-<language>-ad", as loud and exactly as
/// long as the lesson and cut at the same borders: a sound that is shorter is followed by silence, a longer
/// one is cut, and a difference of more than a second is told (errors.media.audio_length). `journal`: see
/// package_source.
[[nodiscard]] model::Outcome<model::Rendition> make_extra_audio(
    const SideSource& sound, const model::ExtraAudio& wanted, const model::Package& package,
    const OutputFolder& output, const model::EventListener& listener, const Journal* journal = nullptr);

}  // namespace tongxing::media::pipeline
