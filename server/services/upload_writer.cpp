// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/upload_writer.hpp"

#include "server/services/upload_slot.hpp"

#include <utility>

namespace tongxing::services {

UploadWriter::UploadWriter(std::shared_ptr<UploadSlot> slot, std::uint64_t generation)
    : slot_(std::move(slot)), generation_(generation) {}

bool UploadWriter::write(std::span<const std::byte> piece) {
  return slot_->write(generation_, piece);
}

UploadOutcome UploadWriter::finish(bool complete) {
  return slot_->finish(generation_, complete);
}

}  // namespace tongxing::services
