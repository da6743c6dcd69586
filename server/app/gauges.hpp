// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/app/metrics.hpp"
#include "server/app/readiness.hpp"
#include "server/jobs/job_runner.hpp"
#include "server/net/server.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/database.hpp"

namespace tongxing::app {

struct Measured {
  const storage::Database& database;
  const storage::DataFolder& folder;
  const jobs::JobRunner& runner;
  const net::Server& server;
};

/// What each part knows of itself, by name, for /metrics, and the checks of /readyz. Everything outlives
/// both.
void add_gauges(Metrics& metrics, Readiness& readiness, Measured measured);

}  // namespace tongxing::app
