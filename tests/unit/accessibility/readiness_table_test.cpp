// SPDX-License-Identifier: GPL-3.0-or-later
// tests/data/readiness/lessons.txt: fifty lessons with answers that were worked out by hand.
#include "accessibility/readiness/readiness.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;

struct Row {
  std::string name;
  std::string facts;
  std::string answers;
  std::vector<std::string> lacks;
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<Row> rows() {
  std::ifstream file(std::string(TONGXING_SOURCE_DIR) + "/tests/data/readiness/lessons.txt");
  std::vector<Row> found;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto cells = split(line, '|');
    if (cells.size() != 4) throw std::runtime_error("not four cells: " + line);
    std::string name = cells[0];
    name.erase(name.find_last_not_of(' ') + 1);
    found.push_back({name, cells[1], words_of(cells[2]).at(0), words_of(cells[3])});
  }
  return found;
}

std::int64_t number_in(const std::vector<std::string>& parts, const std::string& name,
                       std::int64_t otherwise) {
  for (const auto& part : parts) {
    if (part.starts_with(name + "=")) return std::stoll(part.substr(name.size() + 1));
  }
  return otherwise;
}

TextTrackFacts track_of(const std::vector<std::string>& parts) {
  TextTrackFacts track{.cues = 10, .errors = number_in(parts, "errors", 0)};
  const auto covered = number_in(parts, "covered", -1);
  if (covered >= 0) track.speech_covered = static_cast<int>(covered);
  track.unreviewed = std::ranges::find(parts, "unreviewed") != parts.end();
  return track;
}

DescriptionFacts description_of(const std::vector<std::string>& parts) {
  const auto has = [&](const char* name) { return std::ranges::find(parts, name) != parts.end(); };
  return {.as_sound = !has("text"), .as_text = !has("sound"), .errors = number_in(parts, "errors", 0)};
}

void apply(AccessFacts& facts, const std::string& word) {
  const auto parts = split(word, ':');
  const std::string& head = parts.front();
  const auto media = [&](MediaState state) { facts.media = state; };
  if (head == "missing") return media(MediaState::missing);
  if (head == "in_work") return media(MediaState::in_work);
  if (head == "unusable") return media(MediaState::unusable);
  if (head == "text") facts.form = LessonForm::text;
  if (head == "practice") facts.form = LessonForm::practice;
  if (head == "video" || head == "silent") facts.has_picture = true;
  if (head == "video" || head == "audio") facts.has_sound = true;
  if (head == "captions") facts.captions = track_of(parts);
  if (head == "subtitles") facts.subtitles = track_of(parts);
  if (head == "easy") facts.easy_read = track_of(parts);
  if (head == "own") facts.has_own_transcript = true;
  if (head == "ad") facts.description = description_of(parts);
  if (head == "statement") facts.nothing_unspoken = true;
  if (head == "sign") facts.sign = SignQuality{number_in(parts, "errors", 0), 0};
  if (word == "contrast:good") facts.contrast = Contrast::good;
  if (word == "contrast:poor") facts.contrast = Contrast::poor;
  if (head.starts_with("over="))
    facts.speech_over_background_db = static_cast<int>(number_in(parts, "over", 0));
  if (head.starts_with("kbps=")) facts.least_bandwidth = number_in(parts, "kbps", 0) * 1000;
  if (head == "audio_only") facts.has_audio_only = true;
  if (head == "slides") facts.has_slides = true;
  if (head == "flashes") facts.flashes = Flashes::harmful;
  if (head == "calm") facts.flashes = Flashes::harmless;
}

AccessFacts facts_of(const std::string& text) {
  AccessFacts facts{.media = MediaState::ready, .duration = std::chrono::minutes{10}};
  for (const auto& word : words_of(text)) apply(facts, word);
  return facts;
}

std::string answers_of(const std::vector<Readiness>& result) {
  std::string answers;
  for (const auto& row : result) answers += "YDN"[static_cast<std::size_t>(row.answer)];
  return answers;
}

/// Everything that is not good news, each once, with its number.
std::vector<std::string> lacks_of(const std::vector<Readiness>& result) {
  std::vector<std::string> lacks;
  for (const auto& row : result) {
    for (const auto& reason : row.reasons) {
      if (tone_of(reason.why) == Tone::good) continue;
      std::string name(name_of(reason.why));
      const bool counted = reason.value != 0 || reason.why == Why::captions_incomplete;
      if (counted) name += "=" + std::to_string(reason.value);
      if (std::ranges::find(lacks, name) == lacks.end()) lacks.push_back(name);
    }
  }
  return lacks;
}

}  // namespace

TEST_CASE("Fifty-three lessons are judged as they were by hand") {
  const auto table = rows();
  REQUIRE(table.size() == 53);
  for (const auto& row : table) {
    INFO(row.name << ":" << row.facts);
    const auto result = readiness_of(facts_of(row.facts));
    CHECK(answers_of(result) == row.answers);
    CHECK(lacks_of(result) == row.lacks);
    for (const auto& need : result) CHECK_FALSE(need.reasons.empty());
  }
}

TEST_CASE("Every reason that can be mended says where, and the table meets nearly all of them") {
  std::vector<bool> seen(kWhyCount);
  for (const auto& row : rows()) {
    for (const auto& need : readiness_of(facts_of(row.facts))) {
      for (const auto& reason : need.reasons) seen[static_cast<std::size_t>(reason.why)] = true;
    }
  }
  for (std::size_t i = 0; i < kWhyCount; ++i) {
    const auto why = static_cast<Why>(i);
    INFO(name_of(why));
    CHECK(seen[i]);
    CHECK((place_of(why) == Place::none) == (tone_of(why) == Tone::good || why == Why::in_person));
  }
}
