// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ttml_style.hpp"

#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace tongxing::accessibility {
namespace {

template <typename Value, std::size_t Size>
using Words = std::array<std::pair<std::string_view, Value>, Size>;

constexpr Words<TextAlign, 6> kAligns{{{"start", TextAlign::start},
                                       {"center", TextAlign::center},
                                       {"end", TextAlign::end},
                                       {"left", TextAlign::left},
                                       {"right", TextAlign::right},
                                       {"justify", TextAlign::start}}};
constexpr Words<TtmlDisplayAlign, 3> kDisplayAligns{{{"before", TtmlDisplayAlign::before},
                                                     {"center", TtmlDisplayAlign::center},
                                                     {"after", TtmlDisplayAlign::after}}};
constexpr Words<Vertical, 7> kWritingModes{{{"lrtb", Vertical::horizontal},
                                            {"rltb", Vertical::horizontal},
                                            {"lr", Vertical::horizontal},
                                            {"rl", Vertical::horizontal},
                                            {"tbrl", Vertical::rl},
                                            {"tb", Vertical::rl},
                                            {"tblr", Vertical::lr}}};
constexpr Words<TtmlRuby, 5> kRubies{{{"container", TtmlRuby::container},
                                      {"base", TtmlRuby::base},
                                      {"text", TtmlRuby::text},
                                      {"delimiter", TtmlRuby::delimiter},
                                      {"none", TtmlRuby::none}}};

template <typename Value, std::size_t Size>
std::optional<Value> word(const Words<Value, Size>& words, std::string_view text) {
  const auto found = std::ranges::find(words, text, [](const auto& row) { return row.first; });
  if (found == words.end()) return std::nullopt;
  return found->second;
}

/// Takes "12.5%" and the like; `whole` is the side of the picture that it is measured along.
std::optional<double> take_length(std::string_view& text, double pixels, double cells) {
  skip_space(text);
  const auto number = text.substr(0, text.find_first_not_of("0123456789.-+"));
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
    return std::nullopt;
  text.remove_prefix(number.size());
  const auto unit = text.substr(0, text.find_first_of(" \t\n"));
  text.remove_prefix(unit.size());
  if (unit == "%") return value;
  if (unit == "px" && pixels > 0) return value / pixels * 100;
  if (unit == "c" && cells > 0) return value / cells * 100;
  return std::nullopt;
}

double in_picture(double percent) {
  return std::clamp(std::round(percent * 100) / 100, 0.0, 100.0);
}

void place_line(CueSettings& settings, TtmlDisplayAlign align, double top, double height) {
  settings.line_unit = LineUnit::percent;
  switch (align) {
    case TtmlDisplayAlign::before:
      settings.line = in_picture(top);
      settings.line_align = LineAlign::start;
      break;
    case TtmlDisplayAlign::center:
      settings.line = in_picture(top + height / 2);
      settings.line_align = LineAlign::center;
      break;
    case TtmlDisplayAlign::after:
      settings.line = in_picture(top + height);
      settings.line_align = LineAlign::end;
      break;
  }
}

/// Where the text's anchor is, from the alignment: WebVTT places the box by it.
double anchor_of(TextAlign align, double left, double width) {
  if (align == TextAlign::center) return left + width / 2;
  return align == TextAlign::end || align == TextAlign::right ? left + width : left;
}

}  // namespace

void TtmlStyle::override_with(const TtmlStyle& other) {
  const auto take = [](auto& mine, const auto& theirs) {
    if (theirs) mine = theirs;
  };
  take(italic, other.italic);
  take(bold, other.bold);
  take(underline, other.underline);
  take(align, other.align);
  take(display_align, other.display_align);
  take(vertical, other.vertical);
  take(origin, other.origin);
  take(extent, other.extent);
  if (other.ruby != TtmlRuby::none) ruby = other.ruby;
}

bool read_ttml_style(const XmlAttribute& attribute, TtmlStyle& style) {
  const auto& [space, name, value] = attribute;
  if (name == "fontStyle") {
    style.italic = value == "italic" || value == "oblique";
  } else if (name == "fontWeight") {
    style.bold = value == "bold";
  } else if (name == "textDecoration") {
    style.underline =
        value.find("underline") != std::string::npos && value.find("noUnderline") == std::string::npos;
    return value == "none" || value == "underline" || value == "noUnderline";
  } else if (name == "textAlign") {
    style.align = word(kAligns, value);
    return style.align.has_value();
  } else if (name == "displayAlign") {
    style.display_align = word(kDisplayAligns, value);
    return style.display_align.has_value();
  } else if (name == "writingMode") {
    style.vertical = word(kWritingModes, value);
    return style.vertical.has_value();
  } else if (name == "origin") {
    style.origin = value;
  } else if (name == "extent") {
    style.extent = value;
  } else if (name == "ruby") {
    const auto ruby = word(kRubies, value);
    style.ruby = ruby.value_or(TtmlRuby::none);
    return ruby.has_value() || value == "baseContainer" || value == "textContainer";
  } else {
    return false;
  }
  return true;
}

std::optional<TtmlPoint> ttml_percent(std::string_view lengths, const TtmlGrid& grid) {
  const auto x = take_length(lengths, grid.width, grid.columns);
  const auto y = x ? take_length(lengths, grid.height, grid.rows) : std::nullopt;
  skip_space(lengths);
  if (!y || !lengths.empty()) return std::nullopt;
  return TtmlPoint{*x, *y};
}

std::optional<CueSettings> place_in_region(const TtmlStyle& style, const TtmlGrid& grid) {
  CueSettings settings;
  settings.vertical = style.vertical.value_or(Vertical::horizontal);
  if (style.align) settings.align = *style.align;
  if (!style.origin && !style.extent) {
    // The whole picture: what stands at its bottom is where WebVTT has it anyway.
    if (style.display_align == TtmlDisplayAlign::before) settings.line = 0;
    if (style.display_align == TtmlDisplayAlign::center)
      place_line(settings, TtmlDisplayAlign::center, 0, 100);
    return settings;
  }
  const auto origin =
      style.origin && *style.origin != "auto" ? ttml_percent(*style.origin, grid) : TtmlPoint{0, 0};
  const auto extent =
      style.extent && *style.extent != "auto" ? ttml_percent(*style.extent, grid) : TtmlPoint{100, 100};
  if (!origin || !extent || settings.vertical != Vertical::horizontal) return std::nullopt;
  settings.size = in_picture(extent->x);
  if (settings.size < 100) settings.position = in_picture(anchor_of(settings.align, origin->x, extent->x));
  place_line(settings, style.display_align.value_or(TtmlDisplayAlign::before), origin->y, extent->y);
  return settings;
}

}  // namespace tongxing::accessibility
