// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/narration/spoken_tokens.hpp"

#include "accessibility/narration/normalise.hpp"
#include "accessibility/narration/pinyin.hpp"
#include "accessibility/text/utf8.hpp"
#include "media/speech/readings/mandarin_readings.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace tongxing::tests {

namespace {

using namespace accessibility;

std::vector<std::string> split(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string comparable(std::string word) {
  if (word.size() == 1) return word;
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

void add_characters(std::vector<std::string>& tokens, std::string_view text) {
  for (const char32_t code : decode(text)) {
    std::string one;
    append_utf8(one, code);
    tokens.push_back(one);
  }
}

bool one_of(std::string_view alternatives, std::string_view token) {
  if (alternatives.size() == 1) return alternatives == token;
  for (std::size_t begin = 0; begin <= alternatives.size();) {
    const std::size_t end = std::min(alternatives.find('/', begin), alternatives.size());
    if (alternatives.substr(begin, end - begin) == token) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

std::vector<std::string> spoken_tokens(std::string_view text, std::string_view language) {
  const auto normalised = normalise(text, *spoken_language(language));
  const auto syllables = pinyin(normalised.segments, media::speech::mandarin_readings());
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < normalised.segments.size(); ++i) {
    const Segment& segment = normalised.segments[i];
    if (segment.language == "cmn") {
      tokens.insert(tokens.end(), syllables[i].begin(), syllables[i].end());
    } else if (segment.language == "yue" && segment.kind == SegmentKind::reading) {
      add_characters(tokens, segment.written);
    } else if (segment.language == "yue") {
      add_characters(tokens, segment.spoken);
    } else {
      for (const std::string& word : split(segment.spoken)) tokens.push_back(comparable(word));
    }
  }
  return tokens;
}

std::vector<std::string> expected_tokens(std::string_view text, std::string_view language) {
  std::vector<std::string> words = split(text);
  if (language != "yue") return words;
  std::vector<std::string> tokens;
  for (const std::string& word : words) {
    if (static_cast<unsigned char>(word.front()) < 0x80)
      tokens.push_back(word);
    else
      add_characters(tokens, word);
  }
  return tokens;
}

std::size_t tokens_right(const std::vector<std::string>& expected, const std::vector<std::string>& said) {
  std::vector<std::size_t> row(said.size() + 1, 0);
  for (const std::string& wanted : expected) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= said.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = one_of(wanted, said[j - 1]) ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

std::string joined(const std::vector<std::string>& tokens) {
  std::string out;
  for (const std::string& token : tokens) out += (out.empty() ? "" : " ") + token;
  return out;
}

std::vector<TableRow> read_table(std::string_view name) {
  std::ifstream in(std::string(TONGXING_SOURCE_DIR) + "/tests/data/narration/" + std::string(name) + ".tsv");
  std::vector<TableRow> rows;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    if (line.empty() || line.front() == '#' || tab == std::string::npos) continue;
    rows.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return rows;
}

}  // namespace tongxing::tests
