// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/time_map.hpp"

#include <algorithm>

namespace tongxing::accessibility {

TimeMap::TimeMap(std::vector<Pause> pauses) {
  std::ranges::sort(pauses, {}, &Pause::at);
  for (const Pause& pause : pauses) {
    if (pause.length <= Milliseconds(0)) continue;
    if (!pauses_.empty() && pauses_.back().at == pause.at) {
      pauses_.back().length += pause.length;
    } else {
      before_.push_back(added());
      pauses_.push_back(pause);
    }
  }
}

Milliseconds TimeMap::added() const {
  return pauses_.empty() ? Milliseconds(0) : before_.back() + pauses_.back().length;
}

Milliseconds TimeMap::to_extended(Milliseconds lesson) const {
  const auto first = std::ranges::lower_bound(pauses_, lesson, {}, &Pause::at);
  const auto index = static_cast<std::size_t>(first - pauses_.begin());
  return lesson + (index < pauses_.size() ? before_[index] : added());
}

Milliseconds TimeMap::to_lesson(Milliseconds extended) const {
  // The last pause that begins at or before this time, looked for by where pauses begin in extended time.
  std::size_t low = 0;
  std::size_t high = pauses_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (pauses_[middle].at + before_[middle] <= extended) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return extended;
  const Pause& pause = pauses_[low - 1];
  return std::max(pause.at, extended - before_[low - 1] - pause.length);
}

}  // namespace tongxing::accessibility
