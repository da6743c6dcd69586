// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ttml_head.hpp"

#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kSpace = " \t\n";
constexpr std::size_t kLongestName = 200;  // bytes: it stands in every cue

/// A number above 0, or a pair of them ("1000 1001"); the second is 1 if it is missing.
struct Numbers {
  double first = 0;
  double second = 1;
};

std::optional<Numbers> numbers(std::string_view text) {
  const auto take = [&text]() -> std::optional<double> {
    skip_space(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || !std::isfinite(value) || value <= 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  };
  const auto first = take();
  if (!first) return std::nullopt;
  skip_space(text);
  if (text.starts_with(':')) text.remove_prefix(1);  // the old form of a multiplier
  return Numbers{*first, take().value_or(1)};
}

std::string value_of(const XmlToken& token, std::string_view space, std::string_view name) {
  for (const auto& each : token.attributes) {
    if (each.space == space && each.name == name) return each.value;
  }
  return {};
}

}  // namespace

void TtmlHead::root(const XmlToken& token) {
  language_ = value_of(token, kXmlNamespace, "lang");
  // The tick rate follows from the frame rate unless it is given, so that comes last.
  std::optional<double> frames;
  double multiplier = 1;
  for (const auto& each : token.attributes) {
    if (each.space != kTtmlParameter) continue;
    const auto value = numbers(each.value);
    if (!value) continue;
    if (each.name == "frameRate") frames = value->first;
    if (each.name == "frameRateMultiplier") multiplier = value->first / value->second;
    if (each.name == "subFrameRate") clock_.sub_frame_rate = value->first;
    if (each.name == "cellResolution") grid_.columns = value->first;
    if (each.name == "cellResolution") grid_.rows = value->second;
  }
  clock_.frame_rate = frames.value_or(30) * multiplier;
  clock_.tick_rate = frames ? clock_.frame_rate * clock_.sub_frame_rate : 1;
  if (const auto ticks = numbers(value_of(token, kTtmlParameter, "tickRate")))
    clock_.tick_rate = ticks->first;
  const auto extent = value_of(token, kTtmlStyling, "extent");
  if (const auto size = numbers(extent); size && extent.find("px") != std::string::npos) {
    grid_.width = size->first;
    const auto second = extent.find("px") + 2;
    grid_.height = numbers(std::string_view{extent}.substr(second)).value_or(Numbers{}).first;
  }
}

void TtmlHead::start(const XmlToken& token) {
  const auto parent = path_.empty() ? std::string{} : path_.back();
  path_.push_back(token.name);
  const auto id = value_of(token, kXmlNamespace, "id");
  if (token.name == "style" && parent == "styling") {
    styles_[id] = style_of(token);
  } else if (token.name == "style" && parent == "region") {
    regions_[region_].override_with(style_of(token));
  } else if (token.name == "region") {
    region_ = id;
    regions_[id].override_with(style_of(token));
  } else if (token.name == "initial") {
    static_cast<void>(style_of(token));
    builder_.report(FindingKind::style_lost, Severity::warning, token.line, "<initial>");
  } else if (token.name == "agent" && token.space == kTtmlMetadata) {
    agent_ = id;
  }
}

void TtmlHead::text(std::string_view text) {
  if (path_.size() < 2 || path_.back() != "name" || path_[path_.size() - 2] != "agent") return;
  auto& name = agents_[agent_];
  if (name.size() + text.size() <= kLongestName) name += text;
}

void TtmlHead::end() {
  if (!path_.empty()) path_.pop_back();
}

TtmlStyle TtmlHead::style_of(const XmlToken& token) {
  auto style = referenced(token);
  for (const auto& each : token.attributes) {
    if (each.space == kTtmlStyling && !read_ttml_style(each, style)) lost(each, token.line);
    const bool foreign = !each.space.empty() && each.space != kTtmlStyling && each.space != kXmlNamespace &&
                         each.space != kTtmlMetadata && each.space != kTtmlParameter;
    if (foreign) lost(each, token.line);
  }
  return style;
}

TtmlStyle TtmlHead::referenced(const XmlToken& token) const {
  TtmlStyle style;
  const auto value = value_of(token, {}, "style");
  for (std::string_view rest = value; !rest.empty();) {
    skip_space(rest);
    const auto name = rest.substr(0, rest.find_first_of(kSpace));
    rest.remove_prefix(name.size());
    if (const auto found = styles_.find(name); found != styles_.end()) style.override_with(found->second);
  }
  return style;
}

std::string TtmlHead::agent(std::string_view id) const {
  const auto found = agents_.find(id);
  return found == agents_.end() ? std::string{} : found->second;
}

CueSettings TtmlHead::placed(const std::string& region, const TtmlStyle& style, std::size_t line) {
  const auto found = regions_.find(region);
  TtmlStyle whole = found == regions_.end() ? TtmlStyle{} : found->second;
  whole.override_with(style);
  if (const auto settings = place_in_region(whole, grid_)) return *settings;
  if (told_.insert("region " + region).second) {
    builder_.report(FindingKind::position_lost, Severity::warning, line,
                    whole.origin.value_or("") + ' ' + whole.extent.value_or(""));
  }
  CueSettings settings;
  if (whole.align) settings.align = *whole.align;
  return settings;
}

void TtmlHead::lost(const XmlAttribute& attribute, std::size_t line) {
  constexpr std::size_t kMostTold = 200;
  if (told_.size() >= kMostTold || !told_.insert(attribute.name).second) return;
  builder_.report(FindingKind::style_lost, Severity::warning, line, attribute.name);
}

}  // namespace tongxing::accessibility
