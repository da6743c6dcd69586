// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/repairs.hpp"

#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/caption_quality/text_repairs.hpp"
#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace tongxing::accessibility {
namespace {

/// The worst severity of a kind among findings; nullopt: the kind is not there.
std::optional<Severity> worst_of(const std::vector<Finding>& findings, FindingKind kind) {
  std::optional<Severity> worst;
  for (const auto& finding : findings) {
    if (finding.kind == kind && (!worst || finding.severity > *worst)) worst = finding.severity;
  }
  return worst;
}

/// What the rules say of one cue by itself.
std::vector<Finding> findings_of(const Cue& cue, const CaptionContext& context) {
  Reporter reporter{group_of(context.language), context.use};
  const PreparedTrack alone{.track = nullptr, .cues = {prepare(cue, 1)}};
  check_reading(alone.cues.front(), counting_for(context.language), reporter);
  check_chinese_writing(alone.cues.front(), reporter);
  check_line_breaks(alone.cues.front(), reporter);
  check_easy_read(alone.cues.front(), reporter);
  auto timing = context;
  timing.speech.reset();
  check_timing(alone, timing, reporter);
  return reporter.take();
}

constexpr std::array kAreas{PictureArea::top, PictureArea::bottom, PictureArea::middle};

/// The same cue somewhere else in the picture.
Cue moved(const Cue& cue, PictureArea area) {
  constexpr double kMiddleLine = 7;  // of the 15 lines that a picture has
  auto after = cue;
  after.settings.region.clear();
  after.settings.line_unit = LineUnit::lines;
  after.settings.line_align = LineAlign::start;
  after.settings.line.reset();
  if (area == PictureArea::top) after.settings.line = 0;
  if (area == PictureArea::middle) after.settings.line = kMiddleLine;
  return after;
}

bool is_worse(const Cue& after, const Cue& before, const CaptionContext& context) {
  const auto was = findings_of(before, context);
  return std::ranges::any_of(findings_of(after, context), [&](const Finding& finding) {
    const auto old = worst_of(was, finding.kind);
    return !old || finding.severity > *old;
  });
}

class Mender {
 public:
  Mender(Track& track, const CaptionContext& context)
      : track_{track}, context_{completed(context, track.notes)} {
    if (context_.burned_in) marks_ = sorted_marks(*context_.burned_in);
  }

  /// Whether anything was changed.
  bool mend_texts() {
    if (group_of(context_.language) != LanguageGroup::chinese) return false;
    bool changed = false;
    for (std::size_t i = 0; i < track_.cues.size(); ++i) {
      changed = mend_text(i, FindingKind::italics, without_italics) || changed;
      changed = mend_text(i, FindingKind::ellipsis_style, with_house_ellipsis) || changed;
      changed = mend_text(i, FindingKind::ascii_punctuation, with_full_punctuation) || changed;
    }
    return changed;
  }

  bool mend_times() {
    bool changed = false;
    for (std::size_t i = 1; i < track_.cues.size(); ++i) changed = mend_gap(i) || changed;
    return changed;
  }

  /// Away from writing in the picture, where there is room.
  bool mend_places() {
    bool changed = false;
    for (std::size_t i = 0; !marks_.empty() && i < track_.cues.size(); ++i)
      changed = mend_place(i) || changed;
    return changed;
  }

  std::vector<CaptionRepair> take() {
    std::ranges::sort(repairs_, [](const CaptionRepair& a, const CaptionRepair& b) {
      return std::tie(a.cue, a.kind, a.before) < std::tie(b.cue, b.kind, b.before);
    });
    return std::move(repairs_);
  }

 private:
  bool mend_place(std::size_t index) {
    auto& cue = track_.cues[index];
    const auto area = area_of(cue, track_.regions);
    if (!area || mark_under(cue, *area, marks_) == nullptr) return false;
    for (const auto target : kAreas) {
      if (target == *area || mark_under(cue, target, marks_) != nullptr) continue;
      const auto after = moved(cue, target);
      if (crowds(index, after)) continue;
      repairs_.push_back({FindingKind::covers_burned_in, index + 1, cue.line, cue_settings_text(cue.settings),
                          cue_settings_text(after.settings)});
      cue.settings = after.settings;
      return true;
    }
    return false;
  }

  /// Whether a cue that is moved would meet one that it stood beside.
  [[nodiscard]] bool crowds(std::size_t index, const Cue& after) const {
    const auto& cue = track_.cues[index];
    for (std::size_t i = 0; i < track_.cues.size(); ++i) {
      const auto& other = track_.cues[i];
      if (i == index || other.start >= cue.end || cue.start >= other.end) continue;
      const auto neighbour = prepare(other, i + 1);
      if (side_by_side(prepare(cue, index + 1), neighbour) &&
          !side_by_side(prepare(after, index + 1), neighbour)) {
        return true;
      }
    }
    return false;
  }

  bool mend_text(std::size_t index, FindingKind kind, std::string (*mended)(const std::string&)) {
    auto& cue = track_.cues[index];
    auto after = cue;
    after.text = mended(cue.text);
    if (after.text == cue.text || after.text.size() > kMaxCueBytes || is_worse(after, cue, context_))
      return false;
    repairs_.push_back({kind, index + 1, cue.line, cue.text, after.text});
    cue.text = std::move(after.text);
    return true;
  }

  bool mend_gap(std::size_t index) {
    auto& before = track_.cues[index - 1];
    const auto& cue = track_.cues[index];
    const auto gap = (cue.start - before.end).count();
    if (before.end <= before.start || cue.end <= cue.start) return false;
    const auto wide = cue.start - Milliseconds{kRuleNumbers.tiny_gap_ms};
    if (gap > 0 && gap < kRuleNumbers.tiny_gap_ms) {
      const bool same = before.settings == cue.settings;
      const auto first = same ? cue.start : wide;
      const auto second = same ? wide : cue.start;
      return move_end(index - 1, FindingKind::gap_tiny, first) ||
             move_end(index - 1, FindingKind::gap_tiny, second);
    }
    if (gap < kRuleNumbers.small_gap_from_ms || gap > kRuleNumbers.small_gap_to_ms) return false;
    return move_end(index - 1, FindingKind::gap_small, wide);
  }

  bool move_end(std::size_t index, FindingKind kind, Milliseconds end) {
    auto& cue = track_.cues[index];
    auto after = cue;
    after.end = end;
    if (end <= cue.start || is_worse(after, cue, context_) || meets_another(index, end)) return false;
    repairs_.push_back({kind, index + 1, cue.line, timestamp_text(cue.end), timestamp_text(end)});
    cue.end = end;
    return true;
  }

  /// Whether a cue that is made to end later would overlap one that starts between: in a file whose cues are
  /// not in order. Cues far off in the file are not looked at; a file so mixed up is an error anyway.
  [[nodiscard]] bool meets_another(std::size_t index, Milliseconds end) const {
    constexpr std::size_t kFar = 16;
    const auto& cue = track_.cues[index];
    const auto from = index > kFar ? index - kFar : 0;
    const auto to = std::min(track_.cues.size(), index + kFar);
    for (auto i = from; i < to; ++i) {
      const auto& other = track_.cues[i];
      if (i != index && other.start >= cue.end && other.start < end) return true;
    }
    return false;
  }

  Track& track_;
  const CaptionContext context_;
  std::vector<BurnedInText> marks_;
  std::vector<CaptionRepair> repairs_;
};

}  // namespace

std::vector<CaptionRepair> repair_captions(Track& track, const CaptionContext& context) {
  Mender mender{track, context};
  // A longer time on the screen may make room for a longer text, and one mark for another: until all is
  // still.
  constexpr int kMostRounds = 16;
  for (int round = 0; round < kMostRounds; ++round) {
    const bool places = mender.mend_places();
    const bool texts = mender.mend_texts();
    const bool times = mender.mend_times();
    if (!places && !texts && !times) break;
  }
  return mender.take();
}

std::vector<CaptionRepair> repair_times(Track& track, const CaptionContext& context) {
  Mender mender{track, context};
  while (mender.mend_times()) {
  }
  return mender.take();
}

}  // namespace tongxing::accessibility
