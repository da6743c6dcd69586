// SPDX-License-Identifier: GPL-3.0-or-later
// Dubs, descriptions and signers made by the real worker, and the check of its own output by a second
// process.
#include "media/package_json/package_json.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace tongxing::tests;
namespace model = tongxing::media::model;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

fs::path made_sound(const ScratchFolder& scratch, const std::string& name, double seconds) {
  MediaOptions options;
  options.seconds = seconds;
  options.width = 0;
  make_test_video(scratch / name, options);
  return scratch / name;
}

WorkerRun run_job(const ScratchFolder& scratch, model::JobSpec job) {
  job.output = scratch / "out";
  fs::create_directory(job.output);
  std::ofstream(scratch / "job.json") << tongxing::media::to_json(job);
  return run_worker({"package", "--job", scratch / "job.json"});
}

bool warned(const WorkerRun& run, const std::string& key) {
  return std::ranges::any_of(run.events, [&](const model::JobEvent& event) {
    const auto* warning = std::get_if<model::Warning>(&event);
    return warning != nullptr && warning->key == key;
  });
}

/// A small lesson of 7 s with everything that may be added.
model::JobSpec rich_job(const ScratchFolder& scratch) {
  MediaOptions options;
  options.seconds = 7;
  options.width = 480;
  options.height = 270;
  make_test_video(scratch / "lesson.mp4", options);
  options.channels = 0;
  options.width = 320;
  options.height = 240;
  make_test_video(scratch / "signer.mp4", options);
  model::JobSpec job;
  job.input = scratch / "lesson.mp4";
  job.sign = scratch / "signer.mp4";
  job.extra_audio = {{made_sound(scratch, "short.m4a", 3).string(), "yue", model::AudioRole::dub},
                     {made_sound(scratch, "long.m4a", 12).string(), "cmn", model::AudioRole::description}};
  return job;
}

void overwrite(const fs::path& file, std::size_t from, std::size_t count) {
  std::string bytes = text_of(file);
  for (std::size_t i = from; i < std::min(bytes.size(), from + count); ++i)
    bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
  std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("a lesson gets its dub, its description and its signer, all as long as itself") {
  const ScratchFolder scratch;
  const WorkerRun run = run_job(scratch, rich_job(scratch));
  INFO(run.output);
  REQUIRE(run.exit_code == 0);
  CHECK(warned(run, "errors.media.audio_length"));
  const auto package = tongxing::media::read_package(text_of(scratch / "out" / "package.json"));
  REQUIRE(package);
  const auto named = [&](const std::string& name) {
    const auto found = std::ranges::find(package->renditions, name, &model::Rendition::name);
    REQUIRE(found != package->renditions.end());
    return *found;
  };
  CHECK(named("a-yue").role == model::AudioRole::dub);
  CHECK(named("a-cmn-ad").role == model::AudioRole::description);
  for (const char* name : {"a-cmn", "a-yue", "a-cmn-ad"}) {
    CAPTURE(name);
    CHECK(duration_of(named(name)) == Approx(7.0).margin(1024.0 / 48'000));
    CHECK(named(name).segments.size() == package->renditions[0].segments.size());
    CHECK(read_back(scratch / "out", named(name)).packets.front().time == 0.0);
  }
  REQUIRE(package->sign.size() == 1);  // the signer is 240 lines high: nothing is enlarged
  CHECK(package->sign[0].name == "sign240");
  CHECK(package->sign[0].language == "csl");
  REQUIRE(package->signed_picture);
  CHECK(package->signed_picture->width == 960);
  CHECK(duration_of(*package->signed_picture) == Approx(7.0).margin(0.001));
  CHECK(read_back(scratch / "out", *package->signed_picture).packets.size() == 175);
  const std::string master = text_of(scratch / "out" / "master.m3u8");
  CHECK(master.find("public.accessibility.describes-video") != std::string::npos);
  CHECK(master.find("sign") == std::string::npos);
  CHECK(text_of(scratch / "out" / "sign.m3u8").find("AUDIO") == std::string::npos);
  CHECK(text_of(scratch / "out" / "sign.mpd").find("value=\"sign\"") != std::string::npos);
}

TEST_CASE("pictures and sound leave small pictures, slides, a poster, a waveform and a silence map") {
  const ScratchFolder scratch;
  model::JobSpec job;
  MediaOptions options;
  options.seconds = 6;
  make_test_video(scratch / "lesson.mp4", options);
  job.input = scratch / "lesson.mp4";
  REQUIRE(run_job(scratch, job).exit_code == 0);
  const fs::path out = scratch / "out";
  const auto package = tongxing::media::read_package(text_of(out / "package.json"));
  REQUIRE(package);
  REQUIRE(package->thumbnails);
  CHECK(package->thumbnails->width == 160);
  CHECK(package->thumbnails->height == 90);
  CHECK(package->thumbnails->interval == std::chrono::seconds{1});
  CHECK(package->thumbnails->sheets == 1);
  CHECK(text_of(out / "thumb" / "t0.jpg").starts_with("\xFF\xD8\xFF"));
  CHECK(text_of(out / "poster.jpg").starts_with("\xFF\xD8\xFF"));
  CHECK(package->slides >= 1);
  CHECK(text_of(out / "slides.json").find("\"start_ms\":0,\"file\":\"slides/001.") != std::string::npos);
  CHECK(text_of(out / "waveform.json").starts_with("{\"peaks_per_second\":20,\"peaks\":["));
  CHECK(text_of(out / "speech.json").find("\"heard\":[[0,") != std::string::npos);
  CHECK(text_of(out / "v360" / "iframe.m3u8").find("#EXT-X-BYTERANGE:") != std::string::npos);
  for (const auto& rendition : package->renditions) {
    for (const auto& segment : rendition.segments) {
      CHECK((segment.key_bytes > 0) == (rendition.kind == model::MediaKind::video));
      CHECK(segment.key_bytes < segment.bytes);
    }
  }
}

TEST_CASE("the bytes that an I-frame playlist names hold a picture that decodes") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 7;
  const fs::path source = scratch / "lesson.mp4";
  make_test_video(source, options);
  const auto made = make_package(source, scratch / "out");
  REQUIRE(made);
  const auto& rendition = made->package.renditions[0];
  const fs::path folder = scratch / "out" / rendition.name;
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const std::string segment = text_of(folder / ("s" + std::to_string(i) + ".m4s"));
    // As a player gets it: the media data box is longer than what came.
    std::ofstream(scratch / "one.mp4", std::ios::binary)
        << text_of(folder / "init.mp4")
        << segment.substr(0, static_cast<std::size_t>(rendition.segments[i].key_bytes));
    CHECK(first_pictures(scratch / "one.mp4") >= 1);
  }
}

TEST_CASE("only what a job wants is made") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 4;
  make_test_video(scratch / "lesson.mp4", options);
  model::JobSpec job;
  job.input = scratch / "lesson.mp4";
  job.extent = model::Extent::audio_only;
  REQUIRE(run_job(scratch, job).exit_code == 0);
  auto package = tongxing::media::read_package(text_of(scratch / "out" / "package.json"));
  REQUIRE(package);
  CHECK(package->renditions.size() == 1);
  CHECK(package->renditions[0].name == "a-cmn");
  fs::remove_all(scratch / "out");
  job.extent = model::Extent::first_rung_only;
  REQUIRE(run_job(scratch, job).exit_code == 0);
  package = tongxing::media::read_package(text_of(scratch / "out" / "package.json"));
  REQUIRE(package);
  CHECK(package->renditions.size() == 2);
  CHECK_FALSE(package->thumbnails);
}

TEST_CASE("a second file that is no good is refused by its name") {
  const ScratchFolder scratch;
  model::JobSpec job;
  MediaOptions options;
  options.seconds = 2;
  make_test_video(scratch / "lesson.mp4", options);
  job.input = scratch / "lesson.mp4";
  std::ofstream(scratch / "signer.mp4") << "no film at all, only these words";
  job.sign = scratch / "signer.mp4";
  const WorkerRun run = run_job(scratch, job);
  CHECK(run.exit_code == 2);
  CHECK(run.failed_key() == "errors.media.not_media");
  CHECK(run.output.find("\"file\":\"signer.mp4\"") != std::string::npos);
}

TEST_CASE("a finished package is read back, and every kind of damage is found") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 320;
  options.height = 180;
  make_test_video(scratch / "lesson.mp4", options);
  REQUIRE(package_by_worker(scratch / "lesson.mp4", scratch.path()).exit_code == 0);
  const fs::path out = scratch / "out";
  REQUIRE(run_worker({"verify", out}).exit_code == 0);
  const auto fails = [&](const auto& damage) {
    const fs::path copy = scratch / "copy";
    fs::remove_all(copy);
    fs::copy(out, copy, fs::copy_options::recursive);
    damage(copy);
    const WorkerRun run = run_worker({"verify", copy});
    return run.exit_code == 3 && run.failed_key() == "errors.media.unverified";
  };
  CHECK(fails([](const fs::path& p) { fs::remove(p / "v180" / "s1.m4s"); }));
  CHECK(fails([](const fs::path& p) { fs::resize_file(p / "v180" / "s1.m4s", 4'000); }));
  CHECK(fails([](const fs::path& p) {
    fs::copy_file(p / "v180" / "s0.m4s", p / "v180" / "s2.m4s", fs::copy_options::overwrite_existing);
  }));
  CHECK(fails([](const fs::path& p) { overwrite(p / "v180" / "s0.m4s", 2'000, 6'000); }));
  CHECK(fails([](const fs::path& p) { overwrite(p / "v180" / "init.mp4", 40, 600); }));
  CHECK(fails([](const fs::path& p) { fs::remove(p / "poster.jpg"); }));
  CHECK(fails([](const fs::path& p) { fs::remove(p / "thumb" / "t0.jpg"); }));
  CHECK(fails([](const fs::path& p) { fs::remove(p / "package.json"); }));
  CHECK(fails([](const fs::path& p) {
    fs::remove(p / "a-cmn" / "s0.m4s");
    fs::create_symlink("/etc/passwd", p / "a-cmn" / "s0.m4s");
  }));
}
