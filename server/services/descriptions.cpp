// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/descriptions.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/description/description_script.hpp"
#include "media/package_json/package_json.hpp"
#include "server/auth/audit.hpp"
#include "server/services/asset_copy.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/package_parts.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/text_decoding.hpp"
#include "server/services/text_tracks.hpp"
#include "server/storage/files.hpp"

#include <algorithm>

namespace tongxing::services {
namespace {

namespace fs = std::filesystem;

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

}  // namespace

DescriptionState description_state(storage::Connection& db, const AssetId& asset) {
  DescriptionState state;
  state.script = storage::TrackStore(db).description_of(asset);
  state.recording = storage::SideFileStore(db).of_asset(asset, storage::SideKind::description);
  if (state.script || state.recording) state.made = addition_state(db, storage::JobKind::describe, asset);
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
  renew_addition(db, layout_, storage::JobKind::describe, asset, now, random);
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
  renew_addition(db, layout_, storage::JobKind::describe, asset, now, random);
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
