// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"
#include "media/model/package.hpp"
#include "media/pipeline/extra_audio.hpp"
#include "media/pipeline/output_folder.hpp"

namespace tongxing::media::pipeline {

/// Makes "signed540": the lesson on the left two thirds, the signer on the right third, so that neither hides
/// the other; for players that cannot run two videos. As long as the lesson, cut at the same borders. Reads
/// both sources anew. `journal`: see package_source.
[[nodiscard]] model::Outcome<model::Rendition> make_signed_picture(
    const SideSource& lesson, const SideSource& signer, const model::Package& package,
    const OutputFolder& output, const model::EventListener& listener, const Journal* journal = nullptr);

}  // namespace tongxing::media::pipeline
