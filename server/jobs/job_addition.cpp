// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that complete the package of an asset that plays already: they work on a copy of it, which then takes
// its place.
#include "media/package_json/package_json.hpp"
#include "server/base/log.hpp"
#include "server/jobs/job_run.hpp"
#include "server/jobs/playlists.hpp"
#include "server/storage/files.hpp"
#include "server/storage/package_files.hpp"

#include <exception>
#include <system_error>
#include <utility>

namespace tongxing::jobs {
namespace {

namespace fs = std::filesystem;
using media::model::Package;

constexpr const char* kBase = "base";  ///< in the job's folder: the version that was copied
constexpr std::size_t kLongestVersion = 200;

/// The package as it is now, with what this job made. Captions, chapters and what other people took out while
/// the worker worked stay as they are.
Package merged(Package now, Package made, storage::JobKind kind) {
  if (kind == storage::JobKind::describe) {
    // A description may reach into the other renditions (where the lesson stands still), a signer does not.
    made.sign = std::move(now.sign);
    made.signed_picture = std::move(now.signed_picture);
    made.chapters = std::move(now.chapters);
    made.facts = std::move(now.facts);
    return made;
  }
  now.sign = std::move(made.sign);
  now.signed_picture = std::move(made.signed_picture);
  if (!made.facts) return now;
  if (!now.facts) now.facts.emplace();
  now.facts->signer = made.facts->signer;
  return now;
}

}  // namespace

bool is_described(const media::model::Rendition& rendition) {
  return rendition.role == media::model::AudioRole::description;
}

JobRun::Result JobRun::make_addition() {
  if (!prepare_addition()) {
    const bool sign = job_.kind == storage::JobKind::sign;
    return fail(sign ? "errors.sign.gone" : "errors.description.gone", {}, "nothing to add, or no package");
  }
  step_ = Step::package;
  std::vector<std::string> arguments{options_.worker.string()};
  arguments.insert(arguments.end(), arguments_.begin(), arguments_.end());
  return run_worker(std::move(arguments));
}

bool JobRun::prepare_addition() {
  std::optional<storage::Asset> asset;
  around_.database.read(
      [&](storage::Connection& connection) { asset = storage::AssetStore(connection).get(job_.asset); });
  if (!asset || asset->state != storage::AssetState::ready) return false;
  auto package = media::read_package(asset->package);
  if (!package) return false;
  base_ = asset->version;
  const fs::path out = folder_ / "out";
  copy_package(out);
  const bool wanted =
      job_.kind == storage::JobKind::sign ? prepare_sign(out, *package) : prepare_description(out, *package);
  if (!wanted) return false;
  storage::replace_file(out / "package.json", media::to_json(*package));
  storage::replace_file(folder_ / kBase, base_);
  return true;
}

void JobRun::copy_package(const fs::path& out) {
  goes_on_ = storage::has_finished_work(folder_) &&
             storage::read_small_file(folder_ / kBase, kLongestVersion) == base_;
  if (goes_on_) return;
  fs::remove_all(out);
  fs::copy(around_.layout.package(job_.asset, base_), out,
           fs::copy_options::recursive | fs::copy_options::create_hard_links);
}

media::model::JobSpec JobRun::extension(const fs::path& out) const {
  media::model::JobSpec spec;
  spec.input = around_.layout.original(job_.asset).string();
  spec.output = out.string();
  spec.threads = options_.threads;
  return spec;
}

void JobRun::ask_to_extend(const media::model::JobSpec& spec) {
  const fs::path file = folder_ / "job.json";
  storage::replace_file(file, media::to_json(spec));
  arguments_ = {"extend", "--job", file.string()};
}

JobRun::Result JobRun::publish_addition() {
  const fs::path made = folder_ / "out";
  const auto package = storage::read_package_folder(made);
  if (!package) return retry("the completed package is not whole: " + package.error().file);
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
    auto now = media::read_package(asset->package);
    if (!now) {
      fault = "the stored package cannot be read";
      return false;
    }
    const Package next = merged(std::move(*now), *package, job_.kind);
    const std::string text = media::to_json(next);
    try {
      renew_playlists(place, next);
      storage::replace_file(place / "package.json", text);
      if (around_.renew) around_.renew(s.connection, *asset, next, place);
    } catch (const std::exception& error) {
      fault = error.what();
      return false;
    }
    s.assets.set_ready(job_.asset, {version, text, asset->duration, asset->has_video, asset->has_audio},
                       around_.clock.now());
    return true;
  });
  if (!ours) {
    std::error_code ignored;
    fs::remove_all(place, ignored);
    // A package that changed meanwhile: once more, with the newer one. Where the job is not ours, nothing.
    return fault.empty() ? give_back() : retry("the package could not be completed: " + fault);
  }
  say(ready_message(version, package->duration.count()));
  log::info("job.completed", {{"job", job_.id.str()},
                              {"kind", std::string(storage::to_text(job_.kind))},
                              {"asset", job_.asset.str()}});
  return Result::finished;
}

}  // namespace tongxing::jobs
