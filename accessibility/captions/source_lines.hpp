// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/finding.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

/// A caption file cut into lines, as the readers need it: byte order mark removed, NUL and broken bytes read
/// as U+FFFD, CRLF, LF and CR all end a line (WebVTT §6.1, steps 1 and 2). What was repaired is told. A text
/// without anything to repair is not copied: the bytes must outlive the lines.
class SourceLines {
 public:
  explicit SourceLines(std::string_view bytes);
  SourceLines(const SourceLines&) = delete;
  SourceLines& operator=(const SourceLines&) = delete;

  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t index) const { return lines_[index]; }
  [[nodiscard]] bool is_empty(std::size_t index) const { return lines_[index].empty(); }
  [[nodiscard]] std::vector<Finding>& findings() { return findings_; }

 private:
  void repair(std::string_view bytes);
  void cut(std::string_view text);
  void report(FindingKind kind, Severity severity, std::size_t line);

  std::string repaired_;
  std::vector<std::string_view> lines_;
  std::vector<Finding> findings_;
};

}  // namespace tongxing::accessibility
