// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/engine_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

using namespace tongxing::tests;
namespace model = tongxing::media::model;
namespace fs = std::filesystem;

namespace {

constexpr double kAacFrame = 1024.0 / 48'000;

std::vector<model::Rendition> videos(const model::Package& package) {
  std::vector<model::Rendition> list;
  for (const auto& rendition : package.renditions) {
    if (rendition.kind == model::MediaKind::video) list.push_back(rendition);
  }
  return list;
}

/// Everything that must hold for any package whatever the source.
void check_package(const fs::path& output, const model::Package& package) {
  REQUIRE_FALSE(package.renditions.empty());
  const auto video = videos(package);
  const std::size_t segments = package.renditions[0].segments.size();
  for (const model::Rendition& rendition : package.renditions) {
    CAPTURE(rendition.name);
    const ReadBack read = read_back(output, rendition);
    REQUIRE_FALSE(read.packets.empty());
    CHECK(read.packets.front().time == 0.0);
    CHECK(read.packets.front().decode <= 0.0);  // B-frames: a frame ahead, taken off by the edit list
    CHECK(read.packets.front().decode > -0.21);
    CHECK(read.end == Approx(duration_of(rendition)).margin(0.001));
    CHECK(static_cast<std::size_t>(read.decoded_frames) == read.packets.size());
    CHECK(rendition.segments.size() == segments);
    double start = 0;
    for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
      CHECK(read.fragments[i] == 1);
      CHECK(read.segment_starts[i] == Approx(start).margin(0.001));
      CHECK(read.shown[i] == Approx(start).margin(0.001));
      CHECK(read.segment_starts_key[i]);
      const auto file = output / rendition.name / ("s" + std::to_string(i) + ".m4s");
      CHECK(static_cast<std::int64_t>(fs::file_size(file)) == rendition.segments[i].bytes);
      start += static_cast<double>(rendition.segments[i].duration_us) / 1e6;
    }
    if (rendition.kind == model::MediaKind::video) {
      CHECK(rendition.codecs.starts_with("avc1."));
      CHECK(rendition.codecs.size() == 11);
      for (std::size_t i = 0; i < segments; ++i) {
        CHECK(rendition.segments[i].duration_us == video[0].segments[i].duration_us);
      }
    } else {
      CHECK(rendition.codecs == "mp4a.40.2");
    }
    CHECK(duration_of(rendition) == Approx(duration_of(package.renditions[0])).margin(kAacFrame));
  }
}

Made made(const ScratchFolder& scratch, const MediaOptions& options, const std::string& file = "source.mp4") {
  make_test_video(scratch / file, options);
  auto result = make_package(scratch / file, scratch / "out");
  if (!result) FAIL(result.error().key + " " + result.error().detail);
  check_package(scratch / "out", result->package);
  return std::move(*result);
}

}  // namespace

TEST_CASE("a plain lesson becomes aligned renditions that all start at 0") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 854;
  options.height = 480;
  const Made result = made(scratch, options);
  const auto video = videos(result.package);
  REQUIRE(video.size() == 3);
  CHECK(result.package.renditions.size() == 4);
  CHECK(video[0].segments.size() == 3);
  CHECK(video[0].segments[0].duration_us == 6'000'000);
  CHECK(video[0].segments[2].duration_us == 1'000'000);
  CHECK(video.back().width == 854);
  CHECK(result.package.duration.count() == 13'000);
  for (std::size_t i = 1; i < video.size(); ++i) CHECK(video[i].width > video[i - 1].width);

  const auto& events = result.events;
  CHECK(std::holds_alternative<model::Planned>(events.front()));
  CHECK(std::get<model::Planned>(events.front()).renditions.size() == 4);
  int outputs = 0;
  for (const auto& event : events) outputs += std::holds_alternative<model::OutputReady>(event) ? 1 : 0;
  CHECK(outputs == 4);
}

TEST_CASE("the lowest rung and the sound are playable long before the rest") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 40;
  options.width = 640;
  options.height = 360;
  const Made result = made(scratch, options);
  int order = 0;
  int playable = -1;
  int first_output = -1;
  int larger = -1;
  for (const auto& event : result.events) {
    if (std::holds_alternative<model::FirstPlayable>(event)) playable = order;
    if (first_output < 0 && std::holds_alternative<model::OutputReady>(event)) first_output = order;
    const auto* progress = std::get_if<model::Progress>(&event);
    if (larger < 0 && progress != nullptr && progress->rendition == "v360") larger = order;
    ++order;
  }
  REQUIRE(playable >= 0);
  CHECK(playable < first_output);
  CHECK(playable < larger);
  // What was listed early goes when the final lists come.
  CHECK_FALSE(fs::exists(scratch / "out" / "first.m3u8"));
  CHECK_FALSE(fs::exists(scratch / "out" / "a-cmn" / "growing.m3u8"));
  // The rung that was begun anew behind its first segment is as whole as the others.
  const auto video = videos(result.package);
  const ReadBack lowest = read_back(scratch / "out", video.front());
  CHECK(lowest.decoded_frames == 500);
  CHECK(lowest.segment_starts == read_back(scratch / "out", video.back()).segment_starts);
}

TEST_CASE("sound comes out at the target loudness") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 8;
  options.tone = 0.02;
  const Made result = made(scratch, options);
  const ReadBack read = read_back(scratch / "out", result.package.renditions.back());
  CHECK(read.loudness == Approx(-18).margin(1));
  CHECK(20 * std::log10(read.peak) < -1);
}

TEST_CASE("dynamic sound reaches the loudness with its peaks pressed down") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 8;
  options.tone = 0.02;
  options.clicks = 0.9;
  const Made result = made(scratch, options);
  const ReadBack read = read_back(scratch / "out", result.package.renditions.back());
  CHECK(20 * std::log10(read.peak) < -1);
  CHECK(read.loudness > -30);
}

TEST_CASE("a portrait video from a phone is turned upright") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.rotation = 90;
  const Made result = made(scratch, options);
  const auto video = videos(result.package);
  CHECK(video.size() >= 3);
  CHECK(video.back().width == 360);
  CHECK(video.back().height == 640);
}

TEST_CASE("odd sizes, other chroma and non-square pixels") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.width = 641;
  options.height = 361;
  const Made odd = made(scratch, options);
  CHECK(videos(odd.package).back().width == 640);
  const ScratchFolder other;
  options.width = 720;
  options.height = 576;
  options.pixel_width = 16;
  options.pixel_height = 11;
  const Made wide = made(other, options);
  CHECK(videos(wide.package).back().width == 720);
  CHECK(videos(wide.package).back().height == 396);
}

TEST_CASE("a lesson without sound has pictures only") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 3;
  options.channels = 0;
  const Made result = made(scratch, options);
  CHECK(videos(result.package).size() == result.package.renditions.size());
}

TEST_CASE("a recording without pictures is an audio lesson, whatever its cover") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 0;
  options.channels = 2;
  options.sample_rate = 44'100;
  options.audio_codec = "libmp3lame";
  options.cover = MediaOptions::Cover::attached;
  const Made result = made(scratch, options, "source.mp3");
  REQUIRE(result.package.renditions.size() == 1);
  CHECK(result.package.renditions[0].kind == model::MediaKind::audio);
  CHECK(result.package.renditions[0].segments.size() == 3);
  CHECK(duration_of(result.package.renditions[0]) == Approx(13).margin(0.1));
}

TEST_CASE("a variable frame rate becomes a constant one") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 8;
  options.timing = MediaOptions::Timing::variable;
  const Made result = made(scratch, options, "source.mkv");
  const ReadBack read = read_back(scratch / "out", result.package.renditions[0]);
  std::vector<double> times;
  for (const auto& packet : read.packets) times.push_back(packet.time);
  std::ranges::sort(times);
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double frames = (times[i] - times[i - 1]) * result.package.renditions[0].frame_rate;
    CHECK(frames == Approx(std::round(frames)).margin(0.01));
    CHECK(frames > 0.5);
    CHECK(times[i] - times[i - 1] < 0.45);
  }
}

TEST_CASE("tracks that start late are filled, not shifted") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 4;
  options.audio_start = 1.5;
  const Made late_sound = made(scratch, options, "source.mkv");
  CHECK(late_sound.package.duration.count() == Approx(5500).margin(60));
  const ScratchFolder other;
  options.audio_start = 0;
  options.video_start = 1;
  const Made late_picture = made(other, options, "source.mkv");
  CHECK(late_picture.package.duration.count() == Approx(5000).margin(60));
}

TEST_CASE("sound that outlasts the picture keeps the last picture standing") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.audio_seconds = 9;
  const Made result = made(scratch, options);
  CHECK(result.package.duration.count() == Approx(9000).margin(60));
}

TEST_CASE("surround sound becomes one channel") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 3;
  options.channels = 6;
  const Made result = made(scratch, options);
  CHECK(result.package.renditions.back().channels == 1);
}

TEST_CASE("interlaced pictures and other codecs") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.video_codec = "mpeg2video";
  options.scan = MediaOptions::Scan::interlaced;
  options.audio_codec = "mp2";
  CHECK(videos(made(scratch, options, "source.mpg").package).size() >= 3);
  const ScratchFolder second;
  MediaOptions motion;
  motion.seconds = 2;
  motion.video_codec = "mjpeg";
  motion.audio_codec = "pcm_s16le";
  CHECK(videos(made(second, motion, "source.avi").package).size() >= 3);
  const ScratchFolder third;
  MediaOptions stream;
  stream.seconds = 3;
  CHECK(videos(made(third, stream, "source.ts").package).size() >= 3);
}

TEST_CASE("fifty frames a second are halved, tiny pictures still have three renditions") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 2;
  options.rate_num = 50;
  options.width = 160;
  options.height = 120;
  const Made result = made(scratch, options);
  CHECK(videos(result.package).size() == 3);
  CHECK(videos(result.package).front().frame_rate == 12.5);
  CHECK(videos(result.package).back().frame_rate == 25);
}

TEST_CASE("what is left of a truncated file is used, and it is said") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 20;
  make_test_video(scratch / "source.mp4", options);
  fs::resize_file(scratch / "source.mp4", fs::file_size(scratch / "source.mp4") * 6 / 10);
  const auto result = make_package(scratch / "source.mp4", scratch / "out");
  REQUIRE(result);
  check_package(scratch / "out", result->package);
  CHECK(result->warned("errors.media.shortened"));
  CHECK(result->package.duration.count() > 8'000);
  CHECK(result->package.duration.count() < 16'000);
}

TEST_CASE("real media") {
  const char* set = std::getenv("TONGXING_SAMPLES");
  const fs::path samples =
      set != nullptr ? fs::path(set) : fs::path(TONGXING_SOURCE_DIR) / "../shared/samples";
  if (!fs::exists(samples)) {
    std::cout << "skipped: no samples\n";
    return;
  }
  for (const char* name : {"big-buck-bunny-480p-30s.mp4", "asl-help.mkv", "silent-bottle-detection.mp4",
                           "mandarin-speech.wav", "music-viper.mp3"}) {
    CAPTURE(name);
    const ScratchFolder scratch;
    const auto result = make_package(samples / name, scratch / "out");
    REQUIRE(result);
    check_package(scratch / "out", result->package);
    const std::string kind = fs::path(name).extension().string();
    CHECK((videos(result->package).size() >= 3) == (kind == ".mp4" || kind == ".mkv"));
  }
}
