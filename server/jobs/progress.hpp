// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/jobs/worker_event.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::jobs {

/// How far a job is, gathered from its events. One thread.
///
/// As JSON, in the column jobs.progress and in every message of the topic asset/<id>:
/// {"attempt": 1, "permille": 0…1000 of the whole, "eta_ms": −1 unknown,
///  "renditions": [{"name": "v360", "permille": 500, "done": false}],
///  "playable": true once the lowest rendition can be played as it grows (services/growing_package.hpp),
///  "warnings": [{"key": "…", "args": {…}}]}
class Progress {
 public:
  explicit Progress(int attempt) : attempt_(attempt) {}

  void apply(const WorkerEvent& event);
  [[nodiscard]] std::string json() const;
  /// Of the whole, by the mean of the renditions.
  [[nodiscard]] int permille() const;

 private:
  struct Rendition {
    std::string name;
    int permille = 0;
    std::int64_t eta_ms = -1;
    bool done = false;
  };
  struct Warning {
    std::string key;
    MessageArgs args;
  };
  static constexpr std::size_t kMost = 64;  ///< of each list: a worker may not fill the database

  Rendition* find(const std::string& name);

  int attempt_;
  bool playable_ = false;
  std::vector<Rendition> renditions_;
  std::vector<Warning> warnings_;
};

/// The messages of the topic asset/<id>: what happened, the asset's state, and the whole picture, so that a
/// message that was missed does no harm.
///   {"event": "progress" | "output" | "planned" | "warning" | …, "state": "TRANSCODING", "progress": {…}}
///   {"event": "waiting", "state": "UPLOADED", "attempt": 1, "not_before": ms since 1970}
///   {"event": "ready", "state": "READY", "version": "…", "duration_ms": 90000}
///   {"event": "failed", "state": "FAILED", "key": "errors.…", "args": {…}}
[[nodiscard]] std::string progress_message(std::string_view event, std::string_view state,
                                           const Progress& progress);
[[nodiscard]] std::string waiting_message(int attempt, std::int64_t not_before_ms);
[[nodiscard]] std::string ready_message(const std::string& version, std::int64_t duration_ms);
[[nodiscard]] std::string failed_message(const std::string& key, const MessageArgs& args);
/// {"name": "value", …}, as in media_assets.failure_args.
[[nodiscard]] std::string args_json(const MessageArgs& args);

}  // namespace tongxing::jobs
