// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/spans.hpp"

#include <algorithm>

namespace tongxing::accessibility {

std::vector<TimeSpan> sorted_spans(std::span<const TimeSpan> spans) {
  std::vector<TimeSpan> in(spans.begin(), spans.end());
  std::erase_if(in, [](const TimeSpan& span) { return span.end <= span.start; });
  std::ranges::sort(in, {}, &TimeSpan::start);
  std::vector<TimeSpan> out;
  for (const auto& span : in) {
    if (!out.empty() && span.start <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

std::vector<TimeSpan> intersection(std::span<const TimeSpan> a, std::span<const TimeSpan> b) {
  std::vector<TimeSpan> out;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const TimeSpan both{std::max(a[i].start, b[j].start), std::min(a[i].end, b[j].end)};
    if (both.start < both.end) out.push_back(both);
    if (a[i].end < b[j].end) {
      ++i;
    } else {
      ++j;
    }
  }
  return out;
}

std::vector<TimeSpan> difference(std::span<const TimeSpan> a, std::span<const TimeSpan> b) {
  std::vector<TimeSpan> out;
  std::size_t j = 0;
  for (const auto& span : a) {
    auto from = span.start;
    while (j < b.size() && b[j].end <= from) ++j;
    for (auto k = j; k < b.size() && b[k].start < span.end; ++k) {
      if (b[k].start > from) out.push_back({from, b[k].start});
      from = std::max(from, b[k].end);
    }
    if (from < span.end) out.push_back({from, span.end});
  }
  return out;
}

Milliseconds total_of(std::span<const TimeSpan> spans) {
  Milliseconds sum{0};
  for (const auto& span : spans) sum += span.end - span.start;
  return sum;
}

}  // namespace tongxing::accessibility
