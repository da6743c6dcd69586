// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/captions.hpp"

#include "accessibility/caption_quality/checks.hpp"
#include "accessibility/caption_quality/repairs.hpp"
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/text/utf8.hpp"
#include "media/manifest/extended.hpp"
#include "server/auth/audit.hpp"
#include "server/services/asset_copy.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/digest.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/text_decoding.hpp"
#include "server/services/text_tracks.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace tongxing::services {
namespace {

using accessibility::Finding;
using accessibility::FindingKind;

CaptionRefusal refuse(Error error, std::vector<Finding> findings = {}) {
  return {std::move(error), std::move(findings)};
}

Error field_error(std::string field, std::string key, MessageArgs args = {}) {
  return {ErrorCode::invalid, std::move(key), std::move(args), std::move(field), {}};
}

/// What makes a file unusable: cues that were lost, and times that no player can show. Everything else is for
/// people to judge, and must not keep captions from those who need them.
bool is_fatal(const Finding& finding) {
  switch (finding.kind) {
    case FindingKind::not_utf8:
    case FindingKind::timing_malformed:
    case FindingKind::text_lost:
    case FindingKind::end_not_after_start:
    case FindingKind::after_media_end:
      return true;
    default:
      return false;
  }
}

accessibility::TrackUse use_of(std::string_view kind) {
  if (kind == "EASY_READ") return accessibility::TrackUse::easy_read;
  return kind == "SUBTITLE" ? accessibility::TrackUse::subtitle : accessibility::TrackUse::sdh;
}

/// Marks from beside the file join those in it. What a file says of its origin is the caller's to weigh.
accessibility::CaptionContext context_of(std::string_view kind, std::string_view language,
                                         const LessonMeasures& measures, const accessibility::Track& track,
                                         const std::vector<accessibility::BurnedInText>& beside,
                                         accessibility::CaptionOrigin origin) {
  accessibility::CaptionContext context{.language = std::string(language), .use = use_of(kind)};
  add_measures(measures, context);
  context.origin = origin;
  auto marks = track.notes.burned_in;
  marks.insert(marks.end(), beside.begin(), beside.end());
  if (!marks.empty()) context.burned_in = std::move(marks);
  return context;
}

/// Everything found, by rising line. The gaps between cues are mended first (C7, C8), as they are in what is
/// shown: no text changes by that, and nobody has to do it by hand.
std::vector<Finding> examine(accessibility::CaptionFile& file, const accessibility::CaptionContext& context) {
  accessibility::repair_times(file.track, context);
  return accessibility::check_captions(file, context).findings;
}

/// Somebody who only left the form as it was does not contradict a file that says that a machine made it.
accessibility::CaptionOrigin origin_of(std::string_view said, const accessibility::Track& track) {
  using accessibility::CaptionOrigin;
  const auto origin = accessibility::caption_origin_from(said).value_or(CaptionOrigin::human);
  const bool silent = origin == CaptionOrigin::human && track.notes.origin != CaptionOrigin::unknown;
  return silent ? track.notes.origin : origin;
}

Error unreadable(const accessibility::CaptionError& error) {
  return field_error("file", "errors.captions." + std::string(accessibility::name_of(error.kind)),
                     {{"line", std::to_string(error.line)}});
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

/// The prepared video of a lesson that may be edited.
Result<EditableAsset> target_of(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson) {
  return editable_asset(db, viewer, lesson, "errors.captions.no_video", "errors.captions.not_ready");
}

void record_review(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                   const storage::TrackRow& track, Timestamp now) {
  auth::record(db, now,
               {viewer.account.str(), "captions.reviewed", "lesson", lesson.str(),
                track.kind + ' ' + track.lang + ' ' + sha256_hex(track.source).substr(0, 16)});
}

std::optional<storage::TrackRow> same_track(const std::vector<storage::TrackRow>& tracks,
                                            std::string_view kind, std::string_view language) {
  for (const auto& track : tracks) {
    if (track.kind == kind && track.lang == language) return track;
  }
  return std::nullopt;
}

}  // namespace

std::expected<CaptionReport, CaptionRefusal> Captions::put(storage::Connection& db,
                                                           const auth::Viewer& viewer, const LessonId& lesson,
                                                           const CaptionUpload& upload, Timestamp now,
                                                           Random& random) const {
  auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(refuse(target.error()));
  if (!is_one_of(kCaptionKinds, upload.kind))
    return std::unexpected(refuse(field_error("kind", "errors.captions.kind")));
  if (!is_one_of(kCaptionLanguages, upload.language)) {
    return std::unexpected(refuse(field_error("language", "errors.captions.language")));
  }
  if (!upload.origin.empty() && !is_one_of(kCaptionOrigins, upload.origin)) {
    return std::unexpected(refuse(field_error("origin", "errors.captions.origin")));
  }
  const auto transcode = chinese_transcoder();
  auto file = accessibility::read_captions(upload.bytes, transcode);
  if (!file) return std::unexpected(refuse(unreadable(file.error())));
  const auto marks = accessibility::burned_in_list(upload.burned_in);
  if (!marks) {
    return std::unexpected(refuse(
        field_error("burned_in", "errors.captions.burned_in", {{"line", std::to_string(marks.error())}})));
  }
  const auto origin = origin_of(upload.origin, file->track);
  auto findings = examine(*file, context_of(upload.kind, upload.language, measures_of(target->asset),
                                            file->track, *marks, origin));
  if (std::ranges::any_of(findings, is_fatal) || file->track.cues.empty()) {
    std::erase_if(findings, [](const Finding& finding) { return !is_fatal(finding); });
    const std::string key = findings.empty() ? "errors.captions.no_cues" : "errors.captions.broken";
    const auto count = std::to_string(findings.size());
    return std::unexpected(refuse(field_error("file", key, {{"count", count}}), std::move(findings)));
  }
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  storage::TrackStore tracks(db);
  const auto before = same_track(tracks.of_asset(asset.id), upload.kind, upload.language);
  const auto package = layout_.package(asset.id, asset.version);
  file->track.notes = {};  // its author's, not for those who read it
  const std::string folder =
      write_text_track(package, upload.kind, upload.language, file->track, asset.duration);
  storage::TrackRow row{
      before ? before->id : new_id<TrackId>(random), asset.id, upload.kind, upload.language, folder,
      // As given, so that findings name the lines that its author sees.
      accessibility::to_utf8(upload.bytes, file->encoding, transcode).value_or(upload.bytes),
      static_cast<std::int64_t>(file->track.cues.size()), viewer.account, now};
  row.origin = accessibility::name_of(origin);
  row.burned_in = upload.burned_in;
  if (origin == accessibility::CaptionOrigin::machine_reviewed) {
    row.reviewed_by = viewer.account;
    row.reviewed_at = now;
    record_review(db, viewer, lesson, row, now);
  }
  tracks.put(row);
  write_playlists(package, asset, tracks.of_asset(asset.id));
  reopen(db, target->found.version);
  CaptionReport report{row.id, file->track.cues.size(), std::move(findings), {}};
  if (before && before->folder != folder) report.stale = package / before->folder;
  return report;
}

Result<std::filesystem::path> Captions::remove(storage::Connection& db, const auth::Viewer& viewer,
                                               const LessonId& lesson, const TrackId& id, Timestamp now,
                                               Random& random) const {
  auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(target.error());
  storage::TrackStore tracks(db);
  const auto asked = tracks.find(id);
  if (!asked || asked->asset != target->asset.id) {
    return fail(ErrorCode::not_found, "errors.captions.not_found");
  }
  const storage::Asset asset = own_asset(db, layout_, target->found, target->asset, now, random);
  // In a copy the track has another identity.
  const auto track = same_track(tracks.of_asset(asset.id), asked->kind, asked->lang);
  if (!track) return fail(ErrorCode::not_found, "errors.captions.not_found");
  tracks.remove(track->id);
  const auto package = layout_.package(asset.id, asset.version);
  write_playlists(package, asset, tracks.of_asset(asset.id));
  reopen(db, target->found.version);
  return package / track->folder;
}

Result<void> Captions::confirm(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                               const TrackId& id, Timestamp now) {
  const auto target = target_of(db, viewer, lesson);
  if (!target) return std::unexpected(target.error());
  const auto track = storage::TrackStore(db).find(id);
  if (!track || track->asset != target->asset.id) {
    return fail(ErrorCode::not_found, "errors.captions.not_found");
  }
  auto done = mark_reviewed(db, viewer, lesson, *track, now);
  if (done) reopen(db, target->found.version);
  return done;
}

Result<void> mark_reviewed(storage::Connection& db, const auth::Viewer& viewer, const LessonId& lesson,
                           const storage::TrackRow& track, Timestamp now) {
  if (!storage::TrackStore(db).set_reviewed(track.id, viewer.account, now)) {
    return fail(ErrorCode::conflict, "errors.captions.not_machine_made");
  }
  record_review(db, viewer, lesson, track, now);
  return {};
}

void Captions::remove_folder(const std::filesystem::path& folder) noexcept {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  const std::string extended = media::manifest::extended_folder(folder.filename().string());
  std::filesystem::remove_all(folder.parent_path() / extended, ignored);
}

std::vector<Finding> warnings_in(const storage::TrackRow& track, const LessonMeasures& measures) {
  auto file = accessibility::read_captions(track.source);
  if (!file) return {};
  const auto marks = accessibility::burned_in_list(track.burned_in);
  const auto origin = accessibility::caption_origin_from(track.origin);
  return examine(*file, context_of(track.kind, track.lang, measures, file->track,
                                   marks.value_or(std::vector<accessibility::BurnedInText>{}),
                                   origin.value_or(accessibility::CaptionOrigin::unknown)));
}

}  // namespace tongxing::services
