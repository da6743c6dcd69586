// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/checks.hpp"

#include "accessibility/captions/cue_text.hpp"

#include <algorithm>
#include <optional>

namespace tongxing::accessibility {
namespace {

/// C1 to C4: reading limits of Chinese and of languages in narrow letters, for standard and easy-read tracks.
constexpr CaptionLimits kEast{
    .counting = Counting::east_asian, .line_halves = {32, 40}, .lines = {2, 2}, .tenths_a_second = {70, 110}};
constexpr CaptionLimits kEastEasy{
    .counting = Counting::east_asian, .line_halves = {32, 40}, .lines = {2, 2}, .tenths_a_second = {40, 50}};
constexpr CaptionLimits kNarrow{.counting = Counting::code_points,
                                .line_halves = {84, 100},
                                .lines = {2, 3},
                                .tenths_a_second = {170, 200}};
constexpr CaptionLimits kNarrowEasy{.counting = Counting::code_points,
                                    .line_halves = {84, 100},
                                    .lines = {2, 3},
                                    .tenths_a_second = {100, 120}};

class Checker {
 public:
  Checker(const CaptionLimits& limits, Milliseconds media) : limits_{limits}, media_{media} {}

  void cue(const Cue& cue) {
    text(cue);
    times(cue);
  }

  /// Two cues that follow each other in the file.
  void pair(const Cue& before, const Cue& cue) {
    if (cue.start < before.start) {
      report(FindingKind::out_of_order, Severity::error, cue, cue.start.count(), before.start.count());
      return;
    }
    const auto gap = (cue.start - before.end).count();
    if (gap < 0 && !side_by_side(before, cue)) report(FindingKind::overlap, Severity::error, cue, -gap, 0);
    if (gap > 0 && gap < limits_.tiny_gap_ms) {
      report(FindingKind::gap_tiny, Severity::info, cue, gap, limits_.tiny_gap_ms);
    }
    if (gap >= limits_.small_gap_from && gap <= limits_.small_gap_to) {
      report(FindingKind::gap_small, Severity::warning, cue, gap, limits_.small_gap_to);
    }
  }

  std::vector<Finding> take() { return std::move(findings_); }

 private:
  void report(FindingKind kind, Severity severity, const Cue& cue, std::int64_t value, std::int64_t limit) {
    findings_.push_back({.kind = kind,
                         .severity = severity,
                         .line = cue.line,
                         .value = value,
                         .limit = limit,
                         .text = cue.id});
  }

  void above(FindingKind kind, const Limit& limit, const Cue& cue, std::int64_t value) {
    if (value > limit.error) {
      report(kind, Severity::error, cue, value, limit.error);
    } else if (value > limit.warn) {
      report(kind, Severity::warning, cue, value, limit.warn);
    }
  }

  void text(const Cue& cue) {
    const auto plain = plain_text(std::string_view{cue.text});
    std::int64_t longest = 0;
    std::int64_t sum = 0;
    std::int64_t lines = 0;
    for (std::string_view rest = plain; !rest.empty();) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const auto halves = static_cast<std::int64_t>(half_length(rest.substr(0, end), limits_.counting));
      longest = std::max(longest, halves);
      sum += halves;
      ++lines;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    above(FindingKind::line_too_long, limits_.line_halves, cue, longest);
    above(FindingKind::too_many_lines, limits_.lines, cue, lines);
    const auto duration = (cue.end - cue.start).count();
    // sum/2 characters in duration/1000 seconds, in tenths, rounded up so that "just above" is above.
    if (duration > 0)
      above(FindingKind::too_fast, limits_.tenths_a_second, cue, (sum * 5000 + duration - 1) / duration);
  }

  void times(const Cue& cue) {
    const auto duration = (cue.end - cue.start).count();
    if (duration <= 0) {
      report(FindingKind::end_not_after_start, Severity::error, cue, duration, 0);
      return;
    }
    if (duration < limits_.shortest_ms.error) {
      report(FindingKind::too_short, Severity::error, cue, duration, limits_.shortest_ms.error);
    } else if (duration < limits_.shortest_ms.warn) {
      report(FindingKind::too_short, Severity::warning, cue, duration, limits_.shortest_ms.warn);
    }
    above(FindingKind::too_long, limits_.longest_ms, cue, duration);
    const auto over = (cue.end - media_).count();
    if (media_.count() > 0 && over > limits_.after_end_ms) {
      report(FindingKind::after_media_end, Severity::error, cue, cue.end.count(), media_.count());
    }
  }

  /// Meant to be seen together: in different places, or two people who speak at once.
  static bool side_by_side(const Cue& a, const Cue& b) {
    if (a.settings.line != b.settings.line || a.settings.position != b.settings.position) return true;
    const auto first = speaker_of(parse_cue_text(a.text).nodes);
    const auto second = speaker_of(parse_cue_text(b.text).nodes);
    return !first.empty() && !second.empty() && first != second;
  }

  const CaptionLimits& limits_;
  Milliseconds media_;
  std::vector<Finding> findings_;
};

}  // namespace

CaptionLimits limits_for(std::string_view language, TrackUse use) {
  const bool easy = use == TrackUse::easy_read;
  if (counting_for(language) == Counting::east_asian) return easy ? kEastEasy : kEast;
  return easy ? kNarrowEasy : kNarrow;
}

std::vector<Finding> check_track(const Track& track, const CaptionLimits& limits, Milliseconds media) {
  Checker checker{limits, media};
  for (std::size_t i = 0; i < track.cues.size(); ++i) {
    checker.cue(track.cues[i]);
    if (i > 0) checker.pair(track.cues[i - 1], track.cues[i]);
  }
  return checker.take();
}

std::size_t close_small_gaps(Track& track, const CaptionLimits& limits) {
  std::size_t closed = 0;
  for (std::size_t i = 1; i < track.cues.size(); ++i) {
    const auto gap = (track.cues[i].start - track.cues[i - 1].end).count();
    if (gap <= 0 || gap >= limits.tiny_gap_ms) continue;
    track.cues[i - 1].end = track.cues[i].start;
    ++closed;
  }
  return closed;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace tongxing::accessibility
