// SPDX-License-Identifier: GPL-3.0-or-later
// `tongxing captions parse --json` on a table of what the algorithms of WebVTT (§6.1, §6.4) make of files and
// of cue text that are hard to read: each row was worked out by hand from the standard.
#include "tests/integration/captions_cli/program.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;
using tongxing::tests::run_captions;

/// A tree as text: <type.class>…</> for elements, @ms for times.
std::string text_of(const json& nodes) {
  std::string text;
  for (const auto& node : nodes) {
    const auto type = node["type"].get<std::string>();
    if (type == "text") {
      text += node["value"].get<std::string>();
      continue;
    }
    if (type == "timestamp") {
      text += "@" + node["ms"].dump();
      continue;
    }
    text += "<" + type;
    for (const auto& name : node["classes"]) text += "." + name.get<std::string>();
    text += ">" + text_of(node["children"]) + "</>";
  }
  return text;
}

json cues_of(const json& parsed) {
  auto cues = json::array();
  for (const auto& cue : parsed["cues"]) {
    cues.push_back({cue["id"], cue["start_ms"], cue["end_ms"], text_of(cue["tree"])});
  }
  return cues;
}

TEST_CASE("Files and cue text are read as the standard says, however they are written") {
  std::ifstream table(std::string(TONGXING_SOURCE_DIR) + "/tests/data/webvtt/parsing.json");
  const auto rows = json::parse(table);
  REQUIRE(rows.size() == 31);
  const auto file = std::filesystem::temp_directory_path() / "tongxing-webvtt-table.vtt";
  for (const auto& row : rows) {
    const auto name = row["name"].get<std::string>();
    CAPTURE(name);
    std::ofstream(file, std::ios::binary) << row["file"].get<std::string>();
    const auto answer = run_captions({"parse", "--json", "--from", "vtt", file.string()});
    const auto parsed = json::parse(answer.output, nullptr, false);
    if (row["cues"].is_null()) {
      CHECK(answer.exit_code != 0);
      CHECK(parsed["errors"][0]["id"] == "not_captions");
      continue;
    }
    REQUIRE(parsed.contains("cues"));
    CHECK(cues_of(parsed) == row["cues"]);
  }
  std::filesystem::remove(file);
}

}  // namespace
