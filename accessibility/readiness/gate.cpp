// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/gate.hpp"

#include <array>

namespace tongxing::accessibility {
namespace {

constexpr std::array<std::string_view, 8> kFaults{
    "captions_missing",      "captions_below_rule",    "transcript_missing", "silent_undescribed",
    "description_undecided", "description_below_rule", "sign_below_rule",    "harmful_flashes"};

bool below_rule(const TextTrackFacts& captions) {
  return captions.errors > 0 || (captions.speech_covered && *captions.speech_covered < kLeastCovered);
}

}  // namespace

std::vector<Fault> faults_of(const AccessFacts& lesson, GateFor purpose) {
  std::vector<Fault> faults;
  if (lesson.form != LessonForm::media || lesson.media != MediaState::ready) return faults;
  const bool words = lesson.captions || lesson.has_own_transcript;
  if (lesson.has_sound && lesson.has_picture && !lesson.captions) faults.push_back(Fault::captions_missing);
  if (lesson.has_sound && lesson.captions && below_rule(*lesson.captions)) {
    faults.push_back(Fault::captions_below_rule);
  }
  if (lesson.has_sound && !lesson.has_picture && !words) faults.push_back(Fault::transcript_missing);
  if (lesson.has_picture && !lesson.description) {
    if (!lesson.has_sound) {
      faults.push_back(Fault::silent_undescribed);
    } else if (purpose == GateFor::publication && !lesson.nothing_unspoken) {
      faults.push_back(Fault::description_undecided);
    }
  }
  if (lesson.description && lesson.description->errors > 0) faults.push_back(Fault::description_below_rule);
  if (lesson.sign && lesson.sign->errors > 0) faults.push_back(Fault::sign_below_rule);
  if (lesson.flashes == Flashes::harmful) faults.push_back(Fault::harmful_flashes);
  return faults;
}

std::string_view name_of(Fault fault) {
  return kFaults[static_cast<std::size_t>(fault)];
}

}  // namespace tongxing::accessibility
