// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/worker/describe_options.hpp"

#include "accessibility/description/ducking.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tongxing::media::worker {

namespace {

template <typename Number>
std::optional<Number> number(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A BCP 47 tag becomes the name of a folder.
bool is_tag(const std::string& text) {
  return !text.empty() && text.size() <= 35 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// Sets one option that has a value; the sentence says what is wrong with it.
std::optional<std::string> set(DescribeOptions& options, const std::string& name, const std::string& value) {
  if (name == "--captions") {
    options.captions.push_back(value);
  } else if (name == "--media") {
    options.media = value;
  } else if (name == "--out") {
    options.out = value;
  } else if (name == "--recorded") {
    options.recorded = value;
  } else if (name == "--language") {
    if (!is_tag(value)) return "--language takes a language tag such as cmn, yue or en.";
    options.language = value;
  } else if (name == "--duration") {
    const auto ms = number<std::int64_t>(value);
    if (!ms || *ms <= 0 || *ms > 86'400'000) return "--duration takes milliseconds, at most 24 hours.";
    options.duration_ms = *ms;
  } else if (name == "--rate") {
    const auto rate = number<int>(value);
    if (!rate || *rate < 60 || *rate > 600)
      return "--rate takes characters (English: words) a minute, 60 to 600.";
    options.units_a_minute = *rate;
  } else if (name == "--duck") {
    const auto duck = number<double>(value);
    if (!duck || !accessibility::duck_allowed(*duck))
      return "--duck takes -6 to -12 decibel, or -20 for clear speech.";
    options.duck_db = *duck;
  } else if (name == "--threads") {
    const auto threads = number<int>(value);
    if (!threads || *threads < 1 || *threads > 16) return "--threads takes 1 to 16.";
    options.threads = *threads;
  } else {
    return "There is no option " + name + ".";
  }
  return std::nullopt;
}

std::optional<std::string> missing(const DescribeOptions& options) {
  if (options.script.empty()) return "The description script is missing.";
  if (options.what == DescribeWhat::plan && options.media.empty() && options.duration_ms == 0) {
    return "--duration (milliseconds) or --media is needed.";
  }
  if (options.what == DescribeWhat::render && options.media.empty()) return "--media is needed.";
  if (options.what == DescribeWhat::render && options.out.empty()) return "--out is needed.";
  return std::nullopt;
}

}  // namespace

std::expected<DescribeOptions, std::string> parse_describe(const std::vector<std::string>& arguments) {
  DescribeOptions options;
  if (arguments.empty() || (arguments[0] != "plan" && arguments[0] != "render")) {
    return std::unexpected("describe what? plan or render.");
  }
  if (arguments[0] == "render") options.what = DescribeWhat::render;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "--json") {
      options.output = Output::json;
    } else if (name == "--events") {
      options.output = Output::events;
    } else if (!name.starts_with("--")) {
      if (!options.script.empty()) return std::unexpected("One script only: " + name + " is too many.");
      options.script = name;
    } else {
      std::string value;
      if (const auto sign = name.find('='); sign != std::string::npos) {
        value = name.substr(sign + 1);
        name.resize(sign);
      } else if (++i < arguments.size()) {
        value = arguments[i];
      } else {
        return std::unexpected(name + " needs a value.");
      }
      if (const auto wrong = set(options, name, value)) return std::unexpected(*wrong);
    }
  }
  if (const auto wrong = missing(options)) return std::unexpected(*wrong);
  return options;
}

const char* describe_usage() {
  return "describe plan SCRIPT [--captions FILE]… (--duration MS | --media FILE) [--language cmn] [--rate "
         "220] [--json]\n"
         "    where each description of the script is spoken, and how much room there is\n"
         "describe render SCRIPT --media FILE --out DIR [--captions FILE]… [--language cmn] [--rate 220] "
         "[--duck -8]\n"
         "                [--recorded DIR|FILE] [--threads 2] [--json | --events]\n"
         "    makes the described sound of a lesson, clips and data; where DIR is a package of the same "
         "lesson, the\n"
         "    described rendition joins it\n";
}

}  // namespace tongxing::media::worker
