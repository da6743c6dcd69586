// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tongxing::jobs {

/// How a process ended.
struct ProcessExit {
  bool by_signal = false;
  int code = 0;  ///< exit code, or the signal's number
};

/// A worker that runs. Destroying it kills what is left of it and waits. One thread.
class WorkerProcess {
 public:
  enum class Read {
    line,      ///< `line` holds one, without its end
    nothing,   ///< none within the time
    too_long,  ///< longer than kLongestLine: the worker is not to be trusted any further
    end,       ///< standard output is closed
  };
  static constexpr std::size_t kLongestLine = 64 << 10;

  virtual ~WorkerProcess() = default;
  virtual Read read_line(std::string& line, Milliseconds wait) = 0;
  /// How it ended; nothing when it still runs after `wait`.
  virtual std::optional<ProcessExit> wait(Milliseconds wait) = 0;
  /// SIGTERM and SIGKILL to the worker's whole process group.
  virtual void terminate() = 0;
  virtual void kill() = 0;
};

/// What to start. The environment is empty but for the time zone and language; no descriptor is passed on but
/// 0 (empty), 1 (read by us) and 2 (`log`).
struct Launch {
  std::vector<std::string> arguments;  ///< the first one is the program's path
  std::filesystem::path log;           ///< standard error goes there; replaced
};

/// Starts processes; a test has its own. Thread-safe.
class ProcessLauncher {
 public:
  virtual ~ProcessLauncher() = default;
  /// Throws std::system_error when the program cannot be started.
  virtual std::unique_ptr<WorkerProcess> start(const Launch& launch) = 0;
};

/// posix_spawn(3), each worker in a process group of its own.
class PosixLauncher final : public ProcessLauncher {
 public:
  std::unique_ptr<WorkerProcess> start(const Launch& launch) override;
};

}  // namespace tongxing::jobs
