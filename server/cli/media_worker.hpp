// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/jobs/worker_event.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::cli {

/// SIGINT and SIGTERM wait from here on until somebody asks. One object a program, made before any thread.
class HeldSignals {
 public:
  HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  ~HeldSignals();
  /// The signal that came meanwhile, or 0.
  [[nodiscard]] int taken() const noexcept;
};

/// How a run of the worker ended.
struct WorkerEnd {
  enum class How { done, refused, resources, bug, interrupted };
  How how = How::bug;
  std::optional<jobs::WorkerEvent> failure{};  ///< what it said last, if it failed
  int signal = 0;                              ///< interrupted: by which
};

/// Starts the worker program beside this one and hands every line that it says to `hear`, with the event that
/// the line is. `log` takes what it says on standard error. An interrupt ends the worker at once.
[[nodiscard]] WorkerEnd run_worker(
    const std::vector<std::string>& arguments, const std::filesystem::path& log, const HeldSignals& signals,
    const std::function<void(const std::string&, const jobs::WorkerEvent&)>& hear);

}  // namespace tongxing::cli
