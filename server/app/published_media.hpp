// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace tongxing::app {

/// Which assets everybody may play, kept in memory so that a segment costs no query. A snapshot belongs to
/// one generation of the content (storage::Database::content_generation); an older one answers nothing, so
/// that a course that was taken down is not served from memory. Thread-safe.
class PublishedMedia {
 public:
  enum class Answer {
    published,
    unknown,  ///< not published, or the snapshot is old: ask the database who may see it
  };

  [[nodiscard]] Answer ask(const AssetId& asset, std::uint64_t generation) const;

  /// Reads the set anew, from a reader thread. `generation` was taken before the read began.
  void refresh(storage::Connection& db, std::uint64_t generation);

 private:
  struct Snapshot {
    std::uint64_t generation = 0;
    std::unordered_set<std::string> assets;
  };
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<Snapshot>();
};

}  // namespace tongxing::app
