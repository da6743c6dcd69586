// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/upload_completion.hpp"

#include "server/services/side_files.hpp"
#include "server/services/teaching_access.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/job_store.hpp"

namespace tongxing::services {
namespace {

/// The draft that has the lesson now; the author's rights were checked when the upload was made.
std::optional<LessonInVersion> draft_with(storage::Connection& db, const LessonId& lesson) {
  const auto row = storage::LessonStore(db).latest(lesson);
  if (!row) return std::nullopt;
  const auto version = storage::CourseVersionStore(db).find(row->version);
  if (!version || !is_editable(*version)) return std::nullopt;
  return LessonInVersion{*version, *row};
}

}  // namespace

AssetId asset_of(const UploadId& upload) {
  return AssetId{upload.str()};
}

Result<CompletedUpload> complete_upload(storage::Connection& db, const storage::DataLayout& layout,
                                        const storage::UploadRow& upload, const std::string& sha256,
                                        Timestamp now, Random& random) {
  storage::UploadStore uploads(db);
  const auto current = uploads.find(upload.id);
  if (!current) return fail(ErrorCode::not_found, "errors.upload.not_found");
  if (current->state == "UPLOADED") {
    return CompletedUpload{current->asset ? *current->asset : asset_of(upload.id)};
  }
  if (current->state != "UPLOADING") return fail(ErrorCode::gone, "errors.upload.gone");
  const auto draft = draft_with(db, upload.lesson);
  if (!draft) {
    static_cast<void>(uploads.end(upload.id, "TERMINATED"));
    return fail(ErrorCode::conflict, "errors.upload.lesson_closed");
  }
  CompletedUpload done{asset_of(upload.id)};
  if (const auto side = storage::side_kind(current->purpose)) {
    const storage::SideFile file{
        asset_of(upload.id),  {}, *side, upload.owner, upload.file_name, upload.length_bytes, sha256,
        current->side_offset, now};
    const auto joined = join_side_file(db, layout, *draft, file, now, random);
    if (!joined) {
      static_cast<void>(uploads.end(upload.id, "TERMINATED"));
      return std::unexpected(joined.error());
    }
    done = {joined->asset, joined->replaced};
  } else {
    storage::AssetStore(db).create(
        {done.asset, upload.owner, upload.lesson, upload.file_name, upload.length_bytes, sha256}, now);
    storage::JobStore(db).enqueue(
        {JobId{done.asset.str()}, done.asset, draft->version.language, "package:" + done.asset.str()}, now);
    storage::LessonStore(db).attach(draft->version.id, upload.lesson, done.asset);
  }
  if (!uploads.complete(upload.id, done.asset)) return fail(ErrorCode::gone, "errors.upload.gone");
  return done;
}

}  // namespace tongxing::services
