// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::app {

/// One number that somebody else keeps, read when the metrics are asked for.
struct Gauge {
  std::string name;  ///< Prometheus name, unit last: "tongxing_wal_bytes"
  std::string help;
  bool counts_up = false;  ///< a counter rather than a gauge
  std::function<double()> value;
};

/// What the program says of itself in the Prometheus text format. No user data: labels are fixed words.
/// Thread-safe once the gauges are added.
class Metrics {
 public:
  enum class Lane { immediate, read, write, secret };

  void add(Gauge gauge) { gauges_.push_back(std::move(gauge)); }
  /// A request was answered. `took` is from the whole request read to the response ready.
  void answered(Lane lane, unsigned status, std::chrono::microseconds took);
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::array<double, 8> kBoundsSeconds{0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0};
  struct LaneFigures {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  ///< index: status / 100
    std::array<std::atomic<std::uint64_t>, kBoundsSeconds.size() + 1> buckets{};
    std::atomic<std::uint64_t> total_us{0};
  };
  std::array<LaneFigures, 4> lanes_{};
  std::vector<Gauge> gauges_;
};

}  // namespace tongxing::app
