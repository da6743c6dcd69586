// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::jobs {

/// One line of a worker's standard output (media/model/job.hpp), checked: names, numbers and lengths are in
/// bounds.
struct WorkerEvent {
  enum class Kind { probed, planned, progress, playable, output, warning, failed, done };
  Kind kind = Kind::done;
  std::string rendition;                ///< progress, output
  std::string playlist;                 ///< playable: below the output folder
  std::vector<std::string> renditions;  ///< planned
  int permille = 0;                     ///< progress: 0…1000 of that rendition
  std::int64_t eta_ms = -1;             ///< progress: −1 unknown
  std::string key;                      ///< warning, failed: a message key
  MessageArgs args;                     ///< warning, failed
};

[[nodiscard]] std::string_view to_text(WorkerEvent::Kind kind);

/// The event, or nothing when the line is none. A worker handles hostile files, so its lines are hostile too.
[[nodiscard]] std::optional<WorkerEvent> read_event(std::string_view line);

}  // namespace tongxing::jobs
