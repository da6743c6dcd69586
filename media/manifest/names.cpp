// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/manifest/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::media::manifest {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kAudioNames{
    {{"cmn", "普通话"}, {"yue", "粵語"}, {"en", "English"}, {"und", "原声"}, {model::kNoWords, "无声"}}};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace

std::string audio_name(const Names& names, std::string_view language) {
  if (const auto given = names.audio.find(language); given != names.audio.end()) return given->second;
  const auto known = std::ranges::find(kAudioNames, language, [](const auto& row) { return row.first; });
  return std::string{known != kAudioNames.end() ? known->second : language};
}

std::string audio_name(const Names& names, const model::Rendition& rendition) {
  auto name = audio_name(names, rendition.language);
  if (rendition.role != model::AudioRole::description) return name;
  const bool english = rendition.language == "en" || rendition.language.starts_with("en-");
  return name + (english ? " (audio description)" : "（口述影像）");
}

std::string text_name(std::string_view language, model::TextTrack::Kind kind) {
  struct Row {
    std::string_view language;
    std::string_view name;
    std::string_view sounds;  ///< behind captions that also tell sounds
    std::string_view easy;
  };
  static constexpr std::array<Row, 6> rows{{{"zh-Hans", "简体中文", "（含声音说明）", "（易读）"},
                                            {"zh-Hant", "繁體中文", "（含聲音說明）", "（易讀）"},
                                            {"en", "English", " (captions with sounds)", " (easy read)"},
                                            {"ja", "日本語", "（音の説明つき）", "（やさしい日本語）"},
                                            {"yue", "粵語", "（含聲音說明）", "（易讀）"},
                                            {"", "", " (captions with sounds)", " (easy read)"}}};
  auto row = std::ranges::find(rows, language, &Row::language);
  if (row == rows.end()) row = rows.end() - 1;
  std::string name{row->name.empty() ? language : row->name};
  if (kind == model::TextTrack::Kind::caption) name += row->sounds;
  if (kind == model::TextTrack::Kind::easy_read) name += row->easy;
  return name;
}

std::vector<const model::Rendition*> audio_in_order(const model::Package& package) {
  std::vector<const model::Rendition*> result;
  for (const auto role : {model::AudioRole::main, model::AudioRole::dub, model::AudioRole::description}) {
    for (const auto& rendition : package.renditions) {
      if (rendition.kind == model::MediaKind::audio && rendition.role == role) result.push_back(&rendition);
    }
  }
  return result;
}

std::vector<std::string> made_unique(std::vector<std::string> names) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(i);
    const auto plain = names[i];
    for (int copy = 2; std::find(names.begin(), end, names[i]) != end; ++copy) {
      names[i] = plain + " " + std::to_string(copy);
    }
  }
  return names;
}

std::string in_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"') {
      out += "”";
    } else {
      out += is_control(c) ? ' ' : c;
    }
  }
  return '"' + out + '"';
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += is_control(c) ? ' ' : c;
    }
  }
  return out;
}

}  // namespace tongxing::media::manifest
