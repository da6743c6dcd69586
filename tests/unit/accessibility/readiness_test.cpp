// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/readiness/readiness.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using Reasons = std::vector<Reason>;

LessonAccess good() {
  return {.ready = true,
          .picture = Picture::described,
          .sound = Sound::captioned,
          .has_easy_read = true,
          .has_audio_only = true,
          .least_bandwidth = 150'000};
}

TEST_CASE(
    "A lesson that has everything can be taken by all, but needs its descriptions as text for braille") {
  for (const auto& row : readiness_of(good())) {
    INFO(name_of(row.need));
    CHECK(row.answer == (row.need == Need::cannot_see_or_hear ? Answer::with_difficulty : Answer::yes));
    CHECK_FALSE(row.reasons.empty());
  }
}

TEST_CASE("What is missing decides for whom a lesson is closed") {
  auto lesson = good();
  lesson.picture = Picture::undescribed;
  CHECK(readiness_for(Need::cannot_see, lesson) ==
        Readiness{Need::cannot_see, Answer::no, {Reason::description_missing}});
  CHECK(readiness_for(Need::low_vision, lesson).answer == Answer::with_difficulty);
  CHECK(readiness_for(Need::cannot_hear, lesson).answer == Answer::yes);
  lesson = good();
  lesson.sound = Sound::bare;
  CHECK(readiness_for(Need::cannot_hear, lesson).answer == Answer::no);
  CHECK(readiness_for(Need::hard_of_hearing, lesson).answer == Answer::with_difficulty);
  CHECK(readiness_for(Need::cannot_see, lesson).answer == Answer::yes);
  CHECK(readiness_for(Need::cannot_see_or_hear, lesson).reasons == Reasons{Reason::transcript_missing});
  lesson.has_sign_language = true;
  CHECK(readiness_for(Need::cannot_hear, lesson).answer == Answer::with_difficulty);
  lesson.sound = Sound::subtitled;
  CHECK(readiness_for(Need::cannot_hear, lesson).reasons == Reasons{Reason::subtitles_only});
}

TEST_CASE("A sound lesson with its text is open to people who neither see nor hear") {
  auto lesson = good();
  lesson.picture = Picture::none;
  CHECK(readiness_for(Need::cannot_see_or_hear, lesson).answer == Answer::yes);
  lesson.sound = Sound::bare;
  CHECK(readiness_for(Need::cannot_see_or_hear, lesson).answer == Answer::no);
}

TEST_CASE("A silent video is closed to people who can not see, unless it is described") {
  auto lesson = good();
  lesson.sound = Sound::none;
  lesson.picture = Picture::nothing_unspoken;
  CHECK(readiness_for(Need::cannot_see, lesson).answer == Answer::no);
  CHECK(readiness_for(Need::cannot_see_or_hear, lesson).answer == Answer::no);
  CHECK(readiness_for(Need::cannot_hear, lesson).reasons == Reasons{Reason::no_sound});
  lesson.picture = Picture::described;
  CHECK(readiness_for(Need::cannot_see, lesson).answer == Answer::yes);
}

TEST_CASE("A weak network carries small variants and sound") {
  auto lesson = good();
  lesson.least_bandwidth = 192'001;
  CHECK(readiness_for(Need::weak_network, lesson).answer == Answer::with_difficulty);
  lesson.has_audio_only = false;
  CHECK(readiness_for(Need::weak_network, lesson).answer == Answer::no);
  lesson.least_bandwidth = 192'000;
  CHECK(readiness_for(Need::weak_network, lesson).answer == Answer::yes);
  CHECK(readiness_for(Need::weak_network, {.ready = true, .has_audio_only = true}).answer == Answer::yes);
}

TEST_CASE("A lesson that can not be played yet is open to nobody") {
  auto lesson = good();
  lesson.ready = false;
  for (const auto& row : readiness_of(lesson)) {
    CHECK(row.answer == Answer::no);
    CHECK(row.reasons == Reasons{Reason::media_not_ready});
  }
}

TEST_CASE("Names are unique") {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Reason::media_not_ready); ++i)
    names.push_back(name_of(static_cast<Reason>(i)));
  std::ranges::sort(names);
  CHECK(std::ranges::adjacent_find(names) == names.end());
  CHECK(name_of(Reason::media_not_ready) == "media_not_ready");
  CHECK(name_of(Need::weak_network) == "weak_network");
}

}  // namespace
