// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing captions fix`.
#include "tests/integration/captions_cli/program.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using tongxing::tests::run_captions;
namespace fs = std::filesystem;

const std::string kFolder = std::string(TONGXING_SOURCE_DIR) + "/tests/data/captions/";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// A folder that is gone afterwards.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "captions-fix-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

TEST_CASE("What can be mended is, and told with its line") {
  const Scratch scratch;
  const auto out = scratch.file("out.vtt");
  const auto run = run_captions({"fix", kFolder + "39-punctuation.vtt", out});
  CHECK(run.exit_code == 0);
  CHECK(run.output.find("第 3 行 [C17] 你好,世界 → 你好，世界") != std::string::npos);
  CHECK(run.output.find("改了 2 处") != std::string::npos);
  CHECK(read(out).find("你好，世界") != std::string::npos);
  CHECK(read(out).find("1.打开电脑") != std::string::npos);
  const auto again = run_captions({"check", out, "--json"});
  CHECK(json::parse(again.output)["findings"].empty());
}

TEST_CASE("C30: a cue over writing in the picture is moved, by the file's own marks or by those beside it") {
  const Scratch scratch;
  const auto out = scratch.file("out.vtt");
  const auto run = run_captions({"fix", kFolder + "68-notes-burned-in.vtt", out});
  CHECK(run.exit_code == 0);
  CHECK(run.output.find("第 10 行 [C30] 画面下方 → line:0") != std::string::npos);
  CHECK(run.output.find("第 19 行 [C30] line:0 → 画面下方") != std::string::npos);
  CHECK(read(out).find("NOTE burned-in:\n00:00:01.000 - 00:00:05.000 bottom") != std::string::npos);
  const auto again = json::parse(run_captions({"check", out, "--json"}).output);
  CHECK(again["findings"].empty());
  const auto beside = run_captions({"fix", kFolder + "64-burned-in-bottom.vtt", out, "--speech",
                                    kFolder + "64-burned-in-bottom.json", "--json"});
  const auto changes = json::parse(beside.output)["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["rule"] == "C30");
  CHECK(changes[0]["before"] == "");
  CHECK(changes[0]["after"] == " line:0");
}

TEST_CASE("Mending twice is mending once, for every file of the table") {
  const Scratch scratch;
  std::ifstream in(kFolder + "expected.json");
  for (const auto& row : json::parse(in)) {
    const auto name = row["file"].get<std::string>();
    INFO(name);
    const std::vector<std::string> options{"--language", row["language"].get<std::string>(), "--kind",
                                           row["kind"].get<std::string>(), "--json"};
    const auto fix = [&](const std::string& from, const std::string& to) {
      std::vector<std::string> words{"fix", from, to};
      words.insert(words.end(), options.begin(), options.end());
      return run_captions(words);
    };
    const auto first = fix(kFolder + name, scratch.file("a.vtt"));
    const auto answer = json::parse(first.output);
    if (!answer["written"].get<bool>()) {
      CHECK(first.exit_code == 1);
      continue;
    }
    const auto second = fix(scratch.file("a.vtt"), scratch.file("b.vtt"));
    CHECK(json::parse(second.output)["changes"].empty());
    CHECK(read(scratch.file("a.vtt")) == read(scratch.file("b.vtt")));
  }
}

TEST_CASE("The gaps of the table are closed") {
  const Scratch scratch;
  const auto out = scratch.file("out.vtt");
  const auto run = run_captions({"fix", kFolder + "15-gap-tiny.vtt", out, "--json"});
  const auto changes = json::parse(run.output)["changes"];
  REQUIRE(changes.size() == 2);
  CHECK(changes[0]["rule"] == "C7");
  CHECK(changes[0]["before"] == "00:00:04.000");
  CHECK(changes[0]["after"] == "00:00:04.001");
  CHECK(run_captions({"check", out}).exit_code == 0);
}

TEST_CASE("Nothing is written where words would be lost") {
  const Scratch scratch;
  const auto out = scratch.file("out.vtt");
  const auto run = run_captions({"fix", kFolder + "55-timing-unreadable.vtt", out, "--locale", "en"});
  CHECK(run.exit_code == 1);
  CHECK(run.output.find("would be lost") != std::string::npos);
  CHECK(run.output.find("Line 3 [C25]") != std::string::npos);
  CHECK_FALSE(fs::exists(out));
}

TEST_CASE("A file that cannot be written is told") {
  const auto run =
      run_captions({"fix", kFolder + "01-good-zh.vtt", "/no-such-folder/out.vtt", "--locale", "en"});
  CHECK(run.exit_code == 2);
  CHECK(run.errors.find("cannot be written") != std::string::npos);
}

}  // namespace
