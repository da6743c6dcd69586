// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/published_store.hpp"

namespace tongxing::storage {
namespace {

constexpr Sql kAssets{
    "SELECT DISTINCT l.asset_id FROM version_lessons l JOIN course_versions v ON v.id = l.version_id "
    "WHERE l.asset_id IS NOT NULL AND (v.state = 'PUBLISHED' OR (v.state = 'RETIRED' AND EXISTS "
    "(SELECT 1 FROM enrollments e WHERE e.version_id = v.id)))"};
constexpr Sql kIsPublished{
    "SELECT 1 FROM version_lessons l JOIN course_versions v ON v.id = l.version_id "
    "WHERE l.asset_id = ?1 AND (v.state = 'PUBLISHED' OR (v.state = 'RETIRED' AND EXISTS "
    "(SELECT 1 FROM enrollments e WHERE e.version_id = v.id))) LIMIT 1"};

}  // namespace

std::vector<AssetId> PublishedStore::assets() {
  std::vector<AssetId> found;
  for (Rows rows = db_.query(kAssets); rows.next();) found.push_back(rows.get<AssetId>(0));
  return found;
}

bool PublishedStore::is_published(const AssetId& asset) {
  Rows rows = db_.query(kIsPublished, asset);
  return rows.next();
}

}  // namespace tongxing::storage
