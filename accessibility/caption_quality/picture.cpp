// SPDX-License-Identifier: GPL-3.0-or-later
// C24, C30: the cues against the picture.
#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <vector>

namespace tongxing::accessibility {
namespace {

void check_cut(const PreparedCue& cue, const std::vector<Milliseconds>& cuts, Reporter& report) {
  for (auto cut = std::ranges::upper_bound(cuts, cue.cue->start); cut != cuts.end() && *cut < cue.cue->end;
       ++cut) {
    const auto left = (*cut - cue.cue->start).count();
    const auto right = (cue.cue->end - *cut).count();
    if (left >= kRuleNumbers.cut_part_ms) return;  // and so are the later ones
    if (right >= kRuleNumbers.cut_part_ms) continue;
    report.measure(FindingKind::across_cut, &cue, std::min(left, right));
    return;
  }
}

/// Where in the picture's height a cue is shown, as percent from the top; WebVTT's 15 lines to a picture.
double height_of(const Cue& cue, const std::vector<Region>& regions) {
  constexpr double kLines = 15;
  const auto region = std::ranges::find(regions, cue.settings.region, &Region::id);
  if (!cue.settings.region.empty() && region != regions.end()) return region->viewport_y;
  if (!cue.settings.line) return 100;
  if (cue.settings.line_unit == LineUnit::percent) return *cue.settings.line;
  return *cue.settings.line < 0 ? 100 + *cue.settings.line * 100 / kLines : *cue.settings.line * 100 / kLines;
}

PictureArea area_of(double percent) {
  if (percent < 100.0 / 3) return PictureArea::top;
  return percent > 200.0 / 3 ? PictureArea::bottom : PictureArea::middle;
}

void check_burned_in(const PreparedTrack& track, const std::vector<BurnedInText>& marks, Reporter& report) {
  for (const auto& cue : track.cues) {
    const auto area = area_of(*cue.cue, track.track->regions);
    const auto* covered = area ? mark_under(*cue.cue, *area, marks) : nullptr;
    if (covered == nullptr) continue;
    report.flag(FindingKind::covers_burned_in, &cue, 1, 0, timestamp_text(covered->time.start));
  }
}

}  // namespace

std::vector<BurnedInText> sorted_marks(std::vector<BurnedInText> marks) {
  std::ranges::sort(marks, {}, [](const BurnedInText& mark) { return mark.time.start; });
  marks.resize(std::min(marks.size(), kMaxBurnedIn));
  return marks;
}

std::optional<PictureArea> area_of(const Cue& cue, const std::vector<Region>& regions) {
  if (cue.settings.vertical != Vertical::horizontal) return std::nullopt;
  return area_of(height_of(cue, regions));
}

const BurnedInText* mark_under(const Cue& cue, PictureArea area, const std::vector<BurnedInText>& marks) {
  const auto found = std::ranges::find_if(marks, [&](const BurnedInText& mark) {
    return mark.area == area && mark.time.start < cue.end && cue.start < mark.time.end;
  });
  return found == marks.end() ? nullptr : &*found;
}

void check_picture(const PreparedTrack& track, const CaptionContext& context, Reporter& report) {
  if (context.shot_changes) {
    auto cuts = *context.shot_changes;
    std::ranges::sort(cuts);
    for (const auto& cue : track.cues) check_cut(cue, cuts, report);
  }
  if (context.burned_in) check_burned_in(track, sorted_marks(*context.burned_in), report);
}

}  // namespace tongxing::accessibility
