// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::app {

/// Whether the program can do its work now, by named checks ("database", "disk", "media_worker", …). Checks
/// must be quick and thread-safe: they are asked on an I/O thread. Thread-safe once the checks are added.
class Readiness {
 public:
  using Check = std::function<bool()>;
  void add(std::string name, Check check) { checks_.emplace_back(std::move(name), std::move(check)); }
  /// From the start of a graceful stop: a proxy sends new visitors elsewhere.
  void drain() { draining_ = true; }

  struct Answer {
    bool ready = true;
    std::string json;  ///< {"ready":…,"checks":{"database":true,…}}
  };
  [[nodiscard]] Answer ask() const;

 private:
  std::vector<std::pair<std::string, Check>> checks_;
  std::atomic<bool> draining_ = false;
};

}  // namespace tongxing::app
