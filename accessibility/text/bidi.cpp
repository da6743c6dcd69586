// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/bidi.hpp"

#include <algorithm>
#include <cstddef>

namespace tongxing::accessibility {
namespace {

constexpr char kLead = '\xE2';
constexpr std::size_t kLength = 3;
constexpr char32_t kLastOpener = 0x2068;  // U+2066 to U+2068 open an isolate, U+2069 ends it
constexpr char32_t kFirstIsolate = 0x2066;
constexpr char32_t kEndOfIsolate = 0x2069;

/// The control at `at`, where a byte 0xE2 stands; 0: another character.
char32_t control_at(std::string_view text, std::size_t at) {
  if (text.size() - at < kLength) return 0;
  const auto middle = static_cast<unsigned char>(text[at + 1]);
  const auto last = static_cast<unsigned char>(text[at + 2]);
  if (middle == 0x80 && last >= 0xAA && last <= 0xAE) return 0x2000U + (last & 0x3FU);
  if (middle == 0x81 && last >= 0xA6 && last <= 0xA9) return 0x2040U + (last & 0x3FU);
  return 0;
}

/// Calls `found(at, control)` for each control; stops when it gives false.
template <typename Found>
void for_each_control(std::string_view text, Found found) {
  for (auto at = text.find(kLead); at != std::string_view::npos; at = text.find(kLead, at + 1)) {
    const auto control = control_at(text, at);
    if (control != 0 && !found(at, control)) return;
  }
}

bool isolates_are_balanced(std::string_view line) {
  int open = 0;
  bool balanced = true;
  for_each_control(line, [&](std::size_t, char32_t control) {
    if (control == kEndOfIsolate) balanced = --open >= 0;
    if (control >= kFirstIsolate && control <= kLastOpener) ++open;
    return balanced;
  });
  return balanced && open == 0;
}

void append_clean(std::string& out, std::string_view line) {
  const bool keep_isolates = isolates_are_balanced(line);
  std::size_t from = 0;
  for_each_control(line, [&](std::size_t at, char32_t control) {
    if (control >= kFirstIsolate && keep_isolates) return true;
    out += line.substr(from, at - from);
    from = at + kLength;
    return true;
  });
  out += line.substr(from);
}

}  // namespace

std::optional<char32_t> first_bidi_control(std::string_view utf8) {
  std::optional<char32_t> first;
  for_each_control(utf8, [&](std::size_t, char32_t control) {
    first = control;
    return false;
  });
  return first;
}

std::string without_bidi_tricks(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    const auto end = std::min(utf8.find('\n'), utf8.size());
    append_clean(out, utf8.substr(0, end));
    if (end < utf8.size()) out += '\n';
    utf8.remove_prefix(std::min(end + 1, utf8.size()));
  }
  return out;
}

}  // namespace tongxing::accessibility
