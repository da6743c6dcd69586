// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <vector>

namespace tongxing::storage {

/// What the public may have: assets of published course versions, and of retired ones that somebody is still
/// learning from (a learner finishes the version that they began). Lives for one job on one connection.
class PublishedStore {
 public:
  explicit PublishedStore(Connection& db) : db_(db) {}

  [[nodiscard]] std::vector<AssetId> assets();
  /// Whether this asset is among them.
  [[nodiscard]] bool is_published(const AssetId& asset);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
