// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/event.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tongxing::tests {

/// What one run of the real worker program left behind.
struct WorkerRun {
  int exit_code = -1;  ///< −1: ended by a signal
  int signal = 0;
  std::string output;  ///< standard output
  std::vector<media::model::JobEvent> events;

  /// Key of the `failed` event; empty where there is none.
  [[nodiscard]] std::string failed_key() const;
};

/// Starts the program with posix_spawn, reads its lines, waits for its end.
[[nodiscard]] WorkerRun run_worker(const std::vector<std::string>& arguments);

/// The same, but ended with SIGTERM as soon as its output holds `word`.
[[nodiscard]] WorkerRun cancel_worker(const std::vector<std::string>& arguments, const std::string& word);

/// `package` on a source; the job file and the output folder are made below `scratch`.
[[nodiscard]] WorkerRun package_by_worker(const std::filesystem::path& source,
                                          const std::filesystem::path& scratch);

}  // namespace tongxing::tests
