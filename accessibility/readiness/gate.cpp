// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/gate.hpp"

#include <array>

namespace tongxing::accessibility {
namespace {

constexpr std::array<std::string_view, 11> kFaults{
    "captions_missing",     "captions_below_rule",   "captions_unreviewed",    "transcript_missing",
    "silent_undescribed",   "description_undecided", "description_below_rule", "sign_below_rule",
    "sign_consent_missing", "sign_consent_unseen",   "harmful_flashes"};

bool below_rule(const TextTrackFacts& captions) {
  return captions.errors > 0 || (captions.speech_covered && *captions.speech_covered < kLeastCovered);
}

void judge_sign(const SignQuality& sign, GateFor purpose, std::vector<Fault>& faults) {
  if (sign.errors > 0) faults.push_back(Fault::sign_below_rule);
  if (sign.consent == Consent::missing) faults.push_back(Fault::sign_consent_missing);
  if (sign.consent == Consent::stated && purpose == GateFor::publication) {
    faults.push_back(Fault::sign_consent_unseen);
  }
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
  if (lesson.unreviewed_tracks > 0 && purpose == GateFor::publication) {
    faults.push_back(Fault::captions_unreviewed);
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
  if (lesson.sign) judge_sign(*lesson.sign, purpose, faults);
  if (lesson.flashes == Flashes::harmful) faults.push_back(Fault::harmful_flashes);
  return faults;
}

std::string_view name_of(Fault fault) {
  return kFaults[static_cast<std::size_t>(fault)];
}

}  // namespace tongxing::accessibility
