// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/package_files.hpp"

#include "media/manifest/chapters.hpp"
#include "media/manifest/dash.hpp"
#include "media/manifest/extended.hpp"
#include "media/manifest/hls.hpp"

#include <utility>

namespace tongxing::media::manifest {
namespace {

void add(std::vector<TextFile>& files, std::string path, std::string text) {
  if (!text.empty()) files.push_back({std::move(path), std::move(text)});
}

void add_rendition(std::vector<TextFile>& files, const model::Rendition& rendition,
                   model::Milliseconds segment) {
  add(files, rendition.name + "/index.m3u8", media_playlist(rendition, segment));
  add(files, rendition.name + "/iframe.m3u8", iframe_playlist(rendition));
}

}  // namespace

std::vector<TextFile> track_manifests(const model::Package& package, std::span<const model::TextTrack> tracks,
                                      const Names& names) {
  std::vector<TextFile> files;
  add(files, "manifest.mpd", mpd(package, tracks, names));
  add(files, "audio.m3u8", audio_only_playlist(package, tracks, names));
  add(files, "signed.m3u8", signed_playlist(package, tracks, names));
  add(files, std::string{kExtendedPlaylist}, extended_multivariant(package, tracks, names));
  add(files, "master.m3u8", multivariant_playlist(package, tracks, names));
  return files;
}

std::vector<TextFile> fixed_manifests(const model::Package& package, const Names& names) {
  std::vector<TextFile> files;
  for (const auto& rendition : package.renditions) {
    add_rendition(files, rendition, package.segment_duration);
    add(files, rendition.name + '/' + std::string{kExtendedPlaylist},
        extended_media_playlist(package, rendition));
  }
  for (const auto& rendition : package.sign) add_rendition(files, rendition, package.segment_duration);
  if (package.signed_picture) add_rendition(files, *package.signed_picture, package.segment_duration);
  add(files, "sign.m3u8", sign_playlist(package));
  add(files, "sign.mpd", sign_mpd(package, names));
  if (!package.chapters.empty()) {
    add(files, "chapters.json", chapters_json(package.chapters));
    add(files, "chapters.vtt", chapters_vtt(package.chapters));
    if (package.extended)
      add(files, std::string{kExtendedChapters}, chapters_json(extended_chapters(package)));
  }
  return files;
}

std::vector<std::string> absent_manifests(const model::Package& package) {
  std::vector<std::string> names;
  if (package.sign.empty()) names.insert(names.end(), {"sign.m3u8", "sign.mpd"});
  if (!package.signed_picture) names.emplace_back("signed.m3u8");
  if (package.chapters.empty()) names.insert(names.end(), {"chapters.json", "chapters.vtt"});
  if (!package.extended) names.emplace_back(kExtendedPlaylist);
  if (!package.extended || package.chapters.empty()) names.emplace_back(kExtendedChapters);
  return names;
}

}  // namespace tongxing::media::manifest
