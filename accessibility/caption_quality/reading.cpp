// SPDX-License-Identifier: GPL-3.0-or-later
// C1–C4: how much stands on the screen, and whether it can be read in its time.
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>

namespace tongxing::accessibility {

void check_reading(const PreparedCue& cue, Counting counting, Reporter& report) {
  std::int64_t longest = 0;
  std::int64_t sum = 0;
  std::int64_t lines = 0;
  for (std::string_view rest = cue.plain; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto halves = static_cast<std::int64_t>(half_length(rest.substr(0, end), counting));
    longest = std::max(longest, halves);
    sum += halves;
    ++lines;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  report.measure(FindingKind::line_too_long, &cue, (longest + 1) / 2);
  report.measure(FindingKind::too_many_lines, &cue, lines);
  const auto duration = (cue.cue->end - cue.cue->start).count();
  if (duration <= 0) return;
  // sum/2 characters in duration/1000 seconds, in tenths, rounded up so that "just above" is above.
  const auto tenths = (sum * 5000 + duration - 1) / duration;
  report.measure(FindingKind::too_fast, &cue, tenths);
  report.measure(FindingKind::too_fast_easy, &cue, tenths);
}

}  // namespace tongxing::accessibility
