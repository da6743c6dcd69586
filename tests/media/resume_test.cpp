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
