// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/span.hpp"

#include <algorithm>

namespace tongxing::accessibility {

std::vector<Span> merged(std::vector<Span> spans, Milliseconds margin, Milliseconds end) {
  std::erase_if(spans, [](const Span& span) { return span.end <= span.start; });
  for (Span& span : spans) {
    span.start = std::clamp(span.start - margin, Milliseconds(0), end);
    span.end = std::clamp(span.end + margin, Milliseconds(0), end);
  }
  std::ranges::sort(spans, {}, &Span::start);
  std::vector<Span> result;
  for (const Span& span : spans) {
    if (span.end <= span.start) continue;
    if (!result.empty() && span.start <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::vector<Span> complement(std::span<const Span> covered, Milliseconds end) {
  std::vector<Span> result;
  Milliseconds from{0};
  for (const Span& span : covered) {
    if (span.start > from) result.push_back({from, std::min(span.start, end)});
    from = std::max(from, span.end);
    if (from >= end) return result;
  }
  if (from < end) result.push_back({from, end});
  return result;
}

Milliseconds overlap(const Span& one, std::span<const Span> covered) {
  Milliseconds sum{0};
  auto it = std::ranges::upper_bound(covered, one.start, {}, &Span::end);
  for (; it != covered.end() && it->start < one.end; ++it) {
    sum += std::min(it->end, one.end) - std::max(it->start, one.start);
  }
  return sum;
}

}  // namespace tongxing::accessibility
