// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/jobs/playlists.hpp"

#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"
#include "server/storage/files.hpp"

#include <string>

namespace tongxing::jobs {

void write_playlists(const std::filesystem::path& folder, const media::model::Package& package) {
  const auto write = [&folder](const std::string& name, const std::string& text) {
    if (text.empty() || std::filesystem::exists(folder / name)) return;
    storage::replace_file(folder / name, text);
  };
  const media::manifest::Names names;
  for (const media::model::Rendition& rendition : package.renditions) {
    write(rendition.name + "/index.m3u8",
          media::manifest::media_playlist(rendition, package.segment_duration));
  }
  write("master.m3u8", media::manifest::multivariant_playlist(package, {}, names));
  write("audio.m3u8", media::manifest::audio_only_playlist(package, {}, names));
  write("manifest.mpd", media::manifest::mpd(package, {}, names));
}

}  // namespace tongxing::jobs
