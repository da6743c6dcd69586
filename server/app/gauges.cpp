// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/gauges.hpp"

#include <cstdint>

namespace tongxing::app {
namespace {

constexpr std::uint64_t kLeastFreeBytes = 512ULL << 20;

template <typename T>
double number(T value) {
  return static_cast<double>(value);
}

void add_database(Metrics& metrics, const storage::Database& database) {
  metrics.add({"tongxing_database_waiting_reads", "Read jobs in the queue", false,
               [&database] { return number(database.statistics().waiting_reads); }});
  metrics.add({"tongxing_database_waiting_writes", "Write jobs in the queue", false,
               [&database] { return number(database.statistics().waiting_writes); }});
  metrics.add({"tongxing_database_commits_total", "Groups committed", true,
               [&database] { return number(database.statistics().commits); }});
  metrics.add({"tongxing_database_committed_jobs_total", "Write jobs committed", true,
               [&database] { return number(database.statistics().committed_jobs); }});
  metrics.add({"tongxing_database_failed_jobs_total", "Write jobs that threw or were lost", true,
               [&database] { return number(database.statistics().failed_jobs); }});
  metrics.add({"tongxing_database_log_bytes", "Length of the write-ahead log", false,
               [&database] { return number(database.statistics().log_bytes); }});
}

void add_network(Metrics& metrics, const net::Server& server) {
  metrics.add({"tongxing_connections_open", "Connections open now", false,
               [&server] { return number(server.counters().connections_open); }});
  metrics.add({"tongxing_connections_total", "Connections accepted", true,
               [&server] { return number(server.counters().connections_total); }});
  metrics.add({"tongxing_bytes_sent_total", "Bytes sent", true,
               [&server] { return number(server.counters().bytes_sent_total); }});
  metrics.add({"tongxing_refused_total", "Requests refused before a handler saw them", true,
               [&server] { return number(server.counters().refused_total); }});
}

void add_jobs(Metrics& metrics, const jobs::JobRunner& runner) {
  metrics.add({"tongxing_media_jobs_queued", "Media jobs that wait", false,
               [&runner] { return number(runner.facts().queued); }});
  metrics.add({"tongxing_media_jobs_running", "Media jobs that run", false,
               [&runner] { return number(runner.facts().running); }});
  metrics.add({"tongxing_media_jobs_failed", "Media jobs that were given up", false,
               [&runner] { return number(runner.facts().failed); }});
  metrics.add({"tongxing_media_jobs_finished_total", "Media jobs done since the start", true,
               [&runner] { return number(runner.facts().finished); }});
}

}  // namespace

void add_gauges(Metrics& metrics, Readiness& readiness, Measured measured) {
  add_database(metrics, measured.database);
  add_network(metrics, measured.server);
  add_jobs(metrics, measured.runner);
  metrics.add({"tongxing_disk_free_bytes", "Room on the disk of the data folder", false,
               [&folder = measured.folder] { return number(folder.space().free); }});
  readiness.add("database", [&database = measured.database] { return database.healthy(); });
  readiness.add("disk", [&folder = measured.folder] { return folder.space().free > kLeastFreeBytes; });
  readiness.add("media_worker", [&runner = measured.runner] { return !runner.facts().worker_missing; });
}

}  // namespace tongxing::app
