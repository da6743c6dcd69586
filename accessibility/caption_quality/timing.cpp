// SPDX-License-Identifier: GPL-3.0-or-later
// C5–C10: times, gaps, overlaps.
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

/// More cues than this at one time are not compared with each other: nobody reads them, and a hostile file
/// must not cost the square of its length.
constexpr std::size_t kMostAtOnce = 8;

void check_length(const PreparedCue& cue, const CaptionContext& context, Reporter& report) {
  const auto duration = (cue.cue->end - cue.cue->start).count();
  if (duration <= 0) {
    report.flag(FindingKind::end_not_after_start, &cue, duration, 0);
    return;
  }
  report.measure(FindingKind::too_short, &cue, duration);
  report.measure(FindingKind::too_long, &cue, duration);
  if (!context.media_duration) return;
  const auto* row = limits_for(FindingKind::after_media_end, report.group(), context.use);
  const auto over = cue.cue->end - *context.media_duration;
  if (row != nullptr && over.count() > *row->error) {
    report.flag(FindingKind::after_media_end, &cue, cue.cue->end.count(), context.media_duration->count());
  }
}

void check_gap(const PreparedCue& before, const PreparedCue& cue, Reporter& report) {
  const auto gap = (cue.cue->start - before.cue->end).count();
  if (gap > 0 && gap < kRuleNumbers.tiny_gap_ms) {
    report.flag(FindingKind::gap_tiny, &cue, gap, kRuleNumbers.tiny_gap_ms);
  }
  if (gap >= kRuleNumbers.small_gap_from_ms && gap <= kRuleNumbers.small_gap_to_ms) {
    report.flag(FindingKind::gap_small, &cue, gap, kRuleNumbers.small_gap_to_ms);
  }
}

/// Cues that are on the screen when the next one starts.
class OnScreen {
 public:
  /// The longest overlap that is not meant; 0: none.
  std::int64_t overlap_of(const PreparedCue& cue) {
    std::erase_if(open_, [&](const PreparedCue* other) { return other->cue->end <= cue.cue->start; });
    std::int64_t longest = 0;
    for (const auto* other : open_) {
      if (side_by_side(*other, cue)) continue;
      const auto end = std::min(other->cue->end, std::max(cue.cue->end, cue.cue->start));
      longest = std::max(longest, (end - cue.cue->start).count());
    }
    return longest;
  }

  void show(const PreparedCue& cue) {
    if (open_.size() == kMostAtOnce) open_.erase(open_.begin());
    open_.push_back(&cue);
  }

 private:
  std::vector<const PreparedCue*> open_;
};

}  // namespace

bool side_by_side(const PreparedCue& a, const PreparedCue& b) {
  const auto& one = a.cue->settings;
  const auto& two = b.cue->settings;
  if (one.line != two.line || one.position != two.position || one.region != two.region) return true;
  return !a.speaker.empty() && !b.speaker.empty() && a.speaker != b.speaker;
}

void check_timing(const PreparedTrack& track, const CaptionContext& context, Reporter& report) {
  OnScreen screen;
  const PreparedCue* before = nullptr;
  for (const auto& cue : track.cues) {
    check_length(cue, context, report);
    const bool backwards = before != nullptr && cue.cue->start < before->cue->start;
    if (backwards) {
      report.flag(FindingKind::out_of_order, &cue, cue.cue->start.count(), before->cue->start.count());
    } else {
      if (before != nullptr) check_gap(*before, cue, report);
      const auto overlap = screen.overlap_of(cue);
      if (overlap > 0) report.flag(FindingKind::overlap, &cue, overlap, 0);
      screen.show(cue);
    }
    before = &cue;
  }
}

}  // namespace tongxing::accessibility
