// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_builder.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/bidi.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tongxing::accessibility {
namespace {

/// Unknown tags are refused: what stands in them would be lost, and nobody writes <script> by mistake.
Severity severity_of(FindingKind kind) {
  return kind == FindingKind::unknown_tag ? Severity::error : Severity::warning;
}

constexpr std::size_t kLongestQuote = 40;  // bytes of foreign text in a finding

std::string shortened(std::string text) {
  if (text.size() <= kLongestQuote) return text;
  std::size_t end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text + "…";
}

}  // namespace

void CueBuilder::report(FindingKind kind, Severity severity, std::size_t line, std::string text) {
  file_.findings.push_back(
      {.kind = kind, .severity = severity, .line = line, .text = shortened(std::move(text))});
}

std::expected<void, CaptionError> CueBuilder::add(Cue cue, std::size_t text_line) {
  if (file_.track.cues.size() == kMaxCues) {
    return std::unexpected(CaptionError{CaptionErrorKind::too_many_cues, cue.line});
  }
  if (cue.text.size() > kMaxCueBytes || cue.id.size() > kMaxCueBytes) {
    return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, cue.line});
  }
  check_text(cue, text_line);
  file_.track.cues.push_back(std::move(cue));
  return {};
}

void CueBuilder::check_text(const Cue& cue, std::size_t text_line) {
  // Most cues have no markup: what is to be known of them is known without a tree.
  if (cue.text.find_first_of("<&") == std::string::npos) return check_plain(cue, cue.text);
  const auto parsed = parse_cue_text(cue.text);
  for (const auto& problem : parsed.problems) {
    const auto end =
        cue.text.begin() + static_cast<std::ptrdiff_t>(std::min(problem.offset, cue.text.size()));
    const auto line = text_line + static_cast<std::size_t>(std::count(cue.text.begin(), end, '\n'));
    report(problem.kind, severity_of(problem.kind), line, problem.text);
  }
  check_plain(cue, plain_text(parsed.nodes));
}

void CueBuilder::check_plain(const Cue& cue, std::string_view plain) {
  if (plain.find_first_not_of(" \t\n") == std::string_view::npos) {
    report(FindingKind::cue_empty, Severity::warning, cue.line);
  }
  if (const auto control = first_bidi_control(plain)) {
    std::array<char, 4> digits{};
    std::to_chars(digits.begin(), digits.end(), static_cast<std::uint32_t>(*control), 16);
    std::ranges::transform(digits, digits.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    report(FindingKind::bidi_control, Severity::warning, cue.line,
           "U+" + std::string(digits.begin(), digits.end()));
  }
}

void CueBuilder::finish() {
  std::ranges::sort(file_.findings, [](const Finding& a, const Finding& b) {
    return std::pair{a.line, a.kind} < std::pair{b.line, b.kind};
  });
}

}  // namespace tongxing::accessibility
