// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/metadata/access_metadata.hpp"

#include "accessibility/readiness/readiness.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kAuditory = "auditory";
constexpr std::string_view kTextual = "textual";
constexpr std::string_view kVisual = "visual";

bool is_media(const AccessFacts& lesson) {
  return lesson.form == LessonForm::media && lesson.media == MediaState::ready;
}

bool can(Need need, const AccessFacts& lesson) {
  return readiness_for(need, lesson).answer == Answer::yes;
}

bool has_good_sign(const AccessFacts& lesson) {
  return lesson.sign && lesson.sign->errors == 0;
}

Values modes_of(const AccessFacts& lesson) {
  if (lesson.form == LessonForm::text) return {kTextual};
  if (!is_media(lesson)) return {};
  Values modes;
  if (lesson.has_sound) modes.push_back(kAuditory);
  if (lesson.has_picture) modes.push_back(kVisual);
  return modes;
}

bool holds(const Values& set, const Values& part) {
  return std::ranges::all_of(part, [&](auto mode) { return std::ranges::find(set, mode) != set.end(); });
}

/// Leaves out every set that holds a smaller one.
std::vector<Values> least_of(const std::vector<Values>& sets) {
  std::vector<Values> least;
  for (const auto& set : sets) {
    const bool more = std::ranges::any_of(
        sets, [&](const Values& other) { return other.size() < set.size() && holds(set, other); });
    if (!more && std::ranges::find(least, set) == least.end()) least.push_back(set);
  }
  return least;
}

std::vector<Values> sufficient_of(const AccessFacts& lesson) {
  if (lesson.form == LessonForm::text) return {{kTextual}};
  if (!is_media(lesson)) return {};
  std::vector<Values> sets{modes_of(lesson)};
  const bool by_ear = lesson.has_sound || (lesson.description && lesson.description->as_sound);
  if (by_ear && can(Need::cannot_see, lesson)) sets.push_back({kAuditory});
  if (can(Need::cannot_see_or_hear, lesson)) sets.push_back({kTextual});
  if (lesson.has_picture && (!lesson.has_sound || has_good_sign(lesson))) sets.push_back({kVisual});
  if (lesson.has_picture && can(Need::cannot_hear, lesson)) sets.push_back({kTextual, kVisual});
  return least_of(sets);
}

/// A feature, for which lessons it matters, and which have it.
struct Feature {
  std::string_view name;
  bool (*concerns)(const AccessFacts&);
  bool (*is_there)(const AccessFacts&);
};

bool sounds(const AccessFacts& lesson) {
  return is_media(lesson) && lesson.has_sound;
}
bool shows(const AccessFacts& lesson) {
  return is_media(lesson) && lesson.has_picture;
}

constexpr std::array<Feature, 7> kFeatures{{
    {"captions", sounds, [](const AccessFacts& l) { return l.captions.has_value(); }},
    {"transcript", sounds,
     [](const AccessFacts& l) { return l.captions.has_value() || l.has_own_transcript; }},
    {"audioDescription", shows,
     [](const AccessFacts& l) { return l.description && l.description->as_sound; }},
    {"longDescription", shows, [](const AccessFacts& l) { return l.description && l.description->as_text; }},
    {"signLanguage", sounds, has_good_sign},
    {"synchronizedAudioText", sounds, [](const AccessFacts& l) { return l.captions.has_value(); }},
    {"highContrastAudio/noBackground", sounds,
     [](const AccessFacts& l) {
       return l.speech_over_background_db && *l.speech_over_background_db >= kLeastSpeechOverBackground;
     }},
}};

Values features_of(std::span<const AccessFacts> lessons) {
  Values features;
  for (const auto& feature : kFeatures) {
    const auto concerned = std::ranges::count_if(lessons, feature.concerns);
    const auto have = std::ranges::count_if(lessons, [&](const AccessFacts& lesson) {
      return feature.concerns(lesson) && feature.is_there(lesson);
    });
    if (concerned > 0 && have == concerned) features.push_back(feature.name);
  }
  return features;
}

Values hazards_of(std::span<const AccessFacts> lessons) {
  const auto flashes = [&](Flashes what) {
    return [what](const AccessFacts& lesson) { return shows(lesson) && lesson.flashes == what; };
  };
  Values hazards;
  const bool pictures = std::ranges::any_of(lessons, shows);
  if (std::ranges::any_of(lessons, flashes(Flashes::harmful))) {
    hazards.push_back("flashing");
  } else if (std::ranges::any_of(lessons, flashes(Flashes::unknown))) {
    hazards.push_back("unknownFlashingHazard");
  } else {
    hazards.push_back("noFlashingHazard");
  }
  hazards.push_back(pictures ? "unknownMotionSimulationHazard" : "noMotionSimulationHazard");
  hazards.push_back(std::ranges::any_of(lessons, sounds) ? "unknownSoundHazard" : "noSoundHazard");
  return hazards;
}

bool enough(const Values& set, const AccessFacts& lesson) {
  return std::ranges::any_of(sufficient_of(lesson), [&](const Values& least) { return holds(set, least); });
}

}  // namespace

SchemaMetadata schema_metadata_of(const AccessFacts& lesson) {
  return schema_metadata_of(std::span(&lesson, 1));
}

SchemaMetadata schema_metadata_of(std::span<const AccessFacts> lessons) {
  SchemaMetadata metadata;
  std::vector<Values> candidates;
  for (const auto& lesson : lessons) {
    for (const auto mode : modes_of(lesson)) {
      if (std::ranges::find(metadata.access_modes, mode) == metadata.access_modes.end()) {
        metadata.access_modes.push_back(mode);
      }
    }
  }
  if (metadata.access_modes.empty()) return metadata;
  const std::vector<Values> all{{kAuditory},
                                {kTextual},
                                {kVisual},
                                {kAuditory, kTextual},
                                {kAuditory, kVisual},
                                {kTextual, kVisual},
                                {kAuditory, kTextual, kVisual}};
  for (const auto& set : all) {
    const auto is_enough = [&](const AccessFacts& lesson) { return enough(set, lesson); };
    if (std::ranges::all_of(lessons, is_enough)) candidates.push_back(set);
  }
  metadata.sufficient = least_of(candidates);
  metadata.features = features_of(lessons);
  metadata.hazards = hazards_of(lessons);
  metadata.controls = {"fullKeyboardControl", "fullMouseControl", "fullTouchControl"};
  return metadata;
}

AfaMetadata afa_metadata_of(const AccessFacts& lesson) {
  AfaMetadata metadata;
  metadata.access_modes = modes_of(lesson);
  if (metadata.access_modes.empty()) return metadata;
  auto& list = metadata.adaptations;
  if (sounds(lesson)) {
    if (lesson.captions) list.push_back({"captions", kAuditory, kTextual, false});
    if (lesson.easy_read) list.push_back({"captions", kAuditory, kTextual, true});
    if (lesson.captions || lesson.has_own_transcript)
      list.push_back({"transcript", kAuditory, kTextual, false});
    if (has_good_sign(lesson)) list.push_back({"signLanguage", kAuditory, kVisual, false});
  }
  if (shows(lesson) && lesson.description) {
    if (lesson.description->as_sound) list.push_back({"audioDescription", kVisual, kAuditory, false});
    if (lesson.description->as_text) list.push_back({"longDescription", kVisual, kTextual, false});
  }
  const bool text = lesson.captions || lesson.has_own_transcript || lesson.form == LessonForm::text;
  if (text) metadata.display_transformability = {"fontSize", "colour"};
  metadata.control_flexibility = {"fullKeyboardControl", "fullMouseControl"};
  for (const auto hazard : hazards_of(std::span(&lesson, 1))) {
    if (!hazard.starts_with("unknown")) metadata.hazards.push_back(hazard);
  }
  return metadata;
}

}  // namespace tongxing::accessibility
