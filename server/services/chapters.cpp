// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/chapters.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/webvtt_writer.hpp"
#include "accessibility/transcript/chapter_marks.hpp"
#include "media/package_json/package_json.hpp"
#include "server/auth/audit.hpp"
#include "server/services/asset_copy.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/text_decoding.hpp"
#include "server/services/text_tracks.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/files.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tongxing::services {
namespace {

using accessibility::ChapterMarks;

/// The prepared video of a lesson that may be edited.
Result<EditableAsset> target_of(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson) {
  return editable_asset(db, viewer, lesson, "errors.chapters.no_video", "errors.chapters.no_video");
}

std::unexpected<Error> wrong(const std::string& field, std::string key, std::size_t line) {
  return std::unexpected(
      Error{ErrorCode::invalid, std::move(key), {{"line", std::to_string(line)}}, field, {}});
}

std::unexpected<Error> wrong(const std::string& field, const accessibility::ChapterError& error) {
  return wrong(field, "errors.chapters." + std::string(accessibility::name_of(error.fault)), error.line);
}

Result<ChapterMarks> read(const ChaptersGiven& given, Milliseconds length) {
  const bool typed = given.file.empty();
  const std::string field = typed ? "chapters_text" : "chapters_file";
  std::expected<ChapterMarks, accessibility::ChapterError> marks;
  if (typed) {
    marks = accessibility::read_chapter_lines(given.typed);
  } else {
    const auto file = accessibility::read_captions(given.file, chinese_transcoder());
    if (!file) {
      return wrong(field, "errors.captions." + std::string(accessibility::name_of(file.error().kind)),
                   file.error().line);
    }
    marks = accessibility::chapter_marks_of(file->track);
  }
  if (marks) marks = accessibility::ended_at(std::move(*marks), length);
  if (!marks) return wrong(field, marks.error());
  return std::move(*marks);
}

/// The language that the titles are written in: that of the lesson's first captions, else the writing of its
/// speech.
std::string language_of(const std::vector<storage::TrackRow>& captions,
                        const storage::CourseVersionRow& version) {
  if (!captions.empty()) return captions.front().lang;
  if (version.language == "yue") return "zh-Hant";
  return version.language == "en" ? "en" : "zh-Hans";
}

std::optional<storage::TrackRow> row_of(storage::Connection& db, const AssetId& asset) {
  auto others = storage::TrackStore(db).others_of_asset(asset);
  const auto found = std::ranges::find(others, "CHAPTERS", &storage::TrackRow::kind);
  if (found == others.end()) return std::nullopt;
  return std::move(*found);
}

/// Puts chapters into what players open, or takes them out of it.
void publish(storage::Connection& db, const storage::DataLayout& layout, storage::Asset asset,
             const ChapterMarks& marks, const std::string& language) {
  auto package = media::read_package(asset.package);
  if (!package) throw std::runtime_error("the stored package of an asset cannot be read");
  package->chapters.clear();
  for (const auto& mark : marks) package->chapters.push_back({mark.start, mark.end, language, mark.title});
  const auto folder = layout.package(asset.id, asset.version);
  asset.package = media::to_json(*package);
  write_chapters(folder, *package);
  write_playlists(folder, asset, storage::TrackStore(db).of_asset(asset.id));
  storage::replace_file(folder / "package.json", asset.package);
  storage::AssetStore(db).set_package(asset.id, asset.package);
}

}  // namespace

std::optional<ChaptersKept> chapters_of(storage::Connection& db, const AssetId& asset) {
  auto row = row_of(db, asset);
  if (!row) return std::nullopt;
  ChaptersKept kept{std::move(*row), {}};
  const auto file = accessibility::read_captions(kept.track.source);
  if (!file) return kept;
  if (const auto marks = accessibility::chapter_marks_of(file->track)) {
    kept.typed = accessibility::chapter_lines(*marks);
  }
  return kept;
}

Result<std::size_t> Chapters::put(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                                  const ChaptersGiven& given, Timestamp now, Random& random) const {
  const auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(target.error());
  const auto marks = read(given, target->asset.duration);
  if (!marks) return std::unexpected(marks.error());
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::TrackStore tracks(db);
  const std::string language = language_of(tracks.of_asset(asset.id), target->found.version);
  if (const auto before = row_of(db, asset.id)) tracks.remove(before->id);
  tracks.put({new_id<TrackId>(random), asset.id, "CHAPTERS", language, "",
              accessibility::write_webvtt(accessibility::track_of(*marks)),
              static_cast<std::int64_t>(marks->size()), viewer.account, now});
  publish(db, layout_, asset, *marks, language);
  reopen(db, target->found.version);
  auth::record(db, now, {viewer.account.str(), "lesson.chapters_saved", "lesson", lesson.str(), {}});
  return marks->size();
}

Result<void> Chapters::remove(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                              Timestamp now, Random& random) const {
  const auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(target.error());
  if (!row_of(db, target->asset.id)) return fail(ErrorCode::not_found, "errors.chapters.none");
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::TrackStore(db).remove(row_of(db, asset.id)->id);
  publish(db, layout_, asset, {}, {});
  reopen(db, target->found.version);
  auth::record(db, now, {viewer.account.str(), "lesson.chapters_removed", "lesson", lesson.str(), {}});
  return {};
}

}  // namespace tongxing::services
