// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/render.hpp"

#include "media/pipeline/loudness.hpp"
#include "tests/media/description/description_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>

#include <fcntl.h>
#include <nlohmann/json.hpp>

using namespace tongxing::tests;
namespace accessibility = tongxing::accessibility;
namespace description = tongxing::media::description;
namespace model = tongxing::media::model;
using accessibility::DescriptionMode;

namespace {

constexpr double kProgramme = 440;  // Hz, of make_test_video
constexpr double kVoice = 3'000;

double decibel(double ratio) {
  return 20 * std::log10(ratio);
}

double loudness_of(const std::vector<float>& samples) {
  tongxing::media::pipeline::LoudnessMeter meter;
  meter.add(samples);
  return meter.integrated();
}

/// 24 s of a tone without a picture, described once from 8 s on for 3 s.
description::DescriptionJob one_description() {
  description::DescriptionJob job;
  job.descriptions = {description_of("a", "十个字说明画面上的事。", 8'000, 9'000)};
  job.voices = {tone_voice(kVoice, 3)};
  return job;
}

void make_tone(const std::filesystem::path& path, double seconds) {
  MediaOptions options;
  options.seconds = seconds;
  options.width = 0;
  make_test_video(path, options);
}

}  // namespace

TEST_CASE("the programme is 8 dB lower under a description, with ramps of 300 ms, and untouched elsewhere") {
  const ScratchFolder scratch;
  make_tone(scratch / "tone.m4a", 24);
  const auto made = describe(scratch / "tone.m4a", scratch / "out", one_description());
  REQUIRE(made.plan.descriptions.size() == 1);
  CHECK(made.plan.descriptions[0].mode == DescriptionMode::standard);
  CHECK(made.plan.descriptions[0].at.count() == 8'000);
  const auto sound = samples_of(scratch / "out", made.rendition);
  const double before = amplitude(sound, kProgramme, 4, 2);
  const double under = amplitude(sound, kProgramme, 8.5, 2);
  CHECK(decibel(under / before) == Approx(-8).margin(0.5));
  CHECK(decibel(amplitude(sound, kProgramme, 13, 2) / before) == Approx(0).margin(0.2));
  // As loud as the programme was, so 8 dB above it, of which 3.6 are the meter's shelf at 3 kHz.
  CHECK(decibel(amplitude(sound, kVoice, 8.5, 2) / under) == Approx(8 - 3.6).margin(0.7));
  CHECK(decibel(amplitude(sound, kVoice, 5, 2) / before) < -50);

  // The straight line through what is heard within a ramp: how long it takes from one level to the other.
  const double low = std::pow(10, -8 / 20.0);
  const auto ramp = [&](double from, double to) {
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (double at = from; at <= to; at += 0.005, ++n) {
      const double gain = amplitude(sound, kProgramme, at - 0.02, 0.04) / before;
      x += at;
      y += gain;
      xx += at * at;
      xy += at * gain;
    }
    const double slope = (n * xy - x * y) / (n * xx - x * x);
    return std::pair((1 - low) / slope, (y - slope * x) / n + slope * (from + to) / 2);
  };
  const auto [falling, half_down] = ramp(7.73, 7.97);
  const auto [rising, half_up] = ramp(11.03, 11.27);
  CHECK(-falling == Approx(0.300).margin(0.02));
  CHECK(rising == Approx(0.300).margin(0.02));
  CHECK(half_down == Approx((1 + low) / 2).margin(0.03));  // at 7.85 s
  CHECK(half_up == Approx((1 + low) / 2).margin(0.03));
}

TEST_CASE("loudness and peak are those of every rendition, the voice as loud as the programme's speech") {
  const ScratchFolder scratch;
  make_tone(scratch / "tone.m4a", 24);
  auto job = one_description();
  job.captions = captions_of({{14'000, 23'000}});  // the tone counts as speech there
  const auto made = describe(scratch / "tone.m4a", scratch / "out", job);
  const auto sound = samples_of(scratch / "out", made.rendition);
  CHECK(loudness_of(sound) == Approx(-18).margin(1));
  tongxing::media::pipeline::LoudnessMeter meter;
  meter.add(sound);
  CHECK(meter.true_peak() <= -1.0);
  CHECK(made.speech_lufs == Approx(-18).margin(0.5));
  // The voice alone, as loud as it is in the mix.
  const double level = amplitude(sound, kVoice, 8.5, 2);
  std::vector<float> alone(3 * 48'000);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    alone[i] =
        static_cast<float>(level * std::sin(2 * std::numbers::pi * kVoice * static_cast<double>(i) / 48'000));
  }
  CHECK(loudness_of(alone) == Approx(made.speech_lufs).margin(1.5));
}

TEST_CASE("the described rendition is cut like the main one, and is the same away from descriptions") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 62.3;
  options.width = 160;
  options.height = 90;
  options.clicks = 0.3;
  make_test_video(scratch / "source.mp4", options);
  const auto package = make_package(scratch / "source.mp4", scratch / "out");
  REQUIRE(package);
  const model::Rendition& main = package->package.renditions.back();
  auto job = one_description();
  const auto alone = describe(scratch / "source.mp4", scratch / "alone", job);
  job.package = description::shape_of(package->package);
  REQUIRE(job.package);
  const auto made = describe(scratch / "source.mp4", scratch / "out", job);

  CHECK(made.rendition.name == "a-cmn-ad");
  CHECK(made.rendition.role == model::AudioRole::description);
  CHECK(made.rendition.codecs == main.codecs);
  REQUIRE(made.rendition.segments.size() == main.segments.size());
  REQUIRE(alone.rendition.segments.size() == main.segments.size());
  for (std::size_t i = 0; i < main.segments.size(); ++i) {
    CHECK(made.rendition.segments[i].duration_us == main.segments[i].duration_us);
    CHECK(alone.rendition.segments[i].duration_us == main.segments[i].duration_us);
  }
  for (const auto& finding : made.findings)
    CHECK(finding.kind != accessibility::DescriptionFindingKind::length_differs);

  const auto described = samples_of(scratch / "out", made.rendition);
  const auto programme = samples_of(scratch / "out", main);
  REQUIRE(described.size() == programme.size());
  CHECK(difference_db(described, programme, 0, 7.5) < -40);
  CHECK(difference_db(described, programme, 8, 11) > -10);
  // Behind the eighth segment another encoder goes on: nobody hears where.
  CHECK(difference_db(described, programme, 12, 47.9) < -25);  // only the noise of the encoder
  CHECK(difference_db(described, programme, 47.97, 48.05) < -15);
  CHECK(difference_db(described, programme, 48.1, 62) < -15);
}

TEST_CASE("what does not fit is a clip, and a segment that stands still") {
  const ScratchFolder scratch;
  make_tone(scratch / "tone.m4a", 24);
  description::DescriptionJob job;
  job.captions = captions_of({{0, 8'000}, {9'000, 24'000}});  // 0.7 s between them
  job.descriptions = {description_of("long", "这一段话太长，放不进去。", 8'200, 8'500),
                      description_of("none", "这一段没有声音。", 8'300, 8'500)};
  job.voices = {tone_voice(kVoice, 4), {}};
  const auto made = describe(scratch / "tone.m4a", scratch / "out", job);
  REQUIRE(made.plan.descriptions.size() == 2);
  CHECK(made.plan.descriptions[0].mode == DescriptionMode::extended);
  CHECK(made.plan.descriptions[0].at.count() == 8'150);
  CHECK(made.plan.descriptions[1].mode == DescriptionMode::text_only);
  REQUIRE(made.pauses.size() == 1);
  CHECK(made.pauses[0].length.count() == 4'416);  // 150 + 4,000 + 250 on the grid of 64
  CHECK(made.pauses[0].segment == 1);
  REQUIRE(made.paused_segments.size() == 1);
  CHECK(made.paused_segments[0].duration_us ==
        Approx(made.rendition.segments[1].duration_us + 4'416'000).margin(1));

  // Init and the segment that stands still: programme, description, programme.
  const auto folder = scratch / "out" / "a-cmn-ad";
  const auto joined = scratch / "still.mp4";
  std::ofstream(joined, std::ios::binary) << text_of(folder / "init.mp4") << text_of(folder / "x1.m4s");
  const auto still = samples_of(joined);
  const auto normal = samples_of(scratch / "out", made.rendition);
  const double start = static_cast<double>(made.rendition.segments[0].duration_us) / 1e6;
  const double before = amplitude(normal, kProgramme, 7, 0.5);
  CHECK(decibel(amplitude(still, kProgramme, 7 - start, 0.5) / before) == Approx(0).margin(0.3));
  CHECK(decibel(amplitude(still, kVoice, 9 - start, 2) / before) > -6);
  CHECK(decibel(amplitude(still, kProgramme, 9 - start, 2) / before) < -50);
  CHECK(decibel(amplitude(still, kProgramme, 9 - start + 4.416, 1) / before) == Approx(0).margin(0.3));
  CHECK(still.size() ==
        Approx(static_cast<double>(made.paused_segments[0].duration_us) * 0.048).margin(2'000));

  const auto clip = samples_of(scratch / "out" / "ad" / "clip-0001.m4a");
  CHECK(clip.size() == Approx(4 * 48'000).margin(1'100));
  CHECK(loudness_of(clip) == Approx(made.voice_lufs).margin(1));

  const auto data = nlohmann::json::parse(text_of(scratch / "out" / "ad" / "ad.json"));
  REQUIRE(data.size() == 2);
  CHECK(data[0]["mode"] == "extended");
  CHECK(data[0]["at_ms"] == 8'150);
  CHECK(data[0]["clip"] == "clip-0001.m4a");
  CHECK(data[0]["clip_ms"] == 4'000);
  CHECK(data[0]["sha256"].get<std::string>().size() == 64);
  CHECK(data[1]["mode"] == "text");
  CHECK(data[1]["clip"].is_null());
  const auto map = nlohmann::json::parse(text_of(scratch / "out" / "ad" / "timemap.json"));
  CHECK(map["pauses"][0]["lesson_ms"] == 8'150);
  CHECK(map["extended_ms"].get<int>() == map["lesson_ms"].get<int>() + 4'416);
  CHECK(text_of(scratch / "out" / "ad" / "ad.vtt").find("00:00:08.150 --> 00:00:12.150") !=
        std::string::npos);
}

TEST_CASE("a lesson without sound gets one, and a recorded track is taken as it is") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 160;
  options.height = 90;
  options.channels = 0;
  make_test_video(scratch / "silent.mp4", options);
  description::DescriptionJob job;
  job.descriptions = {description_of("a", "十个字说明画面上的事。", 2'000, 3'000)};
  job.voices = {tone_voice(kVoice, 3)};
  const auto made = describe(scratch / "silent.mp4", scratch / "out", job);
  const auto sound = samples_of(scratch / "out", made.rendition);
  CHECK(sound.size() == Approx(13 * 48'000).margin(1'100));
  CHECK(loudness_of(sound) == Approx(-18).margin(1));
  CHECK(amplitude(sound, kVoice, 7, 2) < 1e-3);
  // Who does not want the description must be able to choose: the film's own silence is the main sound.
  REQUIRE(made.silence);
  CHECK(made.silence->language == "zxx");
  CHECK(made.silence->role == model::AudioRole::main);
  const auto quiet = samples_of(scratch / "out", *made.silence);
  CHECK(quiet.size() == sound.size());
  CHECK(loudness_of(quiet) < -60);

  make_tone(scratch / "recorded.m4a", 10);
  job.recorded_track = ::open((scratch / "recorded.m4a").c_str(), O_RDONLY | O_CLOEXEC);
  const auto taken = describe(scratch / "silent.mp4", scratch / "taken", job);
  const auto recorded = samples_of(scratch / "taken", taken.rendition);
  CHECK(recorded.size() == sound.size());
  CHECK(loudness_of(recorded) == Approx(-18).margin(1));
  CHECK(amplitude(recorded, kVoice, 2.5, 1) < 1e-3);
  CHECK(amplitude(recorded, kProgramme, 2.5, 1) > 0.05);
  CHECK(taken.plan.descriptions.at(0).at.count() == 2'000);
  const auto shorter =
      std::ranges::find(taken.findings, accessibility::DescriptionFindingKind::length_differs,
                        &accessibility::DescriptionFinding::kind);
  CHECK(shorter != taken.findings.end());
}
