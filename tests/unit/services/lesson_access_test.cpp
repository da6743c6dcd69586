// SPDX-License-Identifier: GPL-3.0-or-later
// From what was uploaded to what is known of a lesson, and kept.
#include "server/services/lesson_access.hpp"

#include "accessibility/readiness/gate.hpp"
#include "accessibility/readiness/readiness.hpp"
#include "media/package_json/package_json.hpp"
#include "server/services/access_facts.hpp"
#include "server/services/course_pack.hpp"
#include "server/services/lesson_measures.hpp"
#include "server/storage/lesson_access_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/services/teaching_fixture.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tongxing::services {
namespace {

using namespace accessibility;

constexpr const char* kGood = "WEBVTT\n\n00:01.000 --> 00:03.000\n先把车冲一遍\n";
/// 21 characters in a line: C1, an error above 20.
constexpr const char* kLong =
    "WEBVTT\n\n00:01.000 --> 00:06.000\n一二三四五六七八九十一二三四五六七八九十一\n";
/// 50 ms between two cues: C7, an error that mends itself.
constexpr const char* kGap =
    "WEBVTT\n\n00:01.000 --> 00:03.000\n先把车冲\n\n00:03.050 --> 00:05.000\n再擦干\n";

struct Desk : tests::TeachingFixture {
  Desk() {
    media::model::Package package;
    package.duration = Milliseconds{60'000};
    package.segment_duration = Milliseconds{6000};
    for (const auto& [name, bytes] : {std::pair{"v234", 90'000}, {"v360", 300'000}}) {
      media::model::Rendition video;
      video.name = name;
      video.codecs = "avc1.4D401E";
      video.width = 640;
      video.height = 360;
      video.frame_rate = 25;
      video.init_bytes = 700;
      video.segments.assign(10, {6'000'000, bytes});
      package.renditions.push_back(video);
    }
    write([&](storage::Connection& db) {
      storage::AssetStore assets(db);
      assets.create({asset, author.account, lesson, "v.mp4", 10, "sha"}, clock.now());
      assets.set_ready(asset, {"1", media::to_json(package), package.duration, true, true}, clock.now());
      storage::LessonStore(db).attach(version, lesson, asset);
    });
  }
  void give(const char* kind, const char* source, const char* lang = "zh-Hans") {
    write([&](storage::Connection& db) {
      storage::TrackStore(db).put({TrackId{std::string(kind) + lang}, asset, kind, lang, "t", source, 1,
                                   author.account, clock.now()});
    });
  }
  AccessFacts facts(VisualStatement statement = VisualStatement::open) {
    return ask(
        [&](storage::Connection& db) { return access_facts_of(pack_of(db, version).at(0), statement); });
  }
  std::vector<LessonAccess> known() {
    return ask([&](storage::Connection& db) { return access_of_version(db, version); });
  }
  /// As if its package had been made with these measures.
  void measured(const media::model::Facts& found, std::vector<media::model::Rendition> sign = {}) {
    write([&](storage::Connection& db) {
      storage::AssetStore assets(db);
      auto package = *media::read_package(assets.get(asset)->package);
      package.facts = found;
      package.sign = std::move(sign);
      assets.set_ready(asset, {"1", media::to_json(package), package.duration, true, true}, clock.now());
    });
  }
  AssetId asset{"a1"};
};

media::model::Facts calm_and_clear() {
  media::model::Facts facts;
  facts.sound = media::model::SoundFacts{{{Milliseconds{1'000}, Milliseconds{11'000}}}, {}, 31};
  facts.picture = media::model::PictureFacts{1'280, 720, 25'000, {}, {}};
  return facts;
}

}  // namespace

TEST_CASE("facts are found in what was uploaded and measured") {
  Desk desk;
  auto facts = desk.facts();
  CHECK(facts.media == MediaState::ready);
  CHECK(facts.has_picture);
  CHECK(facts.has_sound);
  CHECK(facts.least_bandwidth == 120'000);  // 90 000 bytes in 6 s
  CHECK_FALSE(facts.captions);
  CHECK_FALSE(facts.nothing_unspoken);
  CHECK(desk.facts(VisualStatement::recorded).nothing_unspoken);
  desk.give("CAPTION", kLong, "zh-Hant");
  desk.give("EASY_READ", kGood);
  desk.give("SUBTITLE", kGap, "en");
  facts = desk.facts();
  REQUIRE(facts.captions);
  CHECK(facts.captions->errors == 1);
  CHECK(facts.easy_read->errors == 0);
  CHECK(faults_of(facts, GateFor::submission) == std::vector{Fault::captions_below_rule});
  // One good track of the kind lets people in, and a gap that mends itself keeps nobody out.
  desk.give("CAPTION", kGap);
  CHECK(desk.facts().captions->errors == 0);
  CHECK(faults_of(desk.facts(), GateFor::submission).empty());
}

TEST_CASE("what was measured in the media decides") {
  Desk desk;
  CHECK(desk.facts().flashes == Flashes::unknown);
  desk.measured(calm_and_clear());
  CHECK(desk.facts().flashes == Flashes::harmless);
  CHECK(desk.facts().speech_over_background_db == 31);
  auto facts = calm_and_clear();
  facts.picture->flashes.push_back({{Milliseconds{500}, Milliseconds{1'500}}, {}, 40});
  desk.measured(facts);
  CHECK(desk.facts().flashes == Flashes::harmful);
  desk.give("CAPTION", kGood);
  const auto faults = faults_of(desk.facts(), GateFor::submission);
  CHECK(std::ranges::find(faults, Fault::harmful_flashes) != faults.end());
  CHECK(readiness_for(Need::low_vision, desk.facts()).answer == Answer::no);
}

TEST_CASE("captions are measured against the speech that was found, if enough was") {
  Desk desk;
  desk.give("CAPTION", kGood);  // from 1 s to 3 s
  CHECK_FALSE(desk.facts().captions->speech_covered);
  desk.measured(calm_and_clear());  // speech from 1 s to 11 s
  CHECK(desk.facts().captions->speech_covered == 20);
  CHECK(desk.facts().captions->errors == 0);  // told once, as a number
  CHECK(faults_of(desk.facts(), GateFor::submission) == std::vector{Fault::captions_below_rule});
  // Of two tracks without errors the one that leaves out less counts.
  desk.give("CAPTION",
            "WEBVTT\n\n00:01.000 --> 00:06.000\n先把車沖一遍\n\n00:06.000 --> 00:11.000\n再把水擦乾\n",
            "zh-Hant");
  CHECK(desk.facts().captions->speech_covered == 100);
  auto laughter = calm_and_clear();
  laughter.sound->speech = {{Milliseconds{20'000}, Milliseconds{22'000}}};
  desk.measured(laughter);
  CHECK_FALSE(desk.facts().captions->speech_covered);
}

TEST_CASE("a signer and a description are judged by their rules") {
  Desk desk;
  media::model::Rendition sign;
  sign.name = "sign360";
  sign.codecs = "avc1.4D401E";
  sign.language = "csl";
  sign.width = 640;
  sign.height = 360;
  sign.frame_rate = 25;
  sign.init_bytes = 700;
  sign.segments.assign(10, {6'000'000, 300'000});
  auto facts = calm_and_clear();
  facts.signer = media::model::SignerFacts{1'280, 720, 25'000, Milliseconds{60'000}, 0};
  desk.measured(facts, {sign});
  REQUIRE(desk.facts().sign);
  CHECK(desk.facts().sign->errors == 0);
  CHECK(desk.facts().sign->warnings == 1);  // S6: nobody has looked yet
  CHECK(desk.facts().sign->consent == Consent::missing);
  facts.signer = media::model::SignerFacts{320, 180, 10'000, Milliseconds{40'000}, 0};
  desk.measured(facts, {sign});
  CHECK(desk.facts().sign->warnings + desk.facts().sign->errors >= 3);  // rate, size, length

  desk.give("AUDIO_DESCRIPTION", "WEBVTT\n\n00:20.000 --> 00:24.000\n一个人推着车走进院子。\n");
  REQUIRE(desk.facts().description);
  CHECK(desk.facts().description->errors == 0);
  desk.give("AUDIO_DESCRIPTION", "this is no WebVTT");
  CHECK(desk.facts().description->errors > 0);
}

TEST_CASE("a lesson without media says so") {
  Desk desk;
  desk.write([&](storage::Connection& db) {
    storage::AssetStore(db).set_state(desk.asset, storage::AssetState::transcoding);
  });
  CHECK(desk.facts().media == MediaState::in_work);
  desk.write([&](storage::Connection& db) { desk.add_lesson(db, LessonId{"l2"}, 2); });
  CHECK(desk.known().at(1).facts.media == MediaState::missing);
}

TEST_CASE("what was recorded at publication is what pages show") {
  Desk desk;
  desk.give("CAPTION", kGood);
  desk.write([&](storage::Connection& db) { record_access(db, desk.version, desk.clock.now()); });
  desk.give("CAPTION", kLong);  // can not happen to a published version: shows where the facts come from
  REQUIRE(desk.known().size() == 1);
  CHECK(desk.known().at(0).facts.captions->errors == 0);
  // Older rules, and rows that nobody can read, are measured again.
  desk.write([](storage::Connection& db) { db.run("UPDATE lesson_access SET rules = rules - 1"); });
  CHECK(desk.known().at(0).facts.captions->errors == 1);
  desk.write(
      [](storage::Connection& db) { db.run("UPDATE lesson_access SET rules = rules + 1, facts = '{}'"); });
  CHECK(desk.known().at(0).facts.captions->errors == 1);
}

TEST_CASE("facts survive being written down") {
  AccessFacts all{.form = LessonForm::text,
                  .media = MediaState::ready,
                  .duration = Milliseconds{1234},
                  .has_picture = true,
                  .has_sound = true,
                  .captions = TextTrackFacts{1, 2, 3, 4, true},
                  .subtitles = TextTrackFacts{5, 6, 7, std::nullopt},
                  .easy_read = TextTrackFacts{8, 9, 10, 100},
                  .unreviewed_tracks = 11,
                  .has_own_transcript = true,
                  .description = DescriptionFacts{true, false, 3},
                  .nothing_unspoken = true,
                  .sign = SignQuality{4, 5, Consent::stated},
                  .contrast = Contrast::poor,
                  .flashes = Flashes::harmless,
                  .speech_over_background_db = -3,
                  .has_audio_only = true,
                  .has_slides = true,
                  .least_bandwidth = 1'000'000};
  for (const auto& facts : {all, AccessFacts{}}) {
    const auto back = access_facts_from(text_of(facts));
    REQUIRE(back);
    CHECK(text_of(*back) == text_of(facts));
  }
  CHECK(access_facts_from(text_of(all))->captions->speech_covered == 4);
  CHECK(access_facts_from(text_of(all))->sign->warnings == 5);
  CHECK(access_facts_from(text_of(all))->sign->consent == Consent::stated);
  CHECK(access_facts_from(text_of(all))->captions->unreviewed);
  CHECK(access_facts_from(text_of(all))->unreviewed_tracks == 11);
  for (const char* bad : {"", "[]", "{}", "nonsense", "{\"form\":7}"}) CHECK_FALSE(access_facts_from(bad));
}

TEST_CASE("A8: a described sound is as long as the lesson's own, give or take an AAC frame") {
  media::model::Package package;
  media::model::Rendition video;
  video.segments.assign(10, {6'000'000, 90'000});
  media::model::Rendition main;
  main.kind = media::model::MediaKind::audio;
  main.segments.assign(10, {6'000'000, 60'000});
  auto described = main;
  described.name = "a-cmn-ad";
  described.role = media::model::AudioRole::description;
  package.renditions = {video, main};
  CHECK(described_length_errors(package) == 0);
  const auto last = [&](std::int64_t us) {
    described.segments.back().duration_us = us;
    package.renditions = {video, main, described};
    return described_length_errors(package);
  };
  CHECK(last(6'000'000) == 0);
  CHECK(last(6'021'333) == 0);  // 1024 samples
  CHECK(last(6'021'355) == 1);  // 1025
  CHECK(last(5'978'667) == 0);
  CHECK(last(5'900'000) == 1);
  // Where the lesson has no sound of its own, its picture counts.
  package.renditions = {video, described};
  CHECK(described_length_errors(package) == 1);
  described.segments.back().duration_us = 6'000'000;
  package.renditions = {video, described};
  CHECK(described_length_errors(package) == 0);
}

TEST_CASE("C28: every track that a machine made counts, and the best one is one that somebody has read") {
  Desk desk;
  desk.give("CAPTION", "WEBVTT\n\n00:01.000 --> 00:03.000\n先把車沖一遍\n", "zh-Hant");
  desk.write([](storage::Connection& db) { db.run("UPDATE tracks SET origin = 'machine'"); });
  CHECK(desk.facts().unreviewed_tracks == 1);
  CHECK(desk.facts().captions->unreviewed);
  CHECK(desk.facts().captions->errors == 0);  // told once
  desk.give("CAPTION", kGood);
  CHECK_FALSE(desk.facts().captions->unreviewed);
  CHECK(desk.facts().unreviewed_tracks == 1);
}

}  // namespace tongxing::services
