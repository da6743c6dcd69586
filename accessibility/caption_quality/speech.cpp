// SPDX-License-Identifier: GPL-3.0-or-later
// C11–C14: the cues against what is heard.
#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/caption_quality/spans.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {
namespace {

using Spans = std::vector<TimeSpan>;

/// C11 and C12 for one cue. `before`: where the spoken cues before it end.
void check_cue(const PreparedCue& cue, const Spans& speech, Milliseconds before, Reporter& report) {
  const auto start = cue.cue->start;
  const auto end = cue.cue->end;
  const auto first = std::ranges::upper_bound(speech, start, {}, &TimeSpan::end);
  if (first == speech.end() || first->start >= end) return;  // nobody speaks in it: C13 sees to that
  if (first->start > start) {
    report.measure(FindingKind::speech_early, &cue, (first->start - start).count());
  } else if (before <= first->start) {
    // In speech that an earlier cue began, a cue starts wherever its sentence does.
    report.measure(FindingKind::speech_late, &cue, (start - first->start).count());
  }
  const auto last = std::prev(std::ranges::lower_bound(speech, end, {}, &TimeSpan::start));
  report.measure(FindingKind::hang_after_speech, &cue, (end - std::min(last->end, end)).count());
}

void check_coverage(const Spans& speech, const Spans& spoken_cues, Reporter& report) {
  const auto all = total_of(speech).count();
  if (all == 0) return;
  const auto missing = difference(speech, spoken_cues);
  const auto covered = all - total_of(missing).count();
  const auto length = [](const TimeSpan& span) { return span.end - span.start; };
  const auto longest = std::ranges::max_element(missing, {}, length);
  const auto where = longest == missing.end() ? std::string{} : timestamp_text(longest->start);
  report.measure(FindingKind::speech_uncovered, nullptr, covered * 1000 / all, where);
}

/// The cue that stands before a time in the file: near it the missing cue belongs.
const PreparedCue* cue_before(const PreparedTrack& track, Milliseconds time) {
  const PreparedCue* found = nullptr;
  for (const auto& cue : track.cues) {
    if (cue.cue->start <= time) found = &cue;
  }
  return found;
}

}  // namespace

void check_speech(const PreparedTrack& track, const CaptionContext& context, Reporter& report) {
  if (!context.speech) return;
  const auto speech = sorted_spans(*context.speech);
  Spans spoken;
  Spans all;
  Milliseconds before{0};
  for (const auto& cue : track.cues) {
    const TimeSpan span{cue.cue->start, cue.cue->end};
    all.push_back(span);
    if (!cue.spoken || span.end <= span.start) continue;
    check_cue(cue, speech, before, report);
    before = std::max(before, span.end);
    spoken.push_back(span);
  }
  check_coverage(speech, sorted_spans(spoken), report);
  if (!context.sound || !report.wants(FindingKind::sound_unlabelled)) return;
  const auto unspoken = difference(sorted_spans(*context.sound), speech);
  constexpr std::size_t kMostStretches = 100;
  std::size_t told = 0;
  for (const auto& stretch : difference(unspoken, sorted_spans(all))) {
    const auto* row = limits_for(FindingKind::sound_unlabelled, report.group(), context.use);
    if ((stretch.end - stretch.start).count() <= *row->warn || ++told > kMostStretches) continue;
    report.measure(FindingKind::sound_unlabelled, cue_before(track, stretch.start),
                   (stretch.end - stretch.start).count(), timestamp_text(stretch.start));
  }
}

}  // namespace tongxing::accessibility
