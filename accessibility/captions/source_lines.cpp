// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/source_lines.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::size_t kMostReports = 20;  // of one kind: a file in another encoding is wrong everywhere

}  // namespace

SourceLines::SourceLines(std::string_view bytes) {
  if (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  if (bytes.starts_with(kBom)) {
    report(FindingKind::second_bom, Severity::error, 1);
    while (bytes.starts_with(kBom)) bytes.remove_prefix(kBom.size());
  }
  repair(bytes);
  for (std::string_view rest = text_; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    lines_.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

void SourceLines::repair(std::string_view bytes) {
  text_.reserve(bytes.size());
  std::size_t line = 1;
  while (!bytes.empty()) {
    const auto next = decode_front(bytes.substr(0, 4));
    const auto taken = bytes.substr(0, next.length);
    bytes.remove_prefix(next.length);
    if (!next.valid || next.code == 0) {
      report(next.valid ? FindingKind::nul_character : FindingKind::not_utf8, Severity::error, line);
      append_utf8(text_, kReplacement);
    } else if (next.code == '\r') {
      if (bytes.starts_with('\n')) continue;
      report(FindingKind::lone_cr, Severity::warning, line);
      text_ += '\n';
      ++line;
    } else {
      text_ += taken;
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
