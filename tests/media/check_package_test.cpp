// SPDX-License-Identifier: GPL-3.0-or-later
// `media check` on packages as they are: the platform's own, other people's, damaged ones.
#include "media/check/check_package.hpp"

#include "accessibility/captions/webvtt_writer.hpp"
#include "media/check/report_text.hpp"
#include "media/manifest/caption_segments.hpp"
#include "media/manifest/dash.hpp"
#include "media/manifest/hls.hpp"
#include "media/package_json/package_json.hpp"
#include "tests/media/check_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tongxing::tests;
namespace fs = std::filesystem;
namespace model = tongxing::media::model;
namespace manifest = tongxing::media::manifest;
namespace accessibility = tongxing::accessibility;
using tongxing::media::check::Rule;
using tongxing::media::check::Status;

namespace {

/// As the server adds a track: whole file, playlist, segments.
void add_track(const fs::path& folder, const accessibility::Track& track, model::Milliseconds length) {
  write_text(folder / "full.vtt", accessibility::write_webvtt(track));
  write_text(folder / "index.m3u8", manifest::subtitle_playlist(length));
  const auto spans = manifest::caption_segments(length);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    write_text(folder / ("t" + std::to_string(i) + ".vtt"),
               accessibility::write_webvtt_segment(track, spans[i].from, spans[i].to));
  }
}

/// Runs a program without a shell; its output goes nowhere.
int run(const std::vector<std::string>& words) {
  std::vector<std::string> owned = words;
  std::vector<char*> argv;
  for (auto& word : owned) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, argv[0], nullptr, nullptr, argv.data(), environ) != 0) return -1;
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

fs::path small_source(const ScratchFolder& scratch) {
  MediaOptions options;
  options.seconds = 13;
  options.width = 160;
  options.height = 90;
  make_test_video(scratch / "source.mp4", options);
  return scratch / "source.mp4";
}

}  // namespace

TEST_CASE("media check: what the worker and the server write passes") {
  CHECK(failed_rules(worker_package()).empty());

  const ScratchFolder scratch;
  const auto folder = scratch / "package";
  fs::copy(worker_package(), folder, fs::copy_options::recursive);
  const auto package = tongxing::media::read_package(read_text(folder / "package.json"));
  REQUIRE(package);
  accessibility::Track track;
  track.cues.push_back(
      {"", accessibility::Milliseconds{500}, accessibility::Milliseconds{4'000}, "［键盘声］", {}, 0});
  track.cues.push_back({"",
                        accessibility::Milliseconds{5'000},
                        accessibility::Milliseconds{9'000},
                        "大家好 &amp; 欢迎",
                        {},
                        0});
  using Kind = model::TextTrack::Kind;
  const std::vector<model::TextTrack> tracks{
      {Kind::caption, "zh-Hans", "简体中文（含声音说明）", "t-zh-Hans-caption-1"},
      {Kind::easy_read, "zh-Hans", "简体中文（易读）", "t-zh-Hans-easy-2"},
      {Kind::subtitle, "en", "English", "t-en-subtitle-3"}};
  for (const auto& text : tracks) add_track(folder / text.folder, track, package->duration);
  const manifest::Names names;
  write_text(folder / "master.m3u8", manifest::multivariant_playlist(*package, tracks, names));
  write_text(folder / "audio.m3u8", manifest::audio_only_playlist(*package, tracks, names));
  write_text(folder / "manifest.mpd", manifest::mpd(*package, tracks, names));
  CHECK(failed_rules(folder).empty());
  const auto report = checked(folder);
  for (const Rule rule :
       {Rule::h16, Rule::h17, Rule::h22, Rule::h23, Rule::h24, Rule::d5, Rule::d6, Rule::p2}) {
    CHECK(report.status(rule) == Status::ok);
  }
}

TEST_CASE("media check: packages of real media pass") {
  const char* set = std::getenv("TONGXING_SAMPLES");
  const fs::path samples =
      set != nullptr ? fs::path(set) : fs::path(TONGXING_SOURCE_DIR) / "../shared/samples";
  if (!fs::exists(samples)) {
    WARN("no samples at " << samples << ": set TONGXING_SAMPLES");
    return;
  }
  int packages = 0;
  for (const auto& entry : fs::directory_iterator(samples)) {
    const auto ending = entry.path().extension();
    if (ending != ".mkv" && ending != ".mp4" && ending != ".mp3" && ending != ".wav") continue;
    const ScratchFolder scratch;
    CAPTURE(entry.path().filename().string());
    REQUIRE(package_by_worker(entry.path(), scratch.path()).exit_code == 0);
    CHECK(failed_rules(scratch / "out").empty());
    ++packages;
  }
  CHECK(packages >= 8);
}

TEST_CASE("media check: the command says it for people and for programs") {
  const auto good = good_package().folder.string();
  const auto passed = run_worker({"check", good});
  CHECK(passed.exit_code == 0);
  CHECK(passed.output.find("46 rules hold, 0 fail, 0 do not apply, 1 was not checked") != std::string::npos);

  PackageCopy copy;
  replace_in(copy / "master.m3u8", "#EXT-X-INDEPENDENT-SEGMENTS\n", "");
  const auto failed = run_worker({"check", copy.package.folder.string(), "--json"});
  CHECK(failed.exit_code == 1);
  CHECK(failed.output.find("\"verdict\":\"failed\"") != std::string::npos);
  CHECK(failed.output.find(R"({"id":"H9",)") != std::string::npos);
  CHECK(failed.output.find(R"("status":"failed","findings":[{"file":"master.m3u8","line":1,)") !=
        std::string::npos);
  const auto told = run_worker({"check", copy.package.folder.string()});
  CHECK(told.output.starts_with("FAILED H9  "));

  const ScratchFolder empty;
  CHECK(run_worker({"check", empty.path().string()}).exit_code == 2);
  CHECK(run_worker({"check", (empty / "nothing").string()}).exit_code == 2);
  CHECK(run_worker({"check"}).exit_code == 64);
  CHECK(run_worker({"check", good, "--what"}).exit_code == 64);
}

TEST_CASE("media check: packages by the ffmpeg command show what is known of them") {
  const ScratchFolder scratch;
  const auto source = small_source(scratch).string();
  const std::vector<std::string> start{"ffmpeg", "-v",   "error", "-i", source, "-map",
                                       "0:v",    "-map", "0:a",   "-c", "copy"};
  const auto make = [&](const std::string& name, std::vector<std::string> options, const std::string& file) {
    auto words = start;
    fs::create_directory(scratch / name);
    words.insert(words.end(), options.begin(), options.end());
    words.push_back((scratch / name / file).string());
    REQUIRE(run(words) == 0);
    return checked(scratch / name);
  };
  const std::vector<std::string> hls{
      "-f", "hls", "-hls_time", "6", "-hls_playlist_type", "vod", "-master_pl_name", "master.m3u8"};

  auto fragments = hls;
  fragments.insert(fragments.end(), {"-hls_segment_type", "fmp4"});
  const auto mp4 = make("mp4", fragments, "media.m3u8");
  for (const Rule rule : {Rule::h2, Rule::h4, Rule::h5, Rule::h9, Rule::h10})
    CHECK(mp4.status(rule) == Status::failed);
  CHECK(mp4.status(Rule::p1) == Status::ok);

  auto single = fragments;
  single.insert(single.end(), {"-hls_flags", "single_file"});
  const auto ranges = make("ranges", single, "media.m3u8");
  CHECK(ranges.status(Rule::p1) == Status::ok);
  CHECK(ranges.status(Rule::h10) == Status::failed);

  const auto stream = make("stream", hls, "media.m3u8");
  CHECK(stream.status(Rule::h10) == Status::failed);
  CHECK(stream.status(Rule::h25) == Status::failed);
  CHECK(stream.status(Rule::h26) == Status::not_checked);
  CHECK(stream.status(Rule::h32) == Status::not_checked);

  const auto dash = make("dash", {"-f", "dash", "-seg_duration", "6", "-hls_playlist", "1"}, "manifest.mpd");
  CHECK(dash.status(Rule::p1) == Status::ok);
  for (const Rule rule : {Rule::h2, Rule::h11, Rule::d1, Rule::d6})
    CHECK(dash.status(rule) == Status::failed);

  const auto list = make("list", {"-f", "dash", "-seg_duration", "6", "-single_file", "1"}, "manifest.mpd");
  CHECK(list.status(Rule::p1) == Status::ok);
  CHECK(list.status(Rule::d1) == Status::failed);
}

TEST_CASE("media check: one file with an index, as Bento4 and Shaka Packager lay it out") {
  const ScratchFolder scratch;
  const auto folder = scratch / "package";
  const auto source = small_source(scratch).string();
  fs::create_directories(folder / "video");
  REQUIRE(run({"ffmpeg", "-v", "error", "-i", source, "-map", "0:v", "-c", "copy", "-movflags",
               "+frag_keyframe+empty_moov+default_base_moof+global_sidx",
               (folder / "video" / "one.mp4").string()}) == 0);
  const auto bytes = read_text(folder / "video" / "one.mp4");
  const auto index = bytes.find("sidx") - 4;
  const auto media = bytes.find("moof") - 4;
  write_text(
      folder / "stream.mpd",
      "<MPD mediaPresentationDuration=\"PT13S\"><Period><AdaptationSet id=\"1\" mimeType=\"video/mp4\"><Role "
      "schemeIdUri=\"urn:mpeg:dash:role:2011\" value=\"main\"/><BaseURL>video/</BaseURL><Representation "
      "id=\"v\" "
      "codecs=\"avc1.64000A\" bandwidth=\"100000\" width=\"160\" "
      "height=\"90\"><BaseURL>one.mp4</BaseURL><SegmentBase "
      "indexRange=\"" +
          std::to_string(index) + '-' + std::to_string(media - 1) + "\"><Initialization range=\"0-" +
          std::to_string(index - 1) + "\"/></SegmentBase></Representation></AdaptationSet></Period></MPD>");
  const auto report = checked(folder);
  for (const auto& finding : report.findings(Rule::p1)) UNSCOPED_INFO(finding.found);
  CHECK(report.status(Rule::p1) == Status::ok);
  CHECK(report.status(Rule::d1) == Status::ok);
  CHECK(report.status(Rule::h26) != Status::not_applicable);
}

TEST_CASE("media check: damaged packages are told of, never crashed on") {
  std::mt19937 random(20'260'727);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(good_package().folder)) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), good_package().folder));
  }
  PackageCopy copy;
  int failed = 0;
  const char* more = std::getenv("TONGXING_STRESS");  // how many variants: more of them find more
  const int variants = more != nullptr ? std::max(150, std::atoi(more)) : 150;
  for (int i = 0; i < variants; ++i) {
    const auto file = files[random() % files.size()];
    const auto whole = read_text(copy / file.string());
    auto spoiled = whole;
    if (i % 3 == 0) spoiled.resize(random() % (whole.size() + 1));
    // Heads of files hold what parsers read.
    for (int k = 0; k < 8 && !spoiled.empty(); ++k) {
      spoiled[random() % std::min<std::size_t>(spoiled.size(), 2'000)] = static_cast<char>(random());
    }
    write_text(copy / file.string(), spoiled);
    failed += failed_rules(copy.package.folder).empty() ? 0 : 1;
    write_text(copy / file.string(), whole);
  }
  CHECK(failed > variants / 2);
  CHECK(failed_rules(copy.package.folder).empty());
}

TEST_CASE("media check: what cannot be looked into is said, not passed") {
  const auto rung = good_package().renditions.front().rendition.name;
  PackageCopy copy;
  replace_in(copy / rung / "index.m3u8", "#EXTINF", "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF");
  auto report = checked(copy.package.folder);
  CHECK(report.status(Rule::h26) == Status::not_checked);
  CHECK(report.status(Rule::h32) == Status::not_checked);
  CHECK(report.reasons(Rule::h26) == std::vector<std::string>{"encrypted segments are not looked into"});

  PackageCopy other;
  replace_in(other / rung / "index.m3u8", "#EXTINF", "#EXT-X-DISCONTINUITY\n#EXTINF");
  CHECK(checked(other.package.folder).status(Rule::h26) == Status::not_checked);
}

TEST_CASE("media check: nothing outside of the folder, and nothing read without end") {
  const auto rung = good_package().renditions.front().rendition.name;
  PackageCopy copy;
  SECTION("links are not followed") {
    fs::remove(copy / rung / "s1.m4s");
    fs::create_symlink("s0.m4s", copy / rung / "s1.m4s");
    CHECK(checked(copy.package.folder).status(Rule::p1) == Status::failed);
  }
  SECTION("a linked folder is not entered") {
    fs::rename(copy / rung, copy / "real");
    fs::create_directory_symlink("real", copy / rung);
    CHECK(checked(copy.package.folder).status(Rule::p1) == Status::failed);
  }
  SECTION("a pipe is not waited for") {
    fs::remove(copy / rung / "s1.m4s");
    REQUIRE(run({"mkfifo", (copy / rung / "s1.m4s").string()}) == 0);
    CHECK(checked(copy.package.folder).status(Rule::p1) == Status::failed);
  }
  SECTION("an address on the network is not asked") {
    replace_in(copy / rung / "index.m3u8", "s1.m4s", "https://example.org/s1.m4s");
    CHECK(checked(copy.package.folder).status(Rule::p1) == Status::failed);
  }
  SECTION("one large file named fifty thousand times") {
    std::string list = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-MAP:URI=\"init.mp4\"\n";
    for (int i = 0; i < 50'000; ++i) list += "#EXTINF:0.001,\ns0.m4s\n";
    write_text(copy / rung / "index.m3u8", list);
    CHECK(checked(copy.package.folder).status(Rule::p1) == Status::failed);
  }
}
