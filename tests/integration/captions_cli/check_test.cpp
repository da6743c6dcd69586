// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing captions check` on the hand-made table in tests/data/captions, and its answers.
#include "tests/integration/captions_cli/program.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using tongxing::tests::run_captions;
using Row = std::tuple<std::string, std::size_t, std::string>;

const std::string kFolder = std::string(TONGXING_SOURCE_DIR) + "/tests/data/captions/";

std::vector<std::string> arguments_for(const json& row) {
  std::vector<std::string> words{"check", kFolder + row["file"].get<std::string>(), "--json"};
  const auto add = [&](std::string option, std::string value) {
    words.push_back(std::move(option));
    words.push_back(std::move(value));
  };
  add("--language", row["language"].get<std::string>());
  add("--kind", row["kind"].get<std::string>());
  if (row.contains("media_duration_ms")) add("--media-duration", row["media_duration_ms"].dump());
  if (row.contains("origin")) add("--origin", row["origin"].get<std::string>());
  if (row.contains("audio_language")) add("--audio-language", row["audio_language"].get<std::string>());
  if (row.contains("facts")) add("--speech", kFolder + row["facts"].get<std::string>());
  return words;
}

/// The rows, and the worst severity among them.
std::set<Row> rows_of(const json& row, std::set<std::string>& severities) {
  std::set<Row> out;
  for (const auto& [rule, lines] : row["findings"].items()) {
    for (const auto& line : lines) {
      severities.insert(line[1].get<std::string>());
      out.emplace(rule, line[0].get<std::size_t>(), line[1].get<std::string>());
    }
  }
  return out;
}

TEST_CASE("The program agrees with the hand-made table") {
  std::ifstream in(kFolder + "expected.json");
  const auto table = json::parse(in);
  REQUIRE(table.size() >= 60);
  for (const auto& row : table) {
    INFO(row["file"]);
    const auto run = run_captions(arguments_for(row));
    const auto answer = json::parse(run.output, nullptr, false);
    REQUIRE(answer.is_object());
    std::set<Row> found;
    for (const auto& finding : answer["findings"]) {
      found.emplace(finding["rule"].get<std::string>(), finding["line"].get<std::size_t>(),
                    finding["severity"].get<std::string>());
      CHECK(finding["message"].get<std::string>().find("⟦") == std::string::npos);
    }
    std::set<std::string> severities;
    CHECK(found == rows_of(row, severities));
    CHECK(run.exit_code == (severities.contains("error") ? 1 : 0));
    CHECK(answer["verdict"] == (severities.contains("error")     ? "errors"
                                : severities.contains("warning") ? "warnings"
                                                                 : "ok"));
    CHECK(run.errors.empty());
  }
}

TEST_CASE("C28: what a machine made is an error until somebody has read it, whoever says so") {
  const auto verdict = [](std::vector<std::string> words) {
    words.insert(words.begin(), "check");
    words.push_back("--json");
    const auto run = run_captions(words);
    const auto answer = json::parse(run.output, nullptr, false);
    return answer.is_object() ? answer["verdict"].get<std::string>() : "none";
  };
  CHECK(verdict({kFolder + "59-machine-made.vtt"}) == "ok");
  CHECK(verdict({kFolder + "59-machine-made.vtt", "--machine-made"}) == "errors");
  CHECK(verdict({kFolder + "59-machine-made.vtt", "--origin", "machine-reviewed"}) == "ok");
  CHECK(verdict({kFolder + "69-notes-machine.vtt"}) == "errors");
  CHECK(verdict({kFolder + "69-notes-machine.vtt", "--origin", "human"}) == "ok");
  CHECK(verdict({kFolder + "59-machine-made.vtt", "--machine-made", "--origin", "human"}) == "none");
}

TEST_CASE("The answer is for people, in three languages, with line, rule and what to do") {
  const auto file = kFolder + "03-line-17.vtt";
  const auto chinese = run_captions({"check", file}).output;
  CHECK(chinese.find("第 3 行 [C1] 待审核员确认：一行有 17 个字，最好不超过 16 个") != std::string::npos);
  CHECK(chinese.find("语言是从文字判断的") != std::string::npos);
  CHECK(chinese.find("C11 C12 C13：不知道哪里有人说话") != std::string::npos);
  const auto traditional = run_captions({"check", file, "--locale", "zh-Hant"}).output;
  CHECK(traditional.find("第 3 行 [C1] 待審核員確認：一行有 17 個字") != std::string::npos);
  const auto english = run_captions({"check", file, "--locale", "en"}).output;
  CHECK(english.find("Line 3 [C1] To be confirmed by the reviewer: A line has 17 characters") !=
        std::string::npos);
}

TEST_CASE("JSON has values in their unit") {
  const auto answer = json::parse(run_captions({"check", kFolder + "09-speed-zh.vtt", "--json"}).output);
  CHECK(answer["language"] == "zh-Hans");
  CHECK(answer["language_guessed"] == true);
  CHECK(answer["kind"] == "sdh");
  CHECK(answer["cues"] == 4);
  const auto& finding = answer["findings"][2];
  CHECK(finding["id"] == "too_fast");
  CHECK(finding["cue"] == 4);
  CHECK(finding["value"] == 12.0);
  CHECK(finding["limit"] == 11.0);
  CHECK(finding["unit"] == "characters_per_second");
  CHECK(finding["fixable"] == false);
}

TEST_CASE("What cannot be read ends with 2 and says why") {
  const auto missing = run_captions({"check", kFolder + "no-such-file.vtt"});
  CHECK(missing.exit_code == 2);
  CHECK(missing.errors.find("打不开文件") != std::string::npos);
  const auto other = run_captions({"check", kFolder + "expected.json", "--json"});
  CHECK(other.exit_code == 2);
  CHECK(json::parse(other.output)["error"]["id"] == "not_captions");
  const auto facts = run_captions(
      {"check", kFolder + "01-good-zh.vtt", "--speech", kFolder + "01-good-zh.vtt", "--locale", "en"});
  CHECK(facts.exit_code == 2);
  CHECK(facts.errors.find("The --speech file cannot be understood") != std::string::npos);
}

TEST_CASE("What was measured in a package is what captions are measured against") {
  const auto folder = std::filesystem::temp_directory_path() / "tongxing-captions-media";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, std::string_view text) { std::ofstream(folder / name) << text; };
  write("c.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\n先把车冲一遍\n");
  write("speech.json", R"({"method":"energy","heard":[[0,12000]],"silence":[],"speech":[[1000,11000]]})");
  write("package.json",
        R"({"duration_ms":12000,"segment_duration_ms":6000,"renditions":[{"name":"a-cmn","kind":"audio",)"
        R"("codecs":"mp4a.40.2","language":"cmn","width":0,"height":0,"frame_rate":0.0,"channels":1,)"
        R"("sample_rate":48000,"init_bytes":700,"segments":[[12000000,96000]]}],"notes":[],"facts":{"sound":)"
        R"({"speech":[[1000,11000]],"heard":[[0,12000]]}}})");
  for (const std::string media : {"", "speech.json"}) {
    CAPTURE(media);
    const auto answer = run_captions({"check", (folder / "c.vtt").string(), "--media",
                                      (media.empty() ? folder : folder / media).string(), "--json"});
    CHECK(answer.exit_code == 1);
    const auto report = json::parse(answer.output);
    REQUIRE(report["findings"].size() == 1);
    CHECK(report["findings"][0]["rule"] == "C13");
    CHECK(report["findings"][0]["value"] == 20.0);
  }
  write("package.json", "{}");
  CHECK(run_captions({"check", (folder / "c.vtt").string(), "--media", folder.string()}).exit_code == 2);
  std::filesystem::remove_all(folder);
}

}  // namespace
