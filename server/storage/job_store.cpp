// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/storage/job_store.hpp"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::storage {

namespace {

constexpr std::array<std::pair<JobState, std::string_view>, 5> kStates{{
    {JobState::queued, "QUEUED"},
    {JobState::running, "RUNNING"},
    {JobState::done, "DONE"},
    {JobState::failed, "FAILED"},
    {JobState::cancelled, "CANCELLED"},
}};

constexpr std::array<std::pair<JobKind, std::string_view>, 3> kKinds{{
    {JobKind::package, "package"},
    {JobKind::describe, "describe"},
    {JobKind::sign, "sign"},
}};

JobKind kind_of(const std::string& text) {
  for (const auto& [kind, known] : kKinds) {
    if (known == text) return kind;
  }
  return JobKind::package;
}

JobState state_of(const std::string& text) {
  for (const auto& [state, known] : kStates) {
    if (known == text) return state;
  }
  return JobState::failed;
}

Job job_of(const Rows& row) {
  Job job;
  job.id = row.get<JobId>(0);
  job.asset = row.get<AssetId>(1);
  job.state = state_of(row.get<std::string>(2));
  job.spec = row.get<std::string>(3);
  job.attempt = row.get<int>(4);
  job.fence = row.get<std::int64_t>(5);
  job.not_before = row.get<Timestamp>(6);
  job.progress = row.get<std::string>(7);
  job.failure = row.get<std::string>(8);
  job.created_at = row.get<Timestamp>(9);
  job.kind = kind_of(row.get<std::string>(10));
  return job;
}

std::optional<Job> first_of(Rows rows) {
  if (!rows.next()) return std::nullopt;
  Job job = job_of(rows);
  while (rows.next()) {  // a statement with RETURNING takes effect at its end
  }
  return job;
}

}  // namespace

std::string_view to_text(JobState state) {
  for (const auto& [known, text] : kStates) {
    if (known == state) return text;
  }
  std::unreachable();
}

std::string_view to_text(JobKind kind) {
  for (const auto& [known, text] : kKinds) {
    if (known == kind) return text;
  }
  std::unreachable();
}

bool JobStore::enqueue(const NewPackageJob& job, Timestamp now) {
  const std::string spec = nlohmann::json{{"audio_language", job.audio_language}}.dump();
  return connection_.run(
             "INSERT INTO jobs (id, kind, asset_id, spec, state, idempotency_key, created_at) "
             "VALUES (?1, 'package', ?2, ?3, 'QUEUED', ?4, ?5) ON CONFLICT (idempotency_key) DO NOTHING",
             job.id, job.asset, spec, job.idempotency_key, now) == 1;
}

std::optional<Job> JobStore::get(const JobId& id) {
  return first_of(connection_.query(
      "SELECT id, asset_id, state, spec, attempt, fence, not_before, progress, failure, created_at, kind "
      "FROM jobs WHERE id = ?1",
      id));
}

std::optional<Job> JobStore::of_asset(const AssetId& asset) {
  return first_of(connection_.query(
      "SELECT id, asset_id, state, spec, attempt, fence, not_before, progress, failure, created_at, kind "
      "FROM jobs WHERE asset_id = ?1 AND kind = 'package' ORDER BY created_at DESC, id LIMIT 1",
      asset));
}

bool JobStore::enqueue(JobKind kind, const JobId& id, const AssetId& asset, Timestamp now) {
  return connection_.run(
             "INSERT INTO jobs (id, kind, asset_id, spec, state, idempotency_key, created_at) "
             "VALUES (?1, ?4, ?2, '{}', 'QUEUED', ?4 || ':' || ?1, ?3) "
             "ON CONFLICT (idempotency_key) DO NOTHING",
             id, asset, now, to_text(kind)) == 1;
}

std::optional<Job> JobStore::newest(JobKind kind, const AssetId& asset) {
  return first_of(connection_.query(
      "SELECT id, asset_id, state, spec, attempt, fence, not_before, progress, failure, created_at, kind "
      "FROM jobs WHERE asset_id = ?1 AND kind = ?2 ORDER BY created_at DESC, rowid DESC LIMIT 1",
      asset, to_text(kind)));
}

std::int64_t JobStore::cancel(JobKind kind, const AssetId& asset, Timestamp now) {
  return connection_.run(
      "UPDATE jobs SET state = 'CANCELLED', ended_at = ?2 "
      "WHERE asset_id = ?1 AND kind = ?3 AND state IN ('QUEUED', 'RUNNING')",
      asset, now, to_text(kind));
}

bool JobStore::is_completing(const AssetId& asset) {
  Rows rows = connection_.query(
      "SELECT 1 FROM jobs WHERE asset_id = ?1 AND kind <> 'package' AND state IN ('QUEUED', 'RUNNING') "
      "LIMIT 1",
      asset);
  return rows.next();
}

// Literals only become SQL, so what both statements share is a macro; undefined at the end of the file. What
// completes a package begins with the package as it is, so nothing else may be working on it.
#define TONGXING_JOB_IS_DUE                                                                           \
  "state = 'QUEUED' AND not_before <= ?1 AND (kind = 'package' OR (asset_id IN (SELECT id FROM "      \
  "media_assets WHERE state = 'READY') AND asset_id NOT IN (SELECT asset_id FROM jobs WHERE state = " \
  "'RUNNING'))) "

bool JobStore::is_any_due(Timestamp now) {
  Rows rows = connection_.query("SELECT 1 FROM jobs WHERE " TONGXING_JOB_IS_DUE "LIMIT 1", now);
  return rows.next();
}

bool JobStore::is_any_expired(Timestamp now) {
  Rows rows =
      connection_.query("SELECT 1 FROM jobs WHERE state = 'RUNNING' AND lease_until < ?1 LIMIT 1", now);
  return rows.next();
}

std::optional<Job> JobStore::claim(Timestamp now, Milliseconds lease) {
  return first_of(connection_.query(
      "UPDATE jobs SET state = 'RUNNING', attempt = attempt + 1, fence = fence + 1, lease_until = ?2, "
      "progress = '{}' "
      "WHERE id = (SELECT id FROM jobs WHERE " TONGXING_JOB_IS_DUE
      "ORDER BY created_at, id LIMIT 1) "
      "RETURNING id, asset_id, state, spec, attempt, fence, not_before, progress, failure, created_at, kind",
      now, now + lease));
}

bool JobStore::renew(const JobId& id, std::int64_t fence, Timestamp lease_until) {
  return connection_.run(
             "UPDATE jobs SET lease_until = ?3 WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'", id, fence,
             lease_until) == 1;
}

bool JobStore::set_progress(const JobId& id, std::int64_t fence, std::string_view progress) {
  return connection_.run("UPDATE jobs SET progress = ?3 WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'",
                         id, fence, progress) == 1;
}

bool JobStore::finish(const JobId& id, std::int64_t fence, Timestamp now) {
  return connection_.run(
             "UPDATE jobs SET state = 'DONE', failure = '', ended_at = ?3 "
             "WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'",
             id, fence, now) == 1;
}

bool JobStore::fail(const JobId& id, std::int64_t fence, std::string_view reason, Timestamp now) {
  return connection_.run(
             "UPDATE jobs SET state = 'FAILED', failure = ?3, ended_at = ?4 "
             "WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'",
             id, fence, reason, now) == 1;
}

bool JobStore::retry(const JobId& id, std::int64_t fence, std::string_view reason, Timestamp not_before) {
  return connection_.run(
             "UPDATE jobs SET state = 'QUEUED', failure = ?3, not_before = ?4 "
             "WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'",
             id, fence, reason, not_before) == 1;
}

bool JobStore::put_back(const JobId& id, std::int64_t fence) {
  return connection_.run(
             "UPDATE jobs SET state = 'QUEUED', attempt = attempt - 1 "
             "WHERE id = ?1 AND fence = ?2 AND state = 'RUNNING'",
             id, fence) == 1;
}

bool JobStore::cancel(const JobId& id, Timestamp now) {
  return connection_.run(
             "UPDATE jobs SET state = 'CANCELLED', ended_at = ?2 WHERE id = ?1 AND state IN ('QUEUED', "
             "'RUNNING')",
             id, now) == 1;
}

std::int64_t JobStore::expire(Timestamp now) {
  return connection_.run(
      "UPDATE jobs SET state = 'QUEUED', failure = 'lease run out' WHERE state = 'RUNNING' AND lease_until < "
      "?1",
      now);
}

std::int64_t JobStore::release_all() {
  connection_.run(
      "UPDATE media_assets SET state = 'UPLOADED' WHERE state IN ('PROBING', 'TRANSCODING') "
      "AND id IN (SELECT asset_id FROM jobs WHERE state = 'RUNNING')");
  return connection_.run("UPDATE jobs SET state = 'QUEUED', attempt = attempt - 1 WHERE state = 'RUNNING'");
}

#undef TONGXING_JOB_IS_DUE

JobCounts JobStore::counts() {
  JobCounts counts;
  Rows rows = connection_.query("SELECT state, count(*) FROM jobs GROUP BY state");
  while (rows.next()) {
    const std::string state = rows.get<std::string>(0);
    if (state == "QUEUED") counts.queued = rows.get<std::int64_t>(1);
    if (state == "RUNNING") counts.running = rows.get<std::int64_t>(1);
    if (state == "FAILED") counts.failed = rows.get<std::int64_t>(1);
  }
  return counts;
}

}  // namespace tongxing::storage
