// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/published_media.hpp"

#include "server/storage/published_store.hpp"

#include <utility>

namespace tongxing::app {

PublishedMedia::Answer PublishedMedia::ask(const AssetId& asset, std::uint64_t generation) const {
  std::shared_ptr<const Snapshot> snapshot;
  {
    const std::scoped_lock lock(mutex_);
    snapshot = snapshot_;
  }
  if (snapshot->generation != generation) return Answer::unknown;
  return snapshot->assets.contains(asset.str()) ? Answer::published : Answer::unknown;
}

void PublishedMedia::refresh(storage::Connection& db, std::uint64_t generation) {
  auto fresh = std::make_shared<Snapshot>();
  fresh->generation = generation;
  for (const AssetId& asset : storage::PublishedStore(db).assets()) fresh->assets.insert(asset.str());
  const std::scoped_lock lock(mutex_);
  if (snapshot_->generation < generation) snapshot_ = std::move(fresh);
}

}  // namespace tongxing::app
