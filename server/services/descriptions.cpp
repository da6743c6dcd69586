// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/descriptions.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/description/description_script.hpp"
#include "media/manifest/extended.hpp"
#include "media/package_json/package_json.hpp"
#include "server/auth/audit.hpp"
#include "server/services/asset_copy.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/text_decoding.hpp"
#include "server/services/text_tracks.hpp"
#include "server/storage/files.hpp"

#include <algorithm>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;

bool is_described(const media::model::Rendition& rendition) {
  return rendition.role == media::model::AudioRole::description;
}

struct Target {
  LessonInVersion found;
  storage::Asset asset;
};

Result<Target> target_of(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson) {
  auto found = editable_lesson(db, viewer, lesson);
  if (!found) return std::unexpected(found.error());
  if (!found->lesson.asset) return fail(ErrorCode::conflict, "errors.description.no_video");
  auto asset = storage::AssetStore(db).get(*found->lesson.asset);
  if (!asset || asset->state == storage::AssetState::failed ||
      asset->state == storage::AssetState::quarantined) {
    return fail(ErrorCode::conflict, "errors.description.no_video");
  }
  return Target{std::move(*found), std::move(*asset)};
}

CaptionRefusal refusal(std::string key, std::size_t line = 0) {
  return {Error{ErrorCode::invalid, std::move(key), {{"line", std::to_string(line)}}, "script", {}}, {}};
}

struct Script {
  std::string text;  ///< UTF-8
  std::int64_t count = 0;
};

/// A description that starts behind the end would be heard by nobody.
bool is_behind(const accessibility::DescriptionScript& script, Milliseconds length) {
  return length > Milliseconds{0} &&
         std::ranges::any_of(script.descriptions, [&](const auto& one) { return one.wish.start >= length; });
}

std::expected<Script, CaptionRefusal> read_script(const std::string& bytes, Milliseconds length) {
  const auto transcode = chinese_transcoder();
  const auto file = accessibility::read_captions(bytes, transcode);
  if (!file) {
    return std::unexpected(refusal(
        "errors.captions." + std::string(accessibility::name_of(file.error().kind)), file.error().line));
  }
  // One form for everything behind: whatever the format and the encoding were.
  Script script{accessibility::write_webvtt(file->track), 0};
  const auto read = accessibility::read_description_script(script.text);
  if (!read) {
    return std::unexpected(refusal(
        "errors.captions." + std::string(accessibility::name_of(read.error().kind)), read.error().line));
  }
  if (read->descriptions.empty()) return std::unexpected(refusal("errors.description.no_cues"));
  if (is_behind(*read, length)) return std::unexpected(refusal("errors.description.behind_end"));
  script.count = static_cast<std::int64_t>(read->descriptions.size());
  return script;
}

void record(storage::Connection& db, Timestamp now, const auth::Viewer& viewer, std::string what,
            const LessonId& lesson) {
  auth::record(db, now, {viewer.account.str(), std::move(what), "lesson", lesson.str(), {}});
}

/// Takes the described sound out of what players open; its files stay until the package is replaced.
void take_out(storage::Connection& db, const fs::path& folder, storage::Asset asset) {
  auto package = media::read_package(asset.package);
  if (!package) throw std::runtime_error("the stored package of an asset cannot be read");
  if (std::ranges::none_of(package->renditions, is_described)) return;
  media::manifest::remove_description(*package);
  fs::remove(folder / media::manifest::kExtendedPlaylist);
  asset.package = media::to_json(*package);
  write_playlists(folder, asset, storage::TrackStore(db).of_asset(asset.id));
  storage::replace_file(folder / "package.json", asset.package);
  storage::AssetStore(db).set_package(asset.id, asset.package);
}

void read_failure(const std::string& progress, DescriptionState& state) {
  const auto parsed = nlohmann::json::parse(progress, nullptr, false);
  state.failure_key = "errors.jobs.gave_up";
  if (!parsed.is_object()) return;
  if (parsed.contains("key") && parsed["key"].is_string()) state.failure_key = parsed["key"];
  if (!parsed.contains("args") || !parsed["args"].is_object()) return;
  for (const auto& [name, value] : parsed["args"].items()) {
    if (value.is_string()) state.failure_args.emplace_back(name, value.get<std::string>());
  }
}

}  // namespace

DescriptionState description_state(storage::Connection& db, const AssetId& asset) {
  using Stage = DescriptionState::Stage;
  DescriptionState state;
  state.script = storage::TrackStore(db).description_of(asset);
  if (!state.script) return state;
  state.stage = Stage::ready;  // a copy of a described lesson has no job of its own
  const auto job = storage::JobStore(db).description_of(asset);
  if (!job) return state;
  if (job->state == storage::JobState::queued) state.stage = Stage::waiting;
  if (job->state == storage::JobState::running) {
    state.stage = Stage::working;
    state.progress = job->progress;
  }
  if (job->state == storage::JobState::failed) {
    state.stage = Stage::failed;
    read_failure(job->progress, state);
  }
  return state;
}

std::expected<void, CaptionRefusal> Descriptions::put(storage::Connection& db, const auth::Viewer& viewer,
                                                      const LessonId& lesson, const std::string& bytes,
                                                      Timestamp now, Random& random) const {
  auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(CaptionRefusal{target.error(), {}});
  auto script = read_script(bytes, target->asset.duration);
  if (!script) return std::unexpected(std::move(script.error()));
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::TrackStore tracks(db);
  if (const auto before = tracks.description_of(asset.id)) tracks.remove(before->id);
  tracks.put({new_id<TrackId>(random), asset.id, "AUDIO_DESCRIPTION", target->found.version.language, "",
              std::move(script->text), script->count, viewer.account, now});
  storage::JobStore jobs(db);
  jobs.cancel_descriptions(asset.id, now);
  jobs.enqueue_description(new_id<JobId>(random), asset.id, now);
  reopen(db, target->found.version);
  record(db, now, viewer, "lesson.description_uploaded", lesson);
  return {};
}

Result<void> Descriptions::remove(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                                  Timestamp now, Random& random) const {
  auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(target.error());
  if (!storage::TrackStore(db).description_of(target->asset.id)) {
    return fail(ErrorCode::not_found, "errors.description.none");
  }
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::TrackStore tracks(db);
  tracks.remove(tracks.description_of(asset.id)->id);
  storage::JobStore(db).cancel_descriptions(asset.id, now);
  if (asset.state == storage::AssetState::ready) {
    take_out(db, layout_.package(asset.id, asset.version), asset);
  }
  reopen(db, target->found.version);
  record(db, now, viewer, "lesson.description_removed", lesson);
  return {};
}

void renew_text_tracks(storage::Connection& db, const storage::DataLayout& layout,
                       const storage::Asset& asset, const media::model::Package& package,
                       const fs::path& folder) {
  const auto tracks = storage::TrackStore(db).of_asset(asset.id);
  const auto now = layout.package(asset.id, asset.version);
  for (const auto& track : tracks) {
    if (track.folder.empty() || fs::exists(folder / track.folder)) continue;
    fs::copy(now / track.folder, folder / track.folder,
             fs::copy_options::recursive | fs::copy_options::create_hard_links);
    storage::sync_tree(folder / track.folder);
  }
  storage::Asset next = asset;
  next.package = media::to_json(package);
  write_playlists(folder, next, tracks);
}

}  // namespace tongxing::services
