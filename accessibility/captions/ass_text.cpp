// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/ass_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";

/// The number after a tag's name; nullopt: something else stands there.
std::optional<int> number_after(std::string_view tag, std::string_view name) {
  if (!tag.starts_with(name)) return std::nullopt;
  tag.remove_prefix(name.size());
  int value = 0;
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), value);
  if (error != std::errc{} || end != tag.data() + tag.size()) return std::nullopt;
  return value;
}

/// Bold is on, off, or a weight from 100 to 900.
bool is_bold(int weight) {
  return weight == 1 || weight >= 600;
}

/// \a of SSA counts 1 to 3 at the bottom, 5 to 7 at the top, 9 to 11 in the middle.
int place_of_ssa(int value) {
  if (value >= 1 && value <= 3) return value;
  if (value >= 5 && value <= 7) return value + 2;
  if (value >= 9 && value <= 11) return value - 5;
  return 0;
}

class Parser {
 public:
  explicit Parser(const RunStyle& base) : base_{base}, style_{base} {}

  AssText run(std::string_view text) {
    while (!text.empty()) {
      const auto open = text.find('{');
      const auto close = open == std::string_view::npos ? open : text.find('}', open);
      if (close == std::string_view::npos) {
        plain(text);
        break;
      }
      if (open > 0) plain(text.substr(0, open));
      braces(text.substr(open + 1, close - open - 1));
      text.remove_prefix(close + 1);
    }
    return std::move(result_);
  }

 private:
  void plain(std::string_view text) {
    if (drawing_) {
      result_.lost.emplace_back(text);
      return;
    }
    StyledRun run{.text = {}, .style = style_};
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
      if (next == 'N' || next == 'n') {
        run.text += '\n';
        ++i;
      } else if (next == 'h') {
        run.text += kNoBreakSpace;
        ++i;
      } else {
        run.text += text[i];
      }
    }
    result_.runs.push_back(std::move(run));
  }

  /// Tags begin with a backslash; what stands before the first one is a comment.
  void braces(std::string_view text) {
    const auto first = std::min(text.find('\\'), text.size());
    if (first > 0) result_.lost.push_back('{' + std::string{text.substr(0, first)} + '}');
    text.remove_prefix(first);
    while (!text.empty()) {
      const auto end = end_of_tag(text);
      if (!tag(text.substr(1, end - 1))) result_.lost.push_back('{' + std::string{text.substr(0, end)} + '}');
      text.remove_prefix(end);
    }
  }

  /// The next backslash that is not inside parentheses, as in \t(\fs20).
  static std::size_t end_of_tag(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] == '(') ++depth;
      if (text[i] == ')') --depth;
      if (text[i] == '\\' && depth <= 0) return i;
    }
    return text.size();
  }

  /// False: it is not kept.
  bool tag(std::string_view tag) {
    if (const auto on = number_after(tag, "i")) {
      style_.italic = *on != 0;
    } else if (const auto line = number_after(tag, "u")) {
      style_.underline = *line != 0;
    } else if (const auto weight = number_after(tag, "b")) {
      style_.bold = is_bold(*weight);
    } else if (const auto key = number_after(tag, "an")) {
      result_.place = *key >= 1 && *key <= 9 ? *key : 0;
    } else if (const auto old = number_after(tag, "a")) {
      result_.place = place_of_ssa(*old);
    } else if (const auto scale = number_after(tag, "p")) {
      drawing_ = *scale > 0;
    } else {
      return reset(tag);
    }
    return true;
  }

  /// Tags without a value go back to the style of the event.
  bool reset(std::string_view tag) {
    if (tag == "i") {
      style_.italic = base_.italic;
    } else if (tag == "u") {
      style_.underline = base_.underline;
    } else if (tag == "b") {
      style_.bold = base_.bold;
    } else if (tag == "r") {
      style_ = base_;
    } else {
      return false;
    }
    return true;
  }

  RunStyle base_;
  RunStyle style_;
  bool drawing_ = false;
  AssText result_;
};

}  // namespace

AssText parse_ass_text(std::string_view text, const RunStyle& base) {
  return Parser{base}.run(text);
}

}  // namespace tongxing::accessibility
