// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/extended_captions.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {

Track extended_captions(const Track& track, const TimeMap& map) {
  Track mapped{{}, track.regions, track.styles};
  const auto pauses = map.pauses();
  for (const Cue& cue : track.cues) {
    Milliseconds from = cue.start;
    const auto add_until = [&](Milliseconds until, Milliseconds added) {
      Cue part = cue;
      if (from != cue.start) part.id.clear();
      part.start = from + added;
      part.end = until + added;
      // The rest of a cue comes behind those that begin before it: almost always at the end.
      const auto place = std::ranges::upper_bound(mapped.cues, part.start, {}, &Cue::start);
      mapped.cues.insert(place, std::move(part));
      from = until;
    };
    Milliseconds added{0};
    for (const Pause& pause : pauses) {
      if (pause.at >= cue.end && pause.at > cue.start) break;
      if (pause.at > from) add_until(pause.at, added);
      added += pause.length;
    }
    if (from < cue.end || from == cue.start) add_until(cue.end, added);
  }
  return mapped;
}

}  // namespace tongxing::accessibility
