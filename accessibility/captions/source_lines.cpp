// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/source_lines.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kMostReports = 20;  // of one kind: a file in another encoding is wrong everywhere

/// A CR that no LF follows.
bool has_lone_cr(std::string_view text) {
  for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  }
  return false;
}

bool needs_repair(std::string_view text) {
  return text.find('\0') != std::string_view::npos || has_lone_cr(text) || first_invalid(text).has_value();
}

}  // namespace

SourceLines::SourceLines(std::string_view bytes) {
  if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  if (bytes.starts_with(kBom)) {
    report(FindingKind::second_bom, Severity::error, 1);
    while (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  }
  if (needs_repair(bytes)) {
    repair(bytes);
    bytes = repaired_;
  }
  cut(bytes);
}

void SourceLines::cut(std::string_view text) {
  lines_.reserve(1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines_.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void SourceLines::repair(std::string_view bytes) {
  repaired_.reserve(bytes.size());
  std::size_t line = 1;
  while (!bytes.empty()) {
    const auto next = decode_front(bytes.substr(0, 4));
    const auto taken = bytes.substr(0, next.length);
    bytes.remove_prefix(next.length);
    if (!next.valid || next.code == 0) {
      report(next.valid ? FindingKind::nul_character : FindingKind::not_utf8, Severity::error, line);
      append_utf8(repaired_, kReplacement);
    } else if (next.code == '\r') {
      if (bytes.starts_with('\n')) continue;
      report(FindingKind::lone_cr, Severity::warning, line);
      repaired_ += '\n';
      ++line;
    } else {
      repaired_ += taken;
      line += next.code == '\n' ? 1 : 0;
    }
  }
}

void SourceLines::report(FindingKind kind, Severity severity, std::size_t line) {
  const auto same = std::ranges::count(findings_, kind, &Finding::kind);
  const bool told = std::ranges::any_of(
      findings_, [&](const Finding& finding) { return finding.kind == kind && finding.line == line; });
  if (told || static_cast<std::size_t>(same) >= kMostReports) return;
  findings_.push_back({.kind = kind, .severity = severity, .line = line});
}

}  // namespace tongxing::accessibility
