// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/upload_slot.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::services {
namespace {

Error disk_full() {
  return {ErrorCode::insufficient_storage, "errors.upload.disk_full", {}, {}, {}};
}
Error taken_over() {
  return {ErrorCode::conflict, "errors.upload.taken_over", {}, {}, {}};
}

}  // namespace

UploadSlot::UploadSlot(const storage::UploadFiles& files, UploadHooks hooks, std::int64_t sync_every)
    : files_(files), hooks_(std::move(hooks)), sync_every_(sync_every) {}

void UploadSlot::take_over() {
  const std::scoped_lock lock(mutex_);
  ++generation_;
  if (!request_) return;
  Request request = std::move(*request_);
  request_.reset();
  static_cast<void>(settle(request, false));
}

std::optional<UploadSlot::Durable> UploadSlot::durable() {
  const std::scoped_lock lock(mutex_);
  return durable_;
}

std::uint64_t UploadSlot::begin(const storage::UploadRow& row, std::optional<UploadChecksum> checksum) {
  const std::scoped_lock lock(mutex_);
  durable_ = {row.offset_bytes, row.expires_at};
  storage::UploadFile file = files_.open(row.id);
  if (file.size() > row.offset_bytes) file.truncate(row.offset_bytes);
  if (row.offset_bytes == 0) {
    whole_digest_.emplace(Digest::Algorithm::sha256);
    hashed_ = 0;
  } else if (hashed_ != row.offset_bytes) {
    whole_digest_.reset();  // written by an earlier process: it is read again at the end
  }
  Request request{std::move(file),     row,          row.offset_bytes, row.offset_bytes, row.offset_bytes,
                  std::move(checksum), std::nullopt, std::nullopt,     row.expires_at};
  if (request.checksum) request.piece_digest.emplace(request.checksum->algorithm);
  request_.emplace(std::move(request));
  return ++generation_;
}

bool UploadSlot::write(std::uint64_t generation, std::span<const std::byte> piece) {
  const std::scoped_lock lock(mutex_);
  if (generation != generation_ || !request_ || request_->refusal) return false;
  Request& request = *request_;
  const std::int64_t room = request.row.length_bytes - request.written;
  if (static_cast<std::int64_t>(piece.size()) > room) {
    request.refusal = Error{ErrorCode::too_large, "errors.upload.longer_than_said", {}, {}, {}};
    return false;
  }
  if (!request.file.write(request.written, piece)) {
    request.file.truncate(request.written);
    request.refusal = disk_full();
    return false;
  }
  if (request.piece_digest) request.piece_digest->update(piece);
  if (whole_digest_ && hashed_ == request.written) {
    whole_digest_->update(piece);
    hashed_ += static_cast<std::int64_t>(piece.size());
  }
  request.written += static_cast<std::int64_t>(piece.size());
  // A piece with a checksum counts only once the checksum is proved, so nothing of it is recorded before its
  // end.
  if (!request.checksum && request.written - request.synced >= sync_every_) {
    if (auto refused = make_durable(request)) request.refusal = std::move(refused);
  }
  return !request.refusal;
}

UploadOutcome UploadSlot::finish(std::uint64_t generation, bool complete) {
  const std::scoped_lock lock(mutex_);
  if (generation != generation_ || !request_) {
    return {UploadOutcome::Kind::refused, 0, {}, std::nullopt, taken_over()};
  }
  Request request = std::move(*request_);
  request_.reset();
  return settle(request, complete);
}

void UploadSlot::abandon() {
  const std::scoped_lock lock(mutex_);
  ++generation_;
  request_.reset();
}

UploadOutcome UploadSlot::settle(Request& request, bool whole_body) {
  if (request.in_doubt) {
    request.start = request.synced;
    discard(request);
    request.refusal = Error{ErrorCode::internal, "errors.upload.not_saved", {}, {}, "an earlier sync failed"};
  }
  if (request.checksum) {
    const bool proved =
        whole_body && !request.refusal && request.piece_digest->finish() == request.checksum->expected;
    if (!proved) {
      discard(request);
      if (request.refusal || !whole_body) {
        return {UploadOutcome::Kind::refused, request.synced, request.expires_at, std::nullopt,
                request.refusal ? *request.refusal : taken_over()};
      }
      return {UploadOutcome::Kind::checksum_mismatch, request.synced, request.expires_at, std::nullopt,
              std::nullopt};
    }
  }
  if (request.written == request.row.length_bytes && !request.refusal) return complete(request);
  if (auto refused = make_durable(request)) request.refusal = std::move(refused);
  const auto kind = request.refusal ? UploadOutcome::Kind::refused : UploadOutcome::Kind::saved;
  return {kind, request.synced, request.expires_at, std::nullopt, request.refusal};
}

UploadOutcome UploadSlot::complete(Request& request) {
  if (!request.file.sync()) {
    return {UploadOutcome::Kind::refused, request.synced, request.expires_at, std::nullopt, disk_full()};
  }
  std::optional<std::string> sha256;
  if (whole_digest_ && hashed_ == request.row.length_bytes) sha256 = to_hex(whole_digest_->finish());
  whole_digest_.reset();
  auto asset = hooks_.complete(request.row, sha256);
  if (!asset)
    return {UploadOutcome::Kind::refused, request.synced, request.expires_at, std::nullopt, asset.error()};
  return {UploadOutcome::Kind::complete, request.row.length_bytes, request.expires_at, *asset, std::nullopt};
}

std::optional<Error> UploadSlot::make_durable(Request& request) {
  if (request.written == request.synced) return std::nullopt;
  request.in_doubt = true;  // stays so if the sync throws: then nothing since the last one may be believed
  const bool synced = request.file.sync();
  request.in_doubt = false;
  if (!synced) return disk_full();
  auto recorded = hooks_.record(request.row.id, request.written);
  if (!recorded) return recorded.error();
  request.synced = request.written;
  request.expires_at = *recorded;
  durable_ = {request.synced, request.expires_at};
  return std::nullopt;
}

void UploadSlot::discard(Request& request) {
  request.file.truncate(request.start);
  request.written = request.start;
  whole_digest_.reset();  // it has seen the discarded bytes
}

}  // namespace tongxing::services
