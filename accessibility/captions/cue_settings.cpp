// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kSpace = " \t\n\f\r";

template <typename Value, std::size_t Size>
using Words = std::array<std::pair<std::string_view, Value>, Size>;

constexpr Words<Vertical, 2> kVerticals{{{"rl", Vertical::rl}, {"lr", Vertical::lr}}};
constexpr Words<LineAlign, 3> kLineAligns{
    {{"start", LineAlign::start}, {"center", LineAlign::center}, {"end", LineAlign::end}}};
constexpr Words<PositionAlign, 3> kPositionAligns{{{"line-left", PositionAlign::line_left},
                                                   {"center", PositionAlign::center},
                                                   {"line-right", PositionAlign::line_right}}};
constexpr Words<TextAlign, 5> kTextAligns{{{"start", TextAlign::start},
                                           {"center", TextAlign::center},
                                           {"end", TextAlign::end},
                                           {"left", TextAlign::left},
                                           {"right", TextAlign::right}}};

template <typename Value, std::size_t Size>
bool read_word(const Words<Value, Size>& words, std::string_view text, Value& out) {
  const auto found = std::ranges::find(words, text, [](const auto& word) { return word.first; });
  if (found == words.end()) return false;
  out = found->second;
  return true;
}

template <typename Value, std::size_t Size>
std::string_view word_of(const Words<Value, Size>& words, Value value) {
  const auto found = std::ranges::find(words, value, [](const auto& word) { return word.second; });
  return found == words.end() ? std::string_view{} : found->first;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits, perhaps a point with digits on both sides, as the nearest double (HTML, "rules for parsing
/// floating-point number values"). False: no such form, or larger than every double.
bool read_number(std::string_view text, double& out) {
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return false;
  if (point != std::string_view::npos) {
    const auto fraction = text.substr(point + 1);
    if (fraction.empty() || !std::ranges::all_of(fraction, is_digit)) return false;
  }
  const auto error =
      std::from_chars(text.data(), text.data() + text.size(), out, std::chars_format::fixed).ec;
  if (error == std::errc::result_out_of_range) {
    if (whole.find_first_not_of('0') != std::string_view::npos) return false;
    out = 0;  // too near to it for a double
    return true;
  }
  return error == std::errc{};
}

/// WebVTT §6.3, "parse a percentage string".
bool read_percentage(std::string_view text, double& out) {
  if (!text.ends_with('%')) return false;
  text.remove_suffix(1);
  double value = 0;
  if (!read_number(text, value) || value > 100) return false;
  out = value;
  return true;
}

/// "a,b" into a and b; no comma: `second` stays empty and `has_second` false.
struct Halves {
  std::string_view first;
  std::string_view second;
  bool has_second = false;
};

Halves split(std::string_view text, char at) {
  const auto comma = text.find(at);
  if (comma == std::string_view::npos) return {text, {}, false};
  return {text.substr(0, comma), text.substr(comma + 1), true};
}

/// How much of a setting was understood.
enum class Taken : std::uint8_t {
  whole,
  without_alignment,  ///< the number counts, the word after its comma does not
  nothing
};

Taken taken_if(bool good) {
  return good ? Taken::whole : Taken::nothing;
}

/// An alignment that is no known word leaves the one that was there, and the number counts all the same: so
/// the browsers and their shared tests have it, where the text of the standard drops the whole setting.
template <typename Value, std::size_t Size>
Taken read_alignment(const Words<Value, Size>& words, const Halves& halves, Value& out) {
  if (!halves.has_second || read_word(words, halves.second, out)) return Taken::whole;
  return Taken::without_alignment;
}

Taken read_line(std::string_view value, CueSettings& settings) {
  const auto halves = split(value, ',');
  const auto number = halves.first;
  double line = 0;
  const bool percent = number.ends_with('%');
  if (percent) {
    if (!read_percentage(number, line)) return Taken::nothing;
  } else {
    const bool negative = number.starts_with('-');
    if (!read_number(negative ? number.substr(1) : number, line)) return Taken::nothing;
    if (negative && line != 0) line = -line;  // HTML knows no -0
  }
  settings.line = line;
  settings.line_unit = percent ? LineUnit::percent : LineUnit::lines;
  settings.region.clear();
  return read_alignment(kLineAligns, halves, settings.line_align);
}

Taken read_position(std::string_view value, CueSettings& settings) {
  const auto halves = split(value, ',');
  double position = 0;
  if (!read_percentage(halves.first, position)) return Taken::nothing;
  settings.position = position;
  return read_alignment(kPositionAligns, halves, settings.position_align);
}

/// A cue that is placed by itself drops out of the region that was named before (§6.3): in the order of the
/// settings.
Taken read_setting(std::string_view name, std::string_view value, CueSettings& settings) {
  if (name == "line") return read_line(value, settings);
  if (name == "position") return read_position(value, settings);
  if (name == "align") return taken_if(read_word(kTextAligns, value, settings.align));
  if (name == "size") {
    if (!read_percentage(value, settings.size)) return Taken::nothing;
    if (settings.size < 100) settings.region.clear();
    return Taken::whole;
  }
  if (name == "vertical") {
    const bool known = read_word(kVerticals, value, settings.vertical);
    if (settings.vertical != Vertical::horizontal) settings.region.clear();
    return taken_if(known);
  }
  return Taken::nothing;
}

/// Calls `read(name, value)` for every "name:value"; what it does not take whole, and what has no such form,
/// is collected.
template <typename Read>
std::vector<std::string> for_each_setting(std::string_view text, Read read) {
  std::vector<std::string> ignored;
  for (;;) {
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return ignored;
    text.remove_prefix(first);
    const auto setting = text.substr(0, text.find_first_of(kSpace));
    text.remove_prefix(setting.size());
    const auto [name, value, has_value] = split(setting, ':');
    if (name.empty() || value.empty() || !has_value || read(name, value) != Taken::whole) {
      ignored.emplace_back(setting);
    }
  }
}

bool read_anchor(std::string_view value, double& x, double& y) {
  const auto [first, second, has_second] = split(value, ',');
  double new_x = 0;
  double new_y = 0;
  if (!has_second || !read_percentage(first, new_x) || !read_percentage(second, new_y)) return false;
  x = new_x;
  y = new_y;
  return true;
}

bool read_lines(std::string_view value, double& out) {
  return std::ranges::all_of(value, is_digit) && read_number(value, out);
}

bool read_region_setting(std::string_view name, std::string_view value, Region& region) {
  if (name == "id") {
    region.id = value;
    return true;
  }
  if (name == "width") return read_percentage(value, region.width);
  if (name == "lines") return read_lines(value, region.lines);
  if (name == "regionanchor") return read_anchor(value, region.anchor_x, region.anchor_y);
  if (name == "viewportanchor") return read_anchor(value, region.viewport_x, region.viewport_y);
  if (name == "scroll" && value == "up") {
    region.scroll_up = true;
    return true;
  }
  return false;
}

std::string number_text(double value) {
  std::array<char, 400> buffer{};  // the largest double has 309 digits, the smallest one 324 after its point
  const auto end = std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::fixed).ptr;
  return {buffer.data(), end};
}

std::string percent_text(double value) {
  return number_text(value) + '%';
}

}  // namespace

SettingsRead parse_cue_settings(std::string_view text, const std::vector<Region>& regions) {
  SettingsRead result;
  auto& settings = result.settings;
  result.ignored = for_each_setting(text, [&](std::string_view name, std::string_view value) {
    if (name != "region") return read_setting(name, value, settings);
    const bool known = std::ranges::find(regions, value, &Region::id) != regions.end();
    settings.region = known ? value : std::string_view{};
    if (!known) result.unknown_region = value;
    return Taken::whole;
  });
  return result;
}

std::string cue_settings_text(const CueSettings& settings) {
  std::string out;
  if (settings.vertical != Vertical::horizontal) {
    out += " vertical:" + std::string{word_of(kVerticals, settings.vertical)};
  }
  if (settings.line) {
    out += " line:" + number_text(*settings.line) + (settings.line_unit == LineUnit::percent ? "%" : "");
    if (settings.line_align != LineAlign::start)
      out += ',' + std::string{word_of(kLineAligns, settings.line_align)};
  }
  if (settings.position) {
    out += " position:" + percent_text(*settings.position);
    if (settings.position_align != PositionAlign::automatic) {
      out += ',' + std::string{word_of(kPositionAligns, settings.position_align)};
    }
  }
  if (settings.size < 100) out += " size:" + percent_text(settings.size);
  if (settings.align != TextAlign::center)
    out += " align:" + std::string{word_of(kTextAligns, settings.align)};
  if (!settings.region.empty()) out += " region:" + settings.region;
  return out;
}

RegionRead parse_region(std::string_view text) {
  RegionRead result;
  result.ignored = for_each_setting(text, [&](std::string_view name, std::string_view value) {
    return taken_if(read_region_setting(name, value, result.region));
  });
  return result;
}

std::string region_text(const Region& region) {
  auto out = "REGION\nid:" + region.id + "\nwidth:" + percent_text(region.width) +
             "\nlines:" + number_text(region.lines) + "\nregionanchor:" + percent_text(region.anchor_x) +
             ',' + percent_text(region.anchor_y) + "\nviewportanchor:" + percent_text(region.viewport_x) +
             ',' + percent_text(region.viewport_y) + '\n';
  if (region.scroll_up) out += "scroll:up\n";
  return out;
}

}  // namespace tongxing::accessibility
