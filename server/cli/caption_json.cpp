// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/caption_json.hpp"

#include "accessibility/captions/cue_text.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::Cue;
using accessibility::CueSettings;
using accessibility::Node;
using accessibility::NodeKind;
using nlohmann::json;

/// A whole number without ".0", as JavaScript writes it.
json number(double value) {
  constexpr double kExact = 9007199254740992.0;  // above it not every whole number is a double
  if (std::trunc(value) == value && std::abs(value) <= kExact) return static_cast<std::int64_t>(value);
  return value;
}

std::string_view word(accessibility::Vertical vertical) {
  if (vertical == accessibility::Vertical::horizontal) return "";
  return vertical == accessibility::Vertical::rl ? "rl" : "lr";
}

std::string_view word(accessibility::LineAlign align) {
  constexpr std::array<std::string_view, 3> kWords{"start", "center", "end"};
  return kWords[static_cast<std::size_t>(align)];
}

std::string_view word(accessibility::PositionAlign align) {
  constexpr std::array<std::string_view, 4> kWords{"auto", "line-left", "center", "line-right"};
  return kWords[static_cast<std::size_t>(align)];
}

std::string_view word(accessibility::TextAlign align) {
  constexpr std::array<std::string_view, 5> kWords{"start", "center", "end", "left", "right"};
  return kWords[static_cast<std::size_t>(align)];
}

std::string_view word(NodeKind kind) {
  constexpr std::array<std::string_view, 10> kWords{
      "text", "timestamp", "class", "italic", "bold", "underline", "ruby", "ruby_text", "voice", "language"};
  return kWords[static_cast<std::size_t>(kind)];
}

json tree_of(const std::vector<Node>& nodes) {
  json list = json::array();
  for (const auto& node : nodes) {
    json entry{{"type", word(node.kind)}};
    if (node.kind == NodeKind::text) {
      entry["value"] = node.text;
    } else if (node.kind == NodeKind::timestamp) {
      entry["ms"] = node.time.count();
    } else {
      entry["classes"] = node.classes;
      if (node.kind == NodeKind::voice || node.kind == NodeKind::language) entry["value"] = node.text;
      entry["children"] = tree_of(node.children);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

json cue_json(const Cue& cue) {
  const CueSettings& settings = cue.settings;
  const auto nodes = accessibility::parse_cue_text(cue.text).nodes;
  return {{"id", cue.id},
          {"start_ms", cue.start.count()},
          {"end_ms", cue.end.count()},
          {"vertical", word(settings.vertical)},
          {"snapToLines", settings.line_unit == accessibility::LineUnit::lines},
          {"line", settings.line ? number(*settings.line) : json("auto")},
          {"lineAlign", word(settings.line_align)},
          {"position", settings.position ? number(*settings.position) : json("auto")},
          {"positionAlign", word(settings.position_align)},
          {"size", number(settings.size)},
          {"align", word(settings.align)},
          {"region", settings.region.empty() ? json(nullptr) : json(settings.region)},
          {"payload", cue.text},
          {"text", accessibility::plain_text(nodes)},
          {"tree", tree_of(nodes)},
          {"source_line", cue.line}};
}

json region_json(const accessibility::Region& region) {
  return {{"id", region.id},
          {"width", number(region.width)},
          {"lines", number(region.lines)},
          {"regionAnchorX", number(region.anchor_x)},
          {"regionAnchorY", number(region.anchor_y)},
          {"viewportAnchorX", number(region.viewport_x)},
          {"viewportAnchorY", number(region.viewport_y)},
          {"scroll", region.scroll_up ? "up" : ""}};
}

}  // namespace

json finding_json(const accessibility::Finding& finding, const CaptionWords& words) {
  return {{"line", finding.line},
          {"id", accessibility::name_of(finding.kind)},
          {"rule", accessibility::rule_of(finding.kind)},
          {"severity", accessibility::name_of(finding.severity)},
          {"message", words.message(finding)}};
}

json loss_json(const accessibility::Loss& loss, const CaptionWords& words) {
  return {{"id", accessibility::name_of(loss.kind)},
          {"cue", loss.cue},
          {"line", loss.line},
          {"text", loss.text},
          {"message", words.text("caption_files.lost." + std::string{accessibility::name_of(loss.kind)})}};
}

json caption_file_json(const accessibility::CaptionFile& file, const CaptionWords& words) {
  json regions = json::array();
  for (const auto& region : file.track.regions) regions.push_back(region_json(region));
  json cues = json::array();
  for (const auto& cue : file.track.cues) cues.push_back(cue_json(cue));
  json errors = json::array();
  for (const auto& finding : file.findings) errors.push_back(finding_json(finding, words));
  return {{"format", accessibility::name_of(file.format)},
          {"encoding", accessibility::name_of(file.encoding)},
          {"regions", std::move(regions)},
          {"styles", file.track.styles},
          {"cues", std::move(cues)},
          {"errors", std::move(errors)}};
}

json unreadable_json(const UnreadableCaptions& error) {
  json entry{{"line", error.line}, {"id", error.name}, {"severity", "error"}, {"message", error.message}};
  return {{"format", nullptr},       {"encoding", nullptr},   {"regions", json::array()},
          {"styles", json::array()}, {"cues", json::array()}, {"errors", json::array({std::move(entry)})}};
}

}  // namespace tongxing::cli
