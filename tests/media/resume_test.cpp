// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/resume.hpp"

#include "media/package_json/package_json.hpp"
#include "tests/media/engine_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <tuple>

#include <sys/stat.h>

using namespace tongxing::tests;
namespace model = tongxing::media::model;
namespace pipeline = tongxing::media::pipeline;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Every segment by name, with what changes when it is written again: a number alone may be given anew.
using SegmentFiles = std::map<std::string, std::tuple<ino_t, time_t, long>>;

SegmentFiles segments_in(const fs::path& output) {
  SegmentFiles found;
  for (const auto& entry : fs::recursive_directory_iterator(output)) {
    if (entry.path().extension() != ".m4s") continue;
    struct stat info{};
    if (::stat(entry.path().c_str(), &info) == 0)
      found[entry.path().string()] = {info.st_ino, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
  }
  return found;
}

/// Those that a journal names.
std::size_t written_down(const fs::path& output) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(output / "resume")) {
    if (entry.path().extension() == ".log") {
      count += pipeline::read_journal(text_of(entry.path())).segments.size();
    }
  }
  return count;
}

std::size_t kept(const SegmentFiles& before, const SegmentFiles& after) {
  std::size_t count = 0;
  for (const auto& [name, identity] : before) {
    const auto found = after.find(name);
    if (found != after.end() && found->second == identity) ++count;
  }
  return count;
}

void check_whole(const fs::path& output) {
  const WorkerRun verified = run_worker({"verify", output.string()});
  INFO(verified.output);
  CHECK(verified.exit_code == 0);
  const WorkerRun checked = run_worker({"check", output.string()});
  INFO(checked.output);
  CHECK(checked.exit_code == 0);
  CHECK_FALSE(fs::exists(output / "resume"));
}

/// As a run that was killed leaves it: of each rendition only the first segments, and a journal.
void cut_back(const fs::path& output, const model::Rendition& rendition, std::size_t left) {
  std::string journal;
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const model::Segment& segment = rendition.segments[i];
    if (i < left) {
      journal += std::to_string(segment.duration_us) + ' ' + std::to_string(segment.bytes) + ' ' +
                 std::to_string(segment.key_bytes) + '\n';
    } else {
      fs::remove(output / rendition.name / ("s" + std::to_string(i) + ".m4s"));
    }
  }
  if (left == rendition.segments.size()) journal += "whole\n";
  std::ofstream(output / "resume" / (rendition.name + ".log")) << journal;
}

}  // namespace

TEST_CASE("a journal is read as far as it is whole") {
  const auto read = [](std::string_view text) { return pipeline::read_journal(text); };
  CHECK(read("").segments.empty());
  CHECK(read("6000000 900 100\n").segments.size() == 1);
  CHECK(read("6000000 900 100\n6000000 9").segments.size() == 1);  // cut off while it was written
  CHECK(read("6000000 900 100\n6000000 900 100\nwhole\n").whole);
  CHECK_FALSE(read("6000000 900 100\nwhole").whole);
  CHECK_FALSE(read("whole\n").whole);
  CHECK(read("6000000 900 100\nwhole\ndropped\n").dropped);
  CHECK_FALSE(read("6000000 900 100\nwhole\ndropped").dropped);
  CHECK_FALSE(read("6000000 900 100\ndropped\n").dropped);
  for (const std::string_view line :
       {"6000000 900\n", "6000000 900 100 1\n", "-6000000 900 100\n", "0 900 1\n", "6000000 0 0\n",
        "6000000  900 100\n", "6000000 900 100 \n", "99999999999999999999 1 1\n", "a b c\n", "\n"}) {
    CAPTURE(line);
    CHECK(read(line).segments.empty());
  }
}

TEST_CASE("a job that was killed goes on behind its finished segments") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 40;
  options.width = 640;
  options.height = 360;
  make_test_video(scratch / "source.mp4", options);
  const fs::path output = scratch / "out";
  fs::create_directory(output);
  model::JobSpec job;
  job.input = scratch / "source.mp4";
  job.output = output;
  std::ofstream(scratch / "job.json") << tongxing::media::to_json(job);
  static_cast<void>(cancel_worker({"package", "--job", scratch / "job.json"}, "playable"));
  REQUIRE_FALSE(fs::exists(output / "package.json"));
  const auto before = segments_in(output);
  const std::size_t finished = written_down(output);
  REQUIRE(finished >= 2);
  const std::string key = text_of(output / "resume" / "key");

  REQUIRE(package_by_worker(scratch / "source.mp4", scratch.path()).exit_code == 0);
  const auto after = segments_in(output);
  CHECK(kept(before, after) >= finished);
  check_whole(output);
  const auto package = tongxing::media::read_package(text_of(output / "package.json"));
  REQUIRE(package);
  CHECK(package->duration.count() == 40'000);

  // Every rendition at another place, one of them whole.
  fs::create_directory(output / "resume");
  std::ofstream(output / "resume" / "key") << key;
  std::size_t left = package->renditions.front().segments.size();
  std::size_t all = 0;
  for (const model::Rendition& rendition : package->renditions) {
    cut_back(output, rendition, left);
    all += left;
    left = left > 2 ? left - 2 : 0;
  }
  fs::remove(output / "package.json");
  const auto cut = segments_in(output);
  REQUIRE(cut.size() == all);
  REQUIRE(package_by_worker(scratch / "source.mp4", scratch.path()).exit_code == 0);
  CHECK(kept(cut, segments_in(output)) == all);
  check_whole(output);

  SECTION("segments of other settings are not taken") {
    fs::create_directory(output / "resume");
    std::ofstream(output / "resume" / "key") << std::string(64, '0');
    const auto old = segments_in(output);
    REQUIRE(package_by_worker(scratch / "source.mp4", scratch.path()).exit_code == 0);
    CHECK(kept(old, segments_in(output)) == 0);
    check_whole(output);
  }
}

namespace {

/// 26 s with a dub, a description and a signer: five segments of everything.
model::JobSpec rich_job(const ScratchFolder& scratch) {
  MediaOptions options;
  options.seconds = 26;
  options.width = 320;
  options.height = 180;
  make_test_video(scratch / "lesson.mp4", options);
  options.channels = 0;
  options.height = 240;
  make_test_video(scratch / "signer.mp4", options);
  options.channels = 2;
  options.width = 0;
  make_test_video(scratch / "dub.m4a", options);
  options.seconds = 20;
  make_test_video(scratch / "described.m4a", options);
  model::JobSpec job;
  job.input = scratch / "lesson.mp4";
  job.output = scratch / "out";
  job.sign = scratch / "signer.mp4";
  job.extra_audio = {{(scratch / "dub.m4a").string(), "yue", model::AudioRole::dub},
                     {(scratch / "described.m4a").string(), "cmn", model::AudioRole::description}};
  fs::create_directory(job.output);
  return job;
}

std::vector<std::string> arguments_of(const ScratchFolder& scratch, const model::JobSpec& job) {
  std::ofstream(scratch / "job.json") << tongxing::media::to_json(job);
  return {"package", "--job", (scratch / "job.json").string()};
}

std::vector<model::Rendition> everything_in(const model::Package& package) {
  auto all = package.renditions;
  all.insert(all.end(), package.sign.begin(), package.sign.end());
  if (package.signed_picture) all.push_back(*package.signed_picture);
  return all;
}

}  // namespace

TEST_CASE("dubs, the signer and both in one picture go on behind their finished segments") {
  const ScratchFolder scratch;
  const model::JobSpec job = rich_job(scratch);
  const fs::path output = job.output;
  static_cast<void>(cancel_worker(arguments_of(scratch, job), "signed540"));
  REQUIRE_FALSE(fs::exists(output / "package.json"));
  const auto before = segments_in(output);
  const std::size_t finished = written_down(output);
  for (const char* name : {"a-yue", "a-cmn-ad", "sign240"}) {
    CAPTURE(name);
    CHECK(pipeline::read_journal(text_of(output / "resume" / (std::string(name) + ".log"))).whole);
  }
  const std::string key = text_of(output / "resume" / "key");

  REQUIRE(run_worker(arguments_of(scratch, job)).exit_code == 0);
  CHECK(kept(before, segments_in(output)) >= finished);
  check_whole(output);
  const auto package = tongxing::media::read_package(text_of(output / "package.json"));
  REQUIRE(package);
  const auto all = everything_in(*package);
  REQUIRE(all.size() == package->renditions.size() + 2);
  for (const auto& rendition : all) CHECK(rendition.segments.size() == 5);

  // Every rendition at another place, one of them whole; the files under other names.
  fs::create_directory(output / "resume");
  std::ofstream(output / "resume" / "key") << key;
  std::size_t left = 5;
  std::size_t kept_in_all = 0;
  for (const auto& rendition : all) {
    cut_back(output, rendition, left);
    kept_in_all += left;
    left = left > 1 ? left - 1 : 4;
  }
  fs::remove(output / "package.json");
  model::JobSpec moved = job;
  moved.extra_audio[0].input = scratch / "moved.m4a";
  fs::rename(job.extra_audio[0].input, moved.extra_audio[0].input);
  const auto cut = segments_in(output);
  REQUIRE(cut.size() == kept_in_all);
  REQUIRE(run_worker(arguments_of(scratch, moved)).exit_code == 0);
  CHECK(kept(cut, segments_in(output)) == kept_in_all);
  check_whole(output);
  const auto again = tongxing::media::read_package(text_of(output / "package.json"));
  REQUIRE(again);
  CHECK(again->duration == package->duration);
  CHECK(everything_in(*again).size() == all.size());

  SECTION("with another dub everything begins anew") {
    fs::create_directory(output / "resume");
    std::ofstream(output / "resume" / "key") << key;
    for (const auto& rendition : everything_in(*again)) cut_back(output, rendition, 5);
    fs::copy_file(scratch / "described.m4a", moved.extra_audio[0].input,
                  fs::copy_options::overwrite_existing);
    const auto old = segments_in(output);
    REQUIRE(run_worker(arguments_of(scratch, moved)).exit_code == 0);
    CHECK(kept(old, segments_in(output)) == 0);
    check_whole(output);
  }
}

TEST_CASE("a rung that was dropped is not made again") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 14;
  make_test_video(scratch / "source.mp4", options);
  options.width = 0;
  make_test_video(scratch / "dub.m4a", options);
  model::JobSpec job;
  job.input = scratch / "source.mp4";
  job.output = scratch / "out";
  job.ladder = {{180, 26, 90}, {240, 26, 200}, {340, 24, 400}, {360, 24, 400}};
  job.extra_audio = {{(scratch / "dub.m4a").string(), "yue", model::AudioRole::dub}};
  fs::create_directory(job.output);
  const fs::path output = job.output;
  static_cast<void>(cancel_worker(arguments_of(scratch, job), "a-yue"));
  REQUIRE_FALSE(fs::exists(output / "package.json"));
  REQUIRE(pipeline::read_journal(text_of(output / "resume" / "v340.log")).dropped);
  const auto before = segments_in(output);

  const WorkerRun run = run_worker(arguments_of(scratch, job));
  REQUIRE(run.exit_code == 0);
  CHECK(kept(before, segments_in(output)) == before.size());
  for (const auto& event : run.events) {
    if (const auto* progress = std::get_if<model::Progress>(&event))
      CHECK_FALSE(progress->rendition.starts_with("v"));
  }
  CHECK_FALSE(fs::exists(output / "v340"));
  check_whole(output);
}
