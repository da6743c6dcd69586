// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "media/pipeline/output_folder.hpp"

namespace tongxing::media::worker {

/// Writes the playlists and the MPD of a package without text tracks, so that its folder plays as it is.
void write_playlists(const pipeline::OutputFolder& output, const model::Package& package);

}  // namespace tongxing::media::worker
