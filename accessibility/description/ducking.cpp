// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/ducking.hpp"

#include <algorithm>
#include <cmath>

namespace tongxing::accessibility {

bool duck_allowed(double decibel) {
  return (decibel >= -12 && decibel <= -6) || decibel == kClearSpeechDuck;
}

DuckingEnvelope::DuckingEnvelope(std::vector<Span> spoken, const DuckingRules& rules, int sample_rate) {
  const auto to_sample = [&](Milliseconds time) { return time.count() * sample_rate / 1'000; };
  const double down = std::pow(10.0, rules.decibel / 20.0);
  std::erase_if(spoken, [](const Span& span) { return span.end <= span.start; });
  std::ranges::sort(spoken, {}, &Span::start);
  for (const Span& span : spoken) {
    const std::int64_t start = to_sample(span.start);
    const std::int64_t end = to_sample(span.end);
    const std::int64_t from = to_sample(span.start - rules.ramp_in);
    const std::int64_t until = to_sample(span.end + rules.ramp_out);
    if (!points_.empty() && from <= points_.back().sample) {
      points_.pop_back();  // up
      points_.back().sample = std::max(points_.back().sample, end);
      points_.push_back({to_sample(rules.ramp_out) + points_.back().sample, 1});
      continue;
    }
    points_.push_back({from, 1});
    points_.push_back({start, down});
    points_.push_back({end, down});
    points_.push_back({until, 1});
  }
}

std::size_t DuckingEnvelope::point_after(std::int64_t sample) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(points_, sample, {}, &Point::sample) -
                                  points_.begin());
}

double DuckingEnvelope::gain_at(std::int64_t sample) const {
  const std::size_t next = point_after(sample);
  if (next == 0 || next == points_.size()) return 1;
  const Point& a = points_[next - 1];
  const Point& b = points_[next];
  const double part = static_cast<double>(sample - a.sample) / static_cast<double>(b.sample - a.sample);
  return a.gain + (b.gain - a.gain) * part;
}

void DuckingEnvelope::apply(std::span<float> samples, std::int64_t first) const {
  std::size_t next = point_after(first);
  std::size_t done = 0;
  while (done < samples.size()) {
    if (next == points_.size()) return;
    const std::int64_t at = first + static_cast<std::int64_t>(done);
    const auto count = std::min(static_cast<std::int64_t>(samples.size() - done), points_[next].sample - at);
    if (next > 0) {
      const Point& a = points_[next - 1];
      const Point& b = points_[next];
      const double step = (b.gain - a.gain) / static_cast<double>(b.sample - a.sample);
      const double begin = a.gain + step * static_cast<double>(at - a.sample);
      for (std::int64_t i = 0; i < count; ++i) {
        samples[done + static_cast<std::size_t>(i)] *=
            static_cast<float>(begin + step * static_cast<double>(i));
      }
    }
    done += static_cast<std::size_t>(count);
    while (next < points_.size() && points_[next].sample <= first + static_cast<std::int64_t>(done)) ++next;
  }
}

}  // namespace tongxing::accessibility
