// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/uploads.hpp"

#include "server/services/side_files.hpp"
#include "server/services/teaching_access.hpp"
#include "server/services/upload_completion.hpp"
#include "server/services/upload_slot.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

constexpr std::size_t kLongestName = 255;

std::string in_mib(std::int64_t bytes) {
  return std::to_string(bytes / (std::int64_t{1} << 20));
}

/// The last part of a name that a browser gave, without control characters; for display only.
std::string display_name(std::string name) {
  if (const auto slash = name.find_last_of("/\\"); slash != std::string::npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (name.size() > kLongestName) {
    std::size_t end = kLongestName;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U)
      --end;  // not inside a character
    name.resize(end);
  }
  return name;
}

std::unexpected<Error> refused_by_database(storage::WriteOutcome outcome) {
  if (outcome == storage::WriteOutcome::disk_full) {
    return fail(ErrorCode::insufficient_storage, "errors.upload.disk_full");
  }
  return fail(ErrorCode::unavailable, "errors.upload.not_saved");
}

}  // namespace

Uploads::Uploads(storage::Database& database, const storage::UploadFiles& files, const Clock& clock,
                 Random& random, UploadLimits limits)
    : database_(database), files_(files), clock_(clock), random_(random), limits_(limits) {}

Result<storage::UploadRow> Uploads::create(storage::Connection& db, const auth::Viewer& viewer,
                                           const NewUpload& asked) {
  auto lesson = editable_lesson(db, viewer, asked.lesson);
  if (!lesson) return std::unexpected(lesson.error());
  if (asked.length <= 0) return fail(ErrorCode::invalid, "errors.upload.empty");
  if (asked.length > limits_.longest) {
    return fail(ErrorCode::too_large, "errors.upload.too_long", {{"limit", in_mib(limits_.longest)}});
  }
  if (asked.side) {
    if (auto can = may_have_side_file(db, *lesson); !can) return std::unexpected(can.error());
  }
  storage::UploadStore store(db);
  const auto mine = store.totals_of(viewer.account);
  if (mine.open >= limits_.parallel) {
    return fail(ErrorCode::conflict, "errors.upload.too_many", {{"limit", std::to_string(limits_.parallel)}});
  }
  const std::int64_t used = store.stored_bytes_of(viewer.account) + mine.length_bytes;
  if (asked.length > limits_.quota - used) {
    return fail(ErrorCode::insufficient_storage, "errors.upload.quota",
                {{"limit", in_mib(limits_.quota)},
                 {"left", in_mib(std::max<std::int64_t>(0, limits_.quota - used))}});
  }
  const std::int64_t room = files_.free_bytes() - store.totals().remaining_bytes - limits_.reserve;
  if (asked.length > room) {
    return fail(ErrorCode::insufficient_storage, "errors.upload.no_room", {{"size", in_mib(asked.length)}});
  }
  const Timestamp now = clock_.now();
  storage::UploadRow row{new_id<UploadId>(random_),
                         viewer.account,
                         asked.lesson,
                         asked.length,
                         0,
                         display_name(asked.file_name),
                         asked.media_type.substr(0, 100),
                         "UPLOADING",
                         now,
                         now + limits_.life,
                         std::nullopt,
                         asked.side ? std::string(storage::to_text(*asked.side)) : "VIDEO",
                         asked.side_offset};
  store.insert(row);
  return row;
}

Result<storage::UploadRow> Uploads::owned(storage::Connection& db, const auth::Viewer& viewer,
                                          const UploadId& id) const {
  auto row = storage::UploadStore(db).find(id);
  if (!row || row->owner != viewer.account) return fail(ErrorCode::not_found, "errors.upload.not_found");
  if (row->state == "TERMINATED" || row->state == "EXPIRED" ||
      (row->state == "UPLOADING" && row->expires_at <= clock_.now())) {
    return fail(ErrorCode::gone, "errors.upload.gone");
  }
  return std::move(*row);
}

Result<storage::UploadRow> Uploads::settled(UploadSlot& slot, storage::UploadRow row) {
  if (row.state != "UPLOADING") return row;
  slot.take_over();
  if (const auto known = slot.durable()) {
    row.offset_bytes = known->offset;  // the reader's snapshot may be from before
    row.expires_at = known->expires_at;
  }
  const auto size = files_.size(row.id);
  if (!size && files_.original_size(asset_of(row.id)) == row.length_bytes) {
    // A crash came between the rename and the commit.
    auto asset = keep(row, std::nullopt);
    if (!asset) return std::unexpected(asset.error());
    row.state = "UPLOADED";
    row.offset_bytes = row.length_bytes;
    row.asset = *asset;
    return row;
  }
  const std::int64_t there = size.value_or(0);
  if (there < row.offset_bytes) {
    // The file lost bytes that were promised (a restored backup, a broken disk): go on from what there is.
    auto recorded = record(row.id, there);
    if (!recorded) return std::unexpected(recorded.error());
    row.offset_bytes = there;
    row.expires_at = *recorded;
  }
  return row;
}

Result<storage::UploadRow> Uploads::status(storage::Connection& db, const auth::Viewer& viewer,
                                           const UploadId& id) {
  auto row = owned(db, viewer, id);
  if (!row) return row;
  return settled(*slot(id), std::move(*row));
}

Result<std::unique_ptr<UploadWriter>> Uploads::open(storage::Connection& db, const auth::Viewer& viewer,
                                                    const UploadId& id, const UploadPiece& piece) {
  auto mine = owned(db, viewer, id);
  if (!mine) return std::unexpected(mine.error());
  const auto shared = slot(id);
  const std::scoped_lock gate(shared->gate());
  auto row = settled(*shared, std::move(*mine));
  if (!row) return std::unexpected(row.error());
  if (row->state != "UPLOADING" || piece.offset != row->offset_bytes) {
    return fail(ErrorCode::conflict, "errors.upload.offset", {{"offset", std::to_string(row->offset_bytes)}});
  }
  if (piece.length && *piece.length > row->length_bytes - row->offset_bytes) {
    return fail(ErrorCode::too_large, "errors.upload.longer_than_said");
  }
  const std::uint64_t generation = shared->begin(*row, piece.checksum);
  return std::make_unique<UploadWriter>(shared, generation);
}

Result<void> Uploads::terminate(storage::Connection& db, const auth::Viewer& viewer, const UploadId& id) {
  auto row = owned(db, viewer, id);
  if (!row) return std::unexpected(row.error());
  if (row->state != "UPLOADING") return fail(ErrorCode::conflict, "errors.upload.already_complete");
  bool ended = false;
  const auto outcome = database_.write([&](storage::Connection& writer) {
    ended = storage::UploadStore(writer).end(id, "TERMINATED");
    return storage::Verdict::commit;
  });
  if (outcome != storage::WriteOutcome::committed) return refused_by_database(outcome);
  if (!ended) return fail(ErrorCode::conflict, "errors.upload.already_complete");
  drop(id);
  return {};
}

std::vector<storage::UploadRow> Uploads::open_for_lesson(storage::Connection& db, const auth::Viewer& viewer,
                                                         const LessonId& lesson) const {
  return storage::UploadStore(db).open_for_lesson(viewer.account, lesson);
}

std::shared_ptr<UploadSlot> Uploads::slot(const UploadId& id) {
  const std::scoped_lock lock(mutex_);
  auto& found = slots_[id];
  if (!found) {
    UploadHooks hooks{[this](const UploadId& upload, std::int64_t offset) { return record(upload, offset); },
                      [this](const storage::UploadRow& row, const std::optional<std::string>& sha256) {
                        return keep(row, sha256);
                      }};
    found = std::make_shared<UploadSlot>(files_, std::move(hooks), limits_.sync_every);
  }
  return found;
}

void Uploads::drop(const UploadId& id) {
  std::shared_ptr<UploadSlot> gone;
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = slots_.find(id); found != slots_.end()) {
      gone = found->second;
      slots_.erase(found);
    }
  }
  if (gone) gone->abandon();
  files_.remove(id);
}

Result<Timestamp> Uploads::record(const UploadId& id, std::int64_t offset) {
  const Timestamp expires = clock_.now() + limits_.life;
  bool open = false;
  const auto outcome = database_.write([&](storage::Connection& db) {
    open = storage::UploadStore(db).record_offset(id, offset, expires);
    return storage::Verdict::commit;
  });
  if (outcome != storage::WriteOutcome::committed) return refused_by_database(outcome);
  if (!open) return fail(ErrorCode::gone, "errors.upload.gone");
  return expires;
}

Result<AssetId> Uploads::keep(const storage::UploadRow& row, const std::optional<std::string>& known_sha256) {
  const AssetId asset = asset_of(row.id);
  files_.keep(row.id, asset);
  std::string sha256;
  if (known_sha256) {
    sha256 = *known_sha256;
  } else {
    Digest digest(Digest::Algorithm::sha256);
    files_.read(files_.original(asset), [&](std::span<const std::byte> piece) { digest.update(piece); });
    sha256 = to_hex(digest.finish());
  }
  Result<CompletedUpload> completed = CompletedUpload{asset};
  const auto outcome = database_.write([&](storage::Connection& db) {
    completed = complete_upload(db, files_.layout(), row, sha256, clock_.now(), random_);
    return storage::Verdict::commit;  // a refusal ends the upload, and that is to be kept
  });
  if (outcome != storage::WriteOutcome::committed) return refused_by_database(outcome);
  forget(row.id);
  if (!completed) {
    files_.remove_original(asset);
    return std::unexpected(completed.error());
  }
  if (completed->replaced) files_.remove_original(*completed->replaced);
  return completed->asset;
}

void Uploads::forget(const UploadId& id) {
  const std::scoped_lock lock(mutex_);
  slots_.erase(id);
}

std::size_t Uploads::sweep() {
  const Timestamp now = clock_.now();
  std::vector<storage::UploadRow> over;
  std::vector<storage::UploadRow> renamed;
  std::vector<UploadId> orphans;
  database_.read([&](storage::Connection& db) {
    storage::UploadStore store(db);
    over = store.expired(now);
    for (const UploadId& id : files_.all()) {
      const auto row = store.find(id);
      if (!row || row->state != "UPLOADING") orphans.push_back(id);
    }
    for (const auto& row : store.open()) {
      if (row.expires_at > now && !files_.size(row.id) &&
          files_.original_size(asset_of(row.id)) == row.length_bytes) {
        renamed.push_back(row);
      }
    }
  });
  for (const auto& row : renamed) static_cast<void>(keep(row, std::nullopt));
  for (const auto& row : over) {
    bool ended = false;
    static_cast<void>(database_.write([&](storage::Connection& db) {
      ended = storage::UploadStore(db).end(row.id, "EXPIRED");
      return storage::Verdict::commit;
    }));
    if (ended) drop(row.id);
  }
  for (const UploadId& id : orphans) files_.remove(id);
  return over.size();
}

}  // namespace tongxing::services
