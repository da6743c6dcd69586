// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/metrics.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace tongxing::app {
namespace {

constexpr std::array<std::string_view, 4> kLaneNames{"immediate", "read", "write", "secret"};

prometheus::ClientMetric labelled(std::vector<prometheus::ClientMetric::Label> labels) {
  prometheus::ClientMetric metric;
  metric.label = std::move(labels);
  return metric;
}

}  // namespace

void Metrics::answered(Lane lane, unsigned status, std::chrono::microseconds took) {
  LaneFigures& figures = lanes_[static_cast<std::size_t>(lane)];
  const auto order = std::memory_order_relaxed;
  figures.by_class[std::min<std::size_t>(status / 100, figures.by_class.size() - 1)].fetch_add(1, order);
  figures.total_us.fetch_add(static_cast<std::uint64_t>(took.count()), order);
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bucket = std::ranges::lower_bound(kBoundsSeconds, seconds) - kBoundsSeconds.begin();
  figures.buckets[static_cast<std::size_t>(bucket)].fetch_add(1, order);
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families;
  prometheus::MetricFamily requests{
      "tongxing_requests_total", "Requests answered", prometheus::MetricType::Counter, {}};
  prometheus::MetricFamily duration{"tongxing_request_seconds",
                                    "From the request read to its answer ready",
                                    prometheus::MetricType::Histogram,
                                    {}};
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    const LaneFigures& figures = lanes_[lane];
    for (std::size_t status = 1; status < figures.by_class.size(); ++status) {
      auto metric =
          labelled({{"lane", std::string(kLaneNames[lane])}, {"status", std::to_string(status) + "xx"}});
      metric.counter.value = static_cast<double>(figures.by_class[status].load());
      requests.metric.push_back(std::move(metric));
    }
    auto histogram = labelled({{"lane", std::string(kLaneNames[lane])}});
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < figures.buckets.size(); ++i) {
      below += figures.buckets[i].load();
      const double bound =
          i < kBoundsSeconds.size() ? kBoundsSeconds[i] : std::numeric_limits<double>::infinity();
      histogram.histogram.bucket.push_back({below, bound});
    }
    histogram.histogram.sample_count = below;
    histogram.histogram.sample_sum = static_cast<double>(figures.total_us.load()) / 1e6;
    duration.metric.push_back(std::move(histogram));
  }
  families.push_back(std::move(requests));
  families.push_back(std::move(duration));
  for (const Gauge& gauge : gauges_) {
    prometheus::MetricFamily family{
        gauge.name,
        gauge.help,
        gauge.counts_up ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
        {}};
    prometheus::ClientMetric metric;
    if (gauge.counts_up) {
      metric.counter.value = gauge.value();
    } else {
      metric.gauge.value = gauge.value();
    }
    family.metric.push_back(std::move(metric));
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace tongxing::app
