// SPDX-License-Identifier: GPL-3.0-or-later
// The hand-made table: which rule fires on which line of each file in tests/data/captions.
#include "accessibility/caption_quality/checks.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include <nlohmann/json.hpp>

namespace {

using namespace tongxing::accessibility;
using nlohmann::json;
using Row = std::tuple<std::string, std::size_t, std::string>;

const std::string kFolder = std::string(TONGXING_SOURCE_DIR) + "/tests/data/captions/";

std::string read(const std::string& name) {
  std::ifstream in(kFolder + name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<TimeSpan> spans_in(const json& list) {
  std::vector<TimeSpan> out;
  for (const auto& span : list)
    out.push_back({Milliseconds{span[0].get<int>()}, Milliseconds{span[1].get<int>()}});
  return out;
}

void add_facts(const json& facts, CaptionContext& context) {
  if (facts.contains("speech")) context.speech = spans_in(facts["speech"]);
  if (facts.contains("sound")) context.sound = spans_in(facts["sound"]);
  if (facts.contains("cuts")) {
    context.shot_changes.emplace();
    for (const auto& cut : facts["cuts"]) context.shot_changes->push_back(Milliseconds{cut.get<int>()});
  }
  if (!facts.contains("burned_in")) return;
  context.burned_in.emplace();
  for (const auto& mark : facts["burned_in"]) {
    const TimeSpan time{Milliseconds{mark["start_ms"].get<int>()}, Milliseconds{mark["end_ms"].get<int>()}};
    context.burned_in->push_back({time, mark["area"] == "top" ? PictureArea::top : PictureArea::bottom});
  }
}

CaptionContext context_of(const json& row) {
  const auto kind = row["kind"].get<std::string>();
  CaptionContext context{.language = row["language"].get<std::string>()};
  context.use = kind == "easy"       ? TrackUse::easy_read
                : kind == "subtitle" ? TrackUse::subtitle
                                     : TrackUse::sdh;
  if (row.contains("media_duration_ms"))
    context.media_duration = Milliseconds{row["media_duration_ms"].get<int>()};
  if (row.contains("origin")) {
    context.origin =
        row["origin"] == "machine" ? CaptionOrigin::machine_unreviewed : CaptionOrigin::machine_reviewed;
  }
  context.audio_language = row.value("audio_language", "");
  if (row.contains("facts")) add_facts(json::parse(read(row["facts"].get<std::string>())), context);
  return context;
}

std::set<Row> expected_rows(const json& row) {
  std::set<Row> out;
  for (const auto& [rule, lines] : row["findings"].items()) {
    for (const auto& line : lines) out.emplace(rule, line[0].get<std::size_t>(), line[1].get<std::string>());
  }
  return out;
}

TEST_CASE("The rules agree with the hand-made table") {
  const auto table = json::parse(read("expected.json"));
  REQUIRE(table.size() >= 60);
  for (const auto& row : table) {
    const auto name = row["file"].get<std::string>();
    INFO(name);
    const auto file = read_captions(read(name));
    REQUIRE(file);
    const auto report = check_captions(*file, context_of(row));
    std::set<Row> found;
    for (const auto& finding : report.findings) {
      found.emplace(rule_of(finding.kind), finding.line, name_of(finding.severity));
    }
    CHECK(found == expected_rows(row));
    if (!row.contains("not_checked")) continue;
    std::vector<std::string> rules;
    for (const auto& missing : report.not_checked) rules.emplace_back(missing.rule);
    CHECK(rules == row["not_checked"].get<std::vector<std::string>>());
  }
}

TEST_CASE("Every rule is in the table once with something found") {
  std::set<std::string> rules;
  for (const auto& row : json::parse(read("expected.json"))) {
    for (const auto& [rule, lines] : row["findings"].items()) rules.insert(rule);
  }
  for (const auto& rule : caption_rules()) {
    INFO(rule.id);
    CHECK(rules.contains(std::string(rule.id)));
  }
}

TEST_CASE("Every rule is in the table once where it looked and found nothing") {
  std::set<std::string_view> quiet;
  for (const auto& row : json::parse(read("expected.json"))) {
    const auto file = read_captions(read(row["file"].get<std::string>()));
    REQUIRE(file);
    const auto report = check_captions(*file, context_of(row));
    for (const auto& rule : caption_rules()) {
      const bool looked =
          std::ranges::find(report.not_checked, rule.id, &NotChecked::rule) == report.not_checked.end() &&
          std::ranges::find(report.not_concerned, rule.id) == report.not_concerned.end();
      if (looked && !row["findings"].contains(std::string(rule.id))) quiet.insert(rule.id);
    }
  }
  for (const auto& rule : caption_rules()) {
    INFO(rule.id);
    CHECK(quiet.contains(rule.id));
  }
}

}  // namespace
