// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/extended_captions.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::accessibility {

namespace {

constexpr Milliseconds kFlash{833};  ///< what is shown for a shorter time is hard to read (rule C5)

/// A stretch of extended time in which a cue is shown.
struct Piece {
  Milliseconds from{0};
  Milliseconds to{0};
  [[nodiscard]] Milliseconds length() const { return to - from; }
};

std::vector<Piece> pieces_of(const Cue& cue, std::span<const Pause> pauses) {
  std::vector<Piece> pieces;
  Milliseconds from = cue.start;
  Milliseconds added{0};
  for (const Pause& pause : pauses) {
    if (pause.at >= cue.end && pause.at > cue.start) break;
    if (pause.at > from) {
      pieces.push_back({from + added, pause.at + added});
      from = pause.at;
    }
    added += pause.length;
  }
  if (from < cue.end || from == cue.start) pieces.push_back({from + added, cue.end + added});
  return pieces;
}

/// Moves what would only flash over the pause beside it, to the rest of its cue: it is read as long as
/// before.
void join_flashes(std::vector<Piece>& pieces) {
  for (std::size_t i = pieces.size(); i-- > 1;) {
    if (pieces[i].length() >= kFlash) continue;
    pieces[i - 1].to = std::min(pieces[i - 1].to + pieces[i].length(), pieces[i].from);
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (pieces.size() < 2 || pieces[0].length() >= kFlash) return;
  pieces[1].from = std::max(pieces[1].from - pieces[0].length(), pieces[0].to);
  pieces.erase(pieces.begin());
}

}  // namespace

Track extended_captions(const Track& track, const TimeMap& map) {
  Track mapped{{}, track.regions, track.styles};
  for (const Cue& cue : track.cues) {
    auto pieces = pieces_of(cue, map.pauses());
    join_flashes(pieces);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Cue part = cue;
      if (i > 0 && !part.id.empty()) part.id += '/' + std::to_string(i + 1);
      part.start = pieces[i].from;
      part.end = pieces[i].to;
      // The rest of a cue comes behind those that begin before it: almost always at the end.
      const auto place = std::ranges::upper_bound(mapped.cues, part.start, {}, &Cue::start);
      mapped.cues.insert(place, std::move(part));
    }
  }
  return mapped;
}

}  // namespace tongxing::accessibility
