// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/media/description/description_fixture.hpp"
#include "tests/media/worker_process.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <fstream>
#include <sstream>
#include <vector>

#include <nlohmann/json.hpp>

using namespace tongxing::tests;
using Json = nlohmann::json;

namespace {

std::string written(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

constexpr const char* kCaptions =
    "WEBVTT\n\n00:11.130 --> 00:28.150\n说话。\n\n00:30.650 --> 01:04.300\n说话。\n";

/// Every line is an event; the permille of the one rendition only grow, and it is whole before all is done.
void check_progress(const std::string& output) {
  std::istringstream lines(output);
  std::vector<Json> events;
  for (std::string line; std::getline(lines, line);) events.push_back(Json::parse(line));
  REQUIRE(events.size() >= 4);
  CHECK(events.front()["event"] == "planned");
  CHECK(events[events.size() - 2] == Json({{"event", "output"}, {"rendition", "a-cmn-ad"}}));
  CHECK(events.back()["event"] == "done");
  int last = -1;
  for (const Json& event : events) {
    if (event["event"] != "progress") continue;
    CHECK(event["rendition"] == "a-cmn-ad");
    CHECK(event["permille"].get<int>() > last);
    last = event["permille"].get<int>();
  }
  CHECK(last > 0);
  CHECK(last < 1'000);
}

}  // namespace

TEST_CASE("describe plan prints the worked example") {
  const ScratchFolder scratch;
  const std::string captions = written(scratch / "captions.vtt", kCaptions);
  const std::string script =
      written(scratch / "script.vtt", "WEBVTT\n\na\n00:01.000 --> 00:05.000\n他把面粉倒进大碗里面。\n");
  const WorkerRun run =
      run_worker({"describe", "plan", script, "--captions", captions, "--duration", "64300", "--json"});
  REQUIRE(run.exit_code == 0);
  const Json plan = Json::parse(run.output);
  REQUIRE(plan["gaps"].size() == 2);
  CHECK(plan["gaps"][0] ==
        Json({{"start_ms", 0}, {"end_ms", 10'980}, {"usable_ms", 10'380}, {"budget_characters", 38}}));
  CHECK(plan["gaps"][1] ==
        Json({{"start_ms", 28'300}, {"end_ms", 30'500}, {"usable_ms", 1'600}, {"budget_characters", 5}}));
  const Json& cue = plan["cues"][0];
  CHECK(cue["mode"] == "standard");
  CHECK(cue["need_ms"] == 2'728);  // ten characters at 220 a minute
  CHECK(cue["at_ms"] == 1'000);
  CHECK(cue["end_ms"] == 3'728);
  CHECK(cue["reason"] == "fits");
  CHECK(plan["totals"]["standard"] == 1);
  const WorkerRun text =
      run_worker({"describe", "plan", script, "--captions", captions, "--duration", "64300"});
  CHECK(text.output.find("holds 38 characters") != std::string::npos);
}

TEST_CASE("what is wrong with a script or an option is said, with exit code 2") {
  const ScratchFolder scratch;
  std::string text = "WEBVTT\n\n00:01.000 --> 00:05.000\n";
  for (int i = 0; i < 10'000; ++i) text += "字";
  const std::string endless = written(scratch / "endless.vtt", text + "\n");
  const WorkerRun run = run_worker({"describe", "plan", endless, "--duration", "64300", "--json"});
  CHECK(run.exit_code == 2);
  CHECK(run.failed_key() == "errors.description.refused");
  CHECK(run.output.find("1,024 bytes") != std::string::npos);
  CHECK(run.output.find("line ") != std::string::npos);
  CHECK(run_worker({"describe", "plan", "nothing.vtt", "--duration", "1000"}).exit_code == 2);
  CHECK(run_worker({"describe"}).exit_code == 2);
  CHECK(run_worker({"describe", "plan", endless, "--duration", "soon"}).exit_code == 2);
  CHECK(run_worker({"describe", "render", endless, "--media", "x", "--out", "y", "--duck", "-3"}).exit_code ==
        2);
  CHECK(run_worker({"describe", "plan", endless, "--language", "../x", "--duration", "1"}).exit_code == 2);
}

TEST_CASE("describe render joins a package, in the locked room, with recordings by their name") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 13;
  options.width = 160;
  options.height = 90;
  make_test_video(scratch / "source.mp4", options);
  REQUIRE(package_by_worker(scratch / "source.mp4", scratch.path()).exit_code == 0);
  std::filesystem::create_directory(scratch / "recorded");
  options.width = 0;
  options.seconds = 3;
  make_test_video(scratch / "recorded" / "a.m4a", options);
  make_test_video(scratch / "recorded" / "b.m4a", options);
  const std::string script =
      written(scratch / "script.vtt",
              "WEBVTT\n\na\n00:01.000 --> 00:05.000\n他把面粉倒进大碗里面。\n\nb\n00:08.200 --> "
              "00:08.400\n他把面粉倒进大碗里面。\n\nc\n00:12.000 --> 00:12.500\n没有录音。\n");
  const std::string captions =
      written(scratch / "captions.vtt",
              "WEBVTT\n\n00:05.000 --> 00:08.000\n说话。\n\n00:09.000 --> 00:13.000\n说话。\n");
  const std::vector<std::string> command{"describe",
                                         "render",
                                         script,
                                         "--media",
                                         (scratch / "source.mp4").string(),
                                         "--captions",
                                         captions,
                                         "--recorded",
                                         (scratch / "recorded").string(),
                                         "--out",
                                         (scratch / "out").string(),
                                         "--json"};
  const WorkerRun run = run_worker(command);
  INFO(run.output);
  REQUIRE(run.exit_code == 0);
  const Json result = Json::parse(run.output);
  CHECK(result["plan"]["totals"]["standard"] == 1);
  CHECK(result["plan"]["totals"]["extended"] == 2);  // one recorded, one spoken by the engine
  const auto out = scratch / "out";
  CHECK(text_of(out / "master.m3u8").find("a-cmn-ad/index.m3u8") != std::string::npos);
  CHECK(text_of(out / "described-extended.m3u8").find("v90/described-extended.m3u8") != std::string::npos);
  CHECK(std::filesystem::exists(out / "v90" / "x1.m4s"));
  CHECK(std::filesystem::exists(out / "ad" / "clip-0001.m4a"));
  CHECK(text_of(out / "v90" / "described-extended.m3u8").find("xinit.mp4") != std::string::npos);
  const WorkerRun checked = run_worker({"check", out.string()});
  INFO(checked.output);
  CHECK(checked.exit_code == 0);

  // A segment that does not stand still as long as the playlist says is told of.
  std::filesystem::copy_file(out / "v90" / "s1.m4s", out / "v90" / "x1.m4s",
                             std::filesystem::copy_options::overwrite_existing);
  const WorkerRun spoiled = run_worker({"check", out.string()});
  CHECK(spoiled.exit_code == 1);
  CHECK(spoiled.output.find("x1.m4s is said to last") != std::string::npos);

  auto told = command;
  told.back() = "--events";
  const WorkerRun again = run_worker(told);  // the same package once more
  CHECK(again.exit_code == 0);
  check_progress(again.output);
  CHECK(run_worker({"check", out.string()}).exit_code == 0);
  const std::string package = text_of(out / "package.json");
  CHECK(package.find("\"name\":\"a-cmn-ad\"") != std::string::npos);
  CHECK(package.find("\"name\":\"a-cmn-ad\"") == package.rfind("\"name\":\"a-cmn-ad\""));
}
