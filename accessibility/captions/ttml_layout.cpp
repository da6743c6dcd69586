// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ttml_layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace tongxing::accessibility {
namespace {

constexpr double kLineHeight = 100.0 / 15;  // the rows of ttp:cellResolution

/// A box in percent of the picture, and at which of its edges the text stands.
struct Box {
  double left = 0;
  double top = 0;
  double width = 100;
  double height = 100;
  std::string_view display_align = "after";
};

std::string percent(double value) {
  std::array<char, 32> buffer{};
  const auto rounded = std::clamp(std::round(value * 100) / 100, 0.0, 100.0);
  const auto end = std::to_chars(buffer.begin(), buffer.end(), rounded, std::chars_format::fixed).ptr;
  return std::string{buffer.data(), end} + '%';
}

std::string_view word_of(TextAlign align) {
  switch (align) {
    case TextAlign::start:
      return "start";
    case TextAlign::end:
      return "end";
    case TextAlign::left:
      return "left";
    case TextAlign::right:
      return "right";
    default:
      return "center";
  }
}

PositionAlign anchor_of(const CueSettings& settings) {
  if (settings.position_align != PositionAlign::automatic) return settings.position_align;
  if (settings.align == TextAlign::start || settings.align == TextAlign::left)
    return PositionAlign::line_left;
  if (settings.align == TextAlign::end || settings.align == TextAlign::right)
    return PositionAlign::line_right;
  return PositionAlign::center;
}

/// WebVTT §7.2, "apply WebVTT cue settings": position and size to the left edge and the width.
void place_across(const CueSettings& settings, Box& box) {
  const auto anchor = anchor_of(settings);
  const double automatic = anchor == PositionAlign::line_left    ? 0
                           : anchor == PositionAlign::line_right ? 100
                                                                 : 50;
  const double position = settings.position.value_or(automatic);
  double most = 2 * std::min(position, 100 - position);
  if (anchor == PositionAlign::line_left) most = 100 - position;
  if (anchor == PositionAlign::line_right) most = position;
  box.width = std::min(settings.size, most);
  box.left = position;
  if (anchor == PositionAlign::center) box.left -= box.width / 2;
  if (anchor == PositionAlign::line_right) box.left -= box.width;
}

void place_percent(double line, LineAlign align, Box& box) {
  if (align == LineAlign::start) {
    box.top = line;
    box.height = 100 - line;
    box.display_align = "before";
  } else if (align == LineAlign::end) {
    box.height = line;
    box.display_align = "after";
  } else {
    box.height = 2 * std::min(line, 100 - line);
    box.top = line - box.height / 2;
    box.display_align = "center";
  }
}

/// Lines count from the top, or with a minus from the bottom.
void place_lines(double line, Box& box) {
  if (line >= 0) {
    box.top = std::min(line * kLineHeight, 100 - kLineHeight);
    box.height = 100 - box.top;
    box.display_align = "before";
  } else {
    box.height = std::clamp(100 + (line + 1) * kLineHeight, kLineHeight, 100.0);
  }
}

Box box_of(const Region& region) {
  Box box;
  box.width = region.width;
  box.height = std::min(region.lines * kLineHeight, 100.0);
  box.left = std::clamp(region.viewport_x - region.anchor_x * box.width / 100, 0.0, 100 - box.width);
  box.top = std::clamp(region.viewport_y - region.anchor_y * box.height / 100, 0.0, 100 - box.height);
  return box;
}

std::string text_of(const Box& box, TextAlign align) {
  std::string out;
  if (box.left > 0 || box.top > 0 || box.width < 100 || box.height < 100) {
    out += " tts:origin=\"" + percent(box.left) + ' ' + percent(box.top) + "\" tts:extent=\"" +
           percent(box.width) + ' ' + percent(box.height) + '"';
  }
  out.append(" tts:displayAlign=\"").append(box.display_align).append("\" tts:textAlign=\"");
  return out.append(word_of(align)).append("\"");
}

}  // namespace

TtmlPlace ttml_place(const CueSettings& settings, const Region* region) {
  if (region != nullptr) return {text_of(box_of(*region), settings.align), TtmlFit::near};
  Box box;
  if (settings.vertical != Vertical::horizontal) {
    const bool placed = settings.line || settings.position || settings.size < 100;
    const std::string mode = settings.vertical == Vertical::rl ? "tbrl" : "tblr";
    return {" tts:writingMode=\"" + mode + '"' + text_of(box, settings.align),
            placed ? TtmlFit::near : TtmlFit::exact};
  }
  place_across(settings, box);
  const bool in_lines = settings.line && settings.line_unit == LineUnit::lines;
  if (in_lines) place_lines(*settings.line, box);
  if (settings.line && !in_lines) place_percent(*settings.line, settings.line_align, box);
  return {text_of(box, settings.align), in_lines ? TtmlFit::near : TtmlFit::exact};
}

}  // namespace tongxing::accessibility
