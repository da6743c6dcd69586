// SPDX-License-Identifier: GPL-3.0-or-later
// Description jobs: the script of an asset is spoken, or what somebody recorded is taken.
#include "media/manifest/extended.hpp"
#include "server/jobs/job_run.hpp"
#include "server/storage/files.hpp"
#include "server/storage/side_file_store.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace tongxing::jobs {
namespace {

namespace fs = std::filesystem;

/// The voice's language: that of the lesson's sound where we can speak it, else standard Chinese.
std::string voice_language(const media::model::Package& package) {
  for (const auto& rendition : package.renditions) {
    if (rendition.kind != media::model::MediaKind::audio) continue;
    if (rendition.language.starts_with("en")) return "en";
    if (rendition.language.starts_with("yue")) return "yue";
  }
  return "cmn";
}

/// Takes an older description out of a package's folder. Only names go: the files have a second one.
void strip(const fs::path& folder, const media::model::Package& package) {
  using media::manifest::extended_folder, media::manifest::kExtendedChapters,
      media::manifest::kExtendedPlaylist;
  for (const auto& rendition : package.renditions) {
    if (is_described(rendition)) fs::remove_all(folder / rendition.name);
  }
  fs::remove_all(folder / "ad");
  std::vector<fs::path> old;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool paused = (name.starts_with('x') && name.ends_with(".m4s")) || name == "xinit.mp4";
    const bool listed = name == kExtendedPlaylist || name == kExtendedChapters;
    const bool captions = name.starts_with("t-") && name == extended_folder(name.substr(0, name.rfind('-')));
    if (entry.is_regular_file() ? paused || listed : captions) old.push_back(entry.path());
  }
  for (const auto& path : old) fs::remove_all(path);
}

}  // namespace

bool JobRun::prepare_description(const fs::path& out, media::model::Package& package) {
  std::optional<storage::TrackRow> script;
  std::optional<storage::SideFile> recording;
  std::vector<storage::TrackRow> texts;
  around_.database.read([&](storage::Connection& connection) {
    script = storage::TrackStore(connection).description_of(job_.asset);
    recording = storage::SideFileStore(connection).of_asset(job_.asset, storage::SideKind::description);
    texts = storage::TrackStore(connection).of_asset(job_.asset);
  });
  if (!script && !recording) return false;
  if (!goes_on_) strip(out, package);
  media::manifest::remove_description(package);
  if (!script) {
    // A recording alone is a sound of the lesson as it is: there is nothing to read.
    auto spec = extension(out);
    spec.extra_audio.push_back({around_.layout.original(recording->id).string(), voice_language(package),
                                media::model::AudioRole::description});
    ask_to_extend(spec);
    return true;
  }
  storage::replace_file(folder_ / "script.vtt", script->source);
  arguments_ = {"describe",
                "render",
                (folder_ / "script.vtt").string(),
                "--media",
                around_.layout.original(job_.asset).string(),
                "--out",
                out.string(),
                "--language",
                voice_language(package),
                "--threads",
                std::to_string(std::clamp(options_.threads, 1, 16)),
                "--events"};
  if (recording) {
    arguments_.insert(arguments_.end(), {"--recorded", around_.layout.original(recording->id).string()});
  }
  const auto captions = std::ranges::find(texts, "CAPTION", &storage::TrackRow::kind);
  if (captions != texts.end()) {
    storage::replace_file(folder_ / "captions.vtt", captions->source);
    arguments_.insert(arguments_.end(), {"--captions", (folder_ / "captions.vtt").string()});
  }
  return true;
}

}  // namespace tongxing::jobs
