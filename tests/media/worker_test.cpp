// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/package_json/package_json.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

using namespace tongxing::tests;
namespace model = tongxing::media::model;
namespace fs = std::filesystem;

namespace {
std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}
}  // namespace

TEST_CASE("the locked room holds") {
  const WorkerRun run = run_worker({"self-test"});
  INFO(run.output);
  CHECK(run.exit_code == 0);
  CHECK(run.output.find("\"ok\":true") != std::string::npos);
  CHECK(run.output.find("false") == std::string::npos);
}

TEST_CASE("the worker makes a folder that plays as it is") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 7;
  make_test_video(scratch / "source.mp4", options);
  const WorkerRun run = package_by_worker(scratch / "source.mp4", scratch.path());
  INFO(run.output);
  REQUIRE(run.exit_code == 0);
  CHECK(std::holds_alternative<model::Probed>(run.events.front()));
  CHECK(std::get<model::Probed>(run.events.front()).width == 640);
  CHECK(std::holds_alternative<model::Done>(run.events.back()));
  const auto package = tongxing::media::read_package(text_of(scratch / "out" / "package.json"));
  REQUIRE(package);
  CHECK(package->renditions.size() == 4);
  for (const model::Rendition& rendition : package->renditions) {
    const fs::path folder = scratch / "out" / rendition.name;
    CHECK(fs::file_size(folder / "init.mp4") == static_cast<std::uintmax_t>(rendition.init_bytes));
    CHECK(text_of(folder / "index.m3u8").find("#EXT-X-ENDLIST") != std::string::npos);
    for (const auto& entry : fs::directory_iterator(folder)) CHECK(entry.path().extension() != ".tmp");
  }
  const std::string master = text_of(scratch / "out" / "master.m3u8");
  for (const model::Rendition& rendition : package->renditions) {
    CHECK(master.find(rendition.name + "/index.m3u8") != std::string::npos);
    CHECK(master.find(rendition.codecs) != std::string::npos);
  }
  CHECK(text_of(scratch / "out" / "audio.m3u8").starts_with("#EXTM3U"));
  CHECK(text_of(scratch / "out" / "manifest.mpd").find("</MPD>") != std::string::npos);
}

TEST_CASE("progress is by media time and only rises") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 40;
  options.width = 320;
  options.height = 180;
  make_test_video(scratch / "source.mp4", options);
  const WorkerRun run = package_by_worker(scratch / "source.mp4", scratch.path());
  REQUIRE(run.exit_code == 0);
  std::map<std::string, int> last;
  for (const auto& event : run.events) {
    const auto* progress = std::get_if<model::Progress>(&event);
    if (progress == nullptr) continue;
    CHECK(progress->permille >= last[progress->rendition]);
    CHECK(progress->permille < 1000);
    last[progress->rendition] = progress->permille;
  }
}

TEST_CASE("probe says what is in a file") {
  const ScratchFolder scratch;
  make_test_video(scratch / "source.mkv");
  const WorkerRun run = run_worker({"probe", scratch / "source.mkv"});
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.events.size() == 1);
  const auto& probed = std::get<model::Probed>(run.events[0]);
  CHECK(probed.has_video);
  CHECK(probed.has_audio);
  CHECK(probed.frame_rate == 25);
  CHECK(probed.video_codec == "h264");
  CHECK(probed.duration.count() == Approx(4000).margin(50));
}

TEST_CASE("a job that cannot be done for lack of something is no bad input") {
  const ScratchFolder scratch;
  CHECK(run_worker({"package", "--job", scratch / "missing.json"}).exit_code == 3);
  make_test_video(scratch / "source.mp4");
  std::ofstream(scratch / "job.json") << tongxing::media::to_json(
      model::JobSpec{(scratch / "source.mp4").string(), (scratch / "nowhere").string()});
  const WorkerRun run = run_worker({"package", "--job", scratch / "job.json"});
  CHECK(run.exit_code == 3);
  CHECK(run.failed_key() == "errors.media.resources");
}

TEST_CASE("a cancelled job ends at once and publishes nothing") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 60;
  make_test_video(scratch / "source.mp4", options);
  fs::create_directory(scratch / "out");
  std::ofstream(scratch / "job.json") << tongxing::media::to_json(
      model::JobSpec{(scratch / "source.mp4").string(), (scratch / "out").string()});
  const WorkerRun run = cancel_worker({"package", "--job", scratch / "job.json"}, "progress");
  CHECK(run.signal == SIGTERM);
  CHECK(run.output.find("done") == std::string::npos);
  CHECK_FALSE(fs::exists(scratch / "out" / "package.json"));
  CHECK_FALSE(fs::exists(scratch / "out" / "master.m3u8"));
}
