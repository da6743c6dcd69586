// SPDX-License-Identifier: GPL-3.0-or-later
// Description jobs: the script of an asset is spoken and joined to a copy of its package, which then takes
// the package's place.
#include "media/manifest/extended.hpp"
#include "media/package_json/package_json.hpp"
#include "server/base/log.hpp"
#include "server/jobs/job_run.hpp"
#include "server/storage/files.hpp"
#include "server/storage/package_files.hpp"
#include "server/storage/track_store.hpp"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace tongxing::jobs {
namespace {

namespace fs = std::filesystem;

bool is_described(const media::model::Rendition& rendition) {
  return rendition.role == media::model::AudioRole::description;
}

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
void strip(const fs::path& folder, media::model::Package& package) {
  using media::manifest::extended_folder, media::manifest::kExtendedChapters,
      media::manifest::kExtendedPlaylist;
  for (const auto& rendition : package.renditions) {
    if (is_described(rendition)) fs::remove_all(folder / rendition.name);
  }
  media::manifest::remove_description(package);
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

JobRun::Result JobRun::make_description() {
  if (!prepare_description()) return fail("errors.description.gone", {}, "no script or no package");
  step_ = Step::package;
  std::vector<std::string> arguments{options_.worker.string()};
  arguments.insert(arguments.end(), describe_.begin(), describe_.end());
  return run_worker(std::move(arguments));
}

bool JobRun::prepare_description() {
  std::optional<storage::Asset> asset;
  std::optional<storage::TrackRow> script;
  std::vector<storage::TrackRow> texts;
  around_.database.read([&](storage::Connection& connection) {
    asset = storage::AssetStore(connection).get(job_.asset);
    script = storage::TrackStore(connection).description_of(job_.asset);
    texts = storage::TrackStore(connection).of_asset(job_.asset);
  });
  if (!asset || asset->state != storage::AssetState::ready || !script) return false;
  auto package = media::read_package(asset->package);
  if (!package) return false;
  base_ = asset->version;
  const fs::path out = folder_ / "out";
  fs::copy(around_.layout.package(job_.asset, base_), out,
           fs::copy_options::recursive | fs::copy_options::create_hard_links);
  strip(out, *package);
  storage::replace_file(out / "package.json", media::to_json(*package));
  storage::replace_file(folder_ / "script.vtt", script->source);
  describe_ = {"describe",
               "render",
               (folder_ / "script.vtt").string(),
               "--media",
               around_.layout.original(job_.asset).string(),
               "--out",
               out.string(),
               "--language",
               voice_language(*package),
               "--threads",
               std::to_string(std::clamp(options_.threads, 1, 16)),
               "--events"};
  const auto captions = std::ranges::find(texts, "CAPTION", &storage::TrackRow::kind);
  if (captions != texts.end()) {
    storage::replace_file(folder_ / "captions.vtt", captions->source);
    describe_.insert(describe_.end(), {"--captions", (folder_ / "captions.vtt").string()});
  }
  return true;
}

JobRun::Result JobRun::publish_description() {
  const fs::path made = folder_ / "out";
  const auto package = storage::read_package_folder(made);
  if (!package) return retry("the described package is not whole: " + package.error().file);
  storage::sync_tree(made);
  const std::string version = random_text(around_.random, 128);
  const fs::path place = around_.layout.package(job_.asset, version);
  storage::publish_folder(made, place);
  std::string fault;
  const bool ours = change([&](Stores& s) {
    const auto asset = s.assets.get(job_.asset);
    if (!asset || asset->version != base_) return false;
    if (!s.jobs.set_progress(job_.id, job_.fence, progress_.json())) return false;
    if (!s.jobs.finish(job_.id, job_.fence, around_.clock.now())) return false;
    try {
      if (around_.renew) around_.renew(s.connection, *asset, *package, place);
    } catch (const std::exception& error) {
      fault = error.what();
      return false;
    }
    s.assets.set_ready(
        job_.asset,
        {version, media::to_json(*package), package->duration, asset->has_video, asset->has_audio},
        around_.clock.now());
    return true;
  });
  if (!ours) {
    std::error_code ignored;
    fs::remove_all(place, ignored);
    // A package that changed meanwhile: once more, with the newer one. Where the job is not ours, nothing.
    return fault.empty() ? give_back() : retry("the described package could not be completed: " + fault);
  }
  say(ready_message(version, package->duration.count()));
  log::info("job.described", {{"job", job_.id.str()}, {"asset", job_.asset.str()}});
  return Result::finished;
}

}  // namespace tongxing::jobs
