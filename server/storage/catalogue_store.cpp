// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/catalogue_store.hpp"

namespace tongxing::storage {
namespace {

/// The words as a LIKE pattern that finds them as they stand.
std::string pattern_of(std::string_view words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

CatalogueRow row_of(const Rows& rows) {
  return {rows.get<CourseId>(0),    rows.get<CourseVersionId>(1), rows.get<std::string>(2),
          rows.get<std::string>(3), rows.get<std::string>(4),     rows.get<std::string>(5),
          rows.get<Timestamp>(6),   rows.get<std::int64_t>(7),    rows.get<Milliseconds>(8)};
}

std::optional<CatalogueRow> first_of(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

constexpr Sql kSearch{
    "SELECT c.id, v.id, v.title, v.summary, v.language, v.policy, COALESCE(v.published_at, v.created_at), "
    "(SELECT COUNT(*) FROM version_lessons l WHERE l.version_id = v.id), "
    "(SELECT COALESCE(SUM(a.duration_ms), 0) FROM version_lessons l JOIN media_assets a ON a.id = l.asset_id "
    "WHERE l.version_id = v.id) "
    "FROM courses c JOIN course_versions v ON v.id = c.published_version_id "
    "WHERE v.state = 'PUBLISHED' AND (lower(v.title) LIKE lower(?1) ESCAPE '\\' OR lower(v.summary) LIKE "
    "lower(?1) "
    "ESCAPE '\\') ORDER BY COALESCE(v.published_at, v.created_at) DESC, c.id LIMIT ?2 OFFSET ?3"};
constexpr Sql kCount{
    "SELECT COUNT(*) FROM courses c JOIN course_versions v ON v.id = c.published_version_id "
    "WHERE v.state = 'PUBLISHED' AND (lower(v.title) LIKE lower(?1) ESCAPE '\\' OR lower(v.summary) LIKE "
    "lower(?1) "
    "ESCAPE '\\')"};
constexpr Sql kPublished{
    "SELECT c.id, v.id, v.title, v.summary, v.language, v.policy, COALESCE(v.published_at, v.created_at), "
    "(SELECT COUNT(*) FROM version_lessons l WHERE l.version_id = v.id), "
    "(SELECT COALESCE(SUM(a.duration_ms), 0) FROM version_lessons l JOIN media_assets a ON a.id = l.asset_id "
    "WHERE l.version_id = v.id) "
    "FROM courses c JOIN course_versions v ON v.id = c.published_version_id "
    "WHERE v.state = 'PUBLISHED' AND c.id = ?1"};
constexpr Sql kBegun{
    "SELECT e.course_id, v.id, v.title, v.summary, v.language, v.policy, COALESCE(v.published_at, "
    "v.created_at), "
    "(SELECT COUNT(*) FROM version_lessons l WHERE l.version_id = v.id), "
    "(SELECT COALESCE(SUM(a.duration_ms), 0) FROM version_lessons l JOIN media_assets a ON a.id = l.asset_id "
    "WHERE l.version_id = v.id) "
    "FROM enrollments e JOIN course_versions v ON v.id = e.version_id "
    "WHERE e.course_id = ?1 AND e.account_id = ?2 AND e.state <> 'WITHDRAWN' AND v.state IN ('PUBLISHED', "
    "'RETIRED')"};
constexpr Sql kLessons{
    "SELECT l.lesson_id, l.ordinal, l.type, l.title, l.summary, l.mandatory, l.threshold_percent, "
    "COALESCE(a.id, ''), COALESCE(a.version, ''), COALESCE(a.duration_ms, 0), COALESCE(a.has_video, 0), "
    "COALESCE(a.has_audio, 0) "
    "FROM version_lessons l LEFT JOIN media_assets a ON a.id = l.asset_id AND a.state = 'READY' "
    "WHERE l.version_id = ?1 ORDER BY l.ordinal"};
constexpr Sql kTracks{
    "SELECT t.asset_id, t.kind, t.lang, t.folder FROM version_lessons l JOIN tracks t ON t.asset_id = "
    "l.asset_id "
    "WHERE l.version_id = ?1 AND t.kind IN ('CAPTION', 'SUBTITLE', 'EASY_READ') ORDER BY l.ordinal, t.kind, "
    "t.lang DESC"};

}  // namespace

std::vector<CatalogueRow> CatalogueStore::search(std::string_view words, std::int64_t limit,
                                                 std::int64_t offset) {
  const std::string pattern = pattern_of(words);
  std::vector<CatalogueRow> found;
  for (Rows rows = db_.query(kSearch, pattern, limit, offset); rows.next();) found.push_back(row_of(rows));
  return found;
}

std::int64_t CatalogueStore::count(std::string_view words) {
  const std::string pattern = pattern_of(words);
  Rows rows = db_.query(kCount, pattern);
  return rows.next() ? rows.get<std::int64_t>(0) : 0;
}

std::optional<CatalogueRow> CatalogueStore::published(const CourseId& course) {
  return first_of(db_.query(kPublished, course));
}

std::optional<CatalogueRow> CatalogueStore::begun(const CourseId& course, const AccountId& account) {
  return first_of(db_.query(kBegun, course, account));
}

std::vector<CatalogueLessonRow> CatalogueStore::lessons(const CourseVersionId& version) {
  std::vector<CatalogueLessonRow> found;
  for (Rows rows = db_.query(kLessons, version); rows.next();) {
    found.push_back({rows.get<LessonId>(0), rows.get<std::int64_t>(1), rows.get<std::string>(2),
                     rows.get<std::string>(3), rows.get<std::string>(4), rows.get<bool>(5),
                     rows.get<std::int64_t>(6), rows.get<AssetId>(7), rows.get<std::string>(8),
                     rows.get<Milliseconds>(9), rows.get<bool>(10), rows.get<bool>(11)});
  }
  return found;
}

std::optional<CourseId> CatalogueStore::course_of(const LessonId& lesson) {
  Rows rows = db_.query("SELECT course_id FROM lessons WHERE id = ?1", lesson);
  if (!rows.next()) return std::nullopt;
  return rows.get<CourseId>(0);
}

std::vector<CatalogueTrackRow> CatalogueStore::tracks(const CourseVersionId& version) {
  std::vector<CatalogueTrackRow> found;
  for (Rows rows = db_.query(kTracks, version); rows.next();) {
    found.push_back(
        {rows.get<AssetId>(0), rows.get<std::string>(1), rows.get<std::string>(2), rows.get<std::string>(3)});
  }
  return found;
}

std::string CatalogueStore::track_source(const AssetId& asset, std::string_view kind, std::string_view lang) {
  Rows rows = db_.query("SELECT source FROM tracks WHERE asset_id = ?1 AND kind = ?2 AND lang = ?3", asset,
                        kind, lang);
  return rows.next() ? rows.get<std::string>(0) : std::string{};
}

}  // namespace tongxing::storage
