// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/playlists.hpp"

#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"

namespace tongxing::media::worker {

void write_playlists(const pipeline::OutputFolder& output, const model::Package& package) {
  const manifest::Names names;
  bool has_audio = false;
  for (const model::Rendition& rendition : package.renditions) {
    has_audio = has_audio || rendition.kind == model::MediaKind::audio;
    output.folder(rendition.name)
        .write("index.m3u8", manifest::media_playlist(rendition, package.segment_duration));
  }
  output.write("master.m3u8", manifest::multivariant_playlist(package, {}, names));
  if (has_audio) output.write("audio.m3u8", manifest::audio_only_playlist(package, {}, names));
  output.write("manifest.mpd", manifest::mpd(package, {}, names));
}

}  // namespace tongxing::media::worker
