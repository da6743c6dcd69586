// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/metadata/access_metadata.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using Sets = std::vector<Values>;

AccessFacts video() {
  return {.media = MediaState::ready, .has_picture = true, .has_sound = true};
}

bool has(const Values& values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

}  // namespace

TEST_CASE("A bare video needs eyes and ears") {
  const auto metadata = schema_metadata_of(video());
  CHECK(metadata.access_modes == Values{"auditory", "visual"});
  CHECK(metadata.sufficient == Sets{{"auditory", "visual"}});
  CHECK(metadata.features.empty());
  CHECK(metadata.hazards ==
        Values{"unknownFlashingHazard", "unknownMotionSimulationHazard", "unknownSoundHazard"});
  CHECK(has(metadata.controls, "fullKeyboardControl"));
}

TEST_CASE("Captions make text and eyes enough, a statement ears alone, both together text alone") {
  auto lesson = video();
  lesson.captions = TextTrackFacts{.cues = 3};
  auto metadata = schema_metadata_of(lesson);
  CHECK(metadata.sufficient == Sets{{"auditory", "visual"}, {"textual", "visual"}});
  CHECK(metadata.features == Values{"captions", "transcript", "synchronizedAudioText"});
  lesson.nothing_unspoken = true;
  CHECK(schema_metadata_of(lesson).sufficient == Sets{{"auditory"}, {"textual"}});
  lesson.captions->errors = 1;  // captions below their rule are no promise; the transcript is still whole
  CHECK(schema_metadata_of(lesson).sufficient == Sets{{"auditory"}, {"textual"}});
  lesson.sign = SignQuality{};
  CHECK(schema_metadata_of(lesson).sufficient == Sets{{"auditory"}, {"textual"}, {"visual"}});
  CHECK(has(schema_metadata_of(lesson).features, "signLanguage"));
}

TEST_CASE("Descriptions in both forms are named") {
  auto lesson = video();
  lesson.description = DescriptionFacts{.as_sound = true, .as_text = true};
  lesson.speech_over_background_db = 20;
  lesson.flashes = Flashes::harmless;
  auto metadata = schema_metadata_of(lesson);
  CHECK(metadata.sufficient == Sets{{"auditory"}});
  CHECK(metadata.features == Values{"audioDescription", "longDescription", "highContrastAudio/noBackground"});
  CHECK(has(metadata.hazards, "noFlashingHazard"));
  lesson.flashes = Flashes::harmful;
  CHECK(has(schema_metadata_of(lesson).hazards, "flashing"));
}

TEST_CASE("Sound alone, picture alone, text alone, and what is not ready") {
  AccessFacts audio{.media = MediaState::ready, .has_sound = true};
  CHECK(schema_metadata_of(audio).access_modes == Values{"auditory"});
  CHECK(schema_metadata_of(audio).sufficient == Sets{{"auditory"}});
  CHECK(has(schema_metadata_of(audio).hazards, "noFlashingHazard"));
  AccessFacts silent{.media = MediaState::ready, .has_picture = true};
  CHECK(schema_metadata_of(silent).sufficient == Sets{{"visual"}});
  const auto text = schema_metadata_of(AccessFacts{.form = LessonForm::text});
  CHECK(text.access_modes == Values{"textual"});
  CHECK(text.sufficient == Sets{{"textual"}});
  CHECK(schema_metadata_of(AccessFacts{}).access_modes.empty());
  CHECK(schema_metadata_of(AccessFacts{}).sufficient.empty());
}

TEST_CASE("A course promises only what every lesson keeps") {
  auto good = video();
  good.captions = TextTrackFacts{.cues = 3};
  good.nothing_unspoken = true;
  const AccessFacts silent{.media = MediaState::ready, .has_picture = true};
  const std::vector<AccessFacts> both{good, silent};
  const auto metadata = schema_metadata_of(both);
  CHECK(metadata.access_modes == Values{"auditory", "visual"});
  // The silent lesson needs eyes; the other one ears or text.
  CHECK(metadata.sufficient == Sets{{"auditory", "visual"}, {"textual", "visual"}});
  CHECK(has(metadata.features, "captions"));
  const std::vector<AccessFacts> uncaptioned{good, video()};
  CHECK_FALSE(has(schema_metadata_of(uncaptioned).features, "captions"));
}

TEST_CASE("Access for All names adaptations and what they stand in for") {
  auto lesson = video();
  lesson.captions = TextTrackFacts{.cues = 3};
  lesson.easy_read = TextTrackFacts{.cues = 3};
  lesson.sign = SignQuality{};
  lesson.description = DescriptionFacts{.as_sound = true, .as_text = true};
  lesson.flashes = Flashes::harmless;
  const auto metadata = afa_metadata_of(lesson);
  CHECK(metadata.adaptations == std::vector<Adaptation>{{"captions", "auditory", "textual", false},
                                                        {"captions", "auditory", "textual", true},
                                                        {"transcript", "auditory", "textual", false},
                                                        {"signLanguage", "auditory", "visual", false},
                                                        {"audioDescription", "visual", "auditory", false},
                                                        {"longDescription", "visual", "textual", false}});
  CHECK(metadata.hazards == Values{"noFlashingHazard"});
  CHECK(has(metadata.control_flexibility, "fullKeyboardControl"));
  CHECK(afa_metadata_of(AccessFacts{}).adaptations.empty());
}
