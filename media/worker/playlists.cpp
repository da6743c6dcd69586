// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/playlists.hpp"

namespace tongxing::media::worker {

void write_playlists(const pipeline::OutputFolder& output, const model::Package& package) {
  static_cast<void>(output);
  static_cast<void>(package);
}

}  // namespace tongxing::media::worker
