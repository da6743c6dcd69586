// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/description_script.hpp"

#include "accessibility/captions/cue_text.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace tongxing::accessibility {

namespace {

/// One line, runs of white space as one space, none at the ends.
std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

std::string numbered(std::size_t number) {
  const std::string digits = std::to_string(number);
  return "ad-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

/// Gives every description a name of its own.
void name_all(std::vector<Description>& descriptions) {
  std::set<std::string, std::less<>> taken;
  std::size_t number = 0;
  for (Description& one : descriptions) {
    ++number;
    if (one.id.empty() || taken.contains(one.id)) one.id = numbered(number);
    while (taken.contains(one.id)) one.id += "-2";
    taken.insert(one.id);
  }
}

}  // namespace

std::expected<DescriptionScript, CaptionError> read_description_script(std::string_view bytes) {
  auto file = read_captions(bytes);
  if (!file) return std::unexpected(file.error());
  DescriptionScript script;
  for (Cue& cue : file->track.cues) {
    std::string text = one_line(plain_text(cue.text));
    if (text.empty()) continue;
    if (text.size() > kMaxCueBytes) {
      return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, cue.line});
    }
    script.descriptions.push_back(
        {std::move(cue.id), std::move(text), {cue.start, std::max(cue.start, cue.end)}, cue.line});
  }
  std::ranges::sort(script.descriptions, {},
                    [](const Description& one) { return std::pair(one.wish.start, one.line); });
  name_all(script.descriptions);
  script.findings = std::move(file->findings);
  return script;
}

}  // namespace tongxing::accessibility
