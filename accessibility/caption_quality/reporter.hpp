// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/prepared.hpp"
#include "accessibility/caption_quality/rules.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Where measurements become findings, by the table of limits. Used inside this folder only.
namespace tongxing::accessibility {

class Reporter {
 public:
  Reporter(LanguageGroup group, TrackUse use) : group_{group}, use_{use} {}

  /// Whether the kind concerns this language and use: what costs much to measure asks first.
  [[nodiscard]] bool wants(FindingKind kind) const { return limits_for(kind, group_, use_) != nullptr; }
  [[nodiscard]] LanguageGroup group() const { return group_; }

  /// Compares a value with its limits. `cue` nullptr: the track as a whole.
  void measure(FindingKind kind, const PreparedCue* cue, std::int64_t value, std::string text = {});

  /// Reports what was found wrong otherwise, with the severity of its row.
  void flag(FindingKind kind, const PreparedCue* cue, std::int64_t value, std::int64_t limit,
            std::string text = {});

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  void add(FindingKind kind, Severity severity, const PreparedCue* cue, std::int64_t value,
           std::int64_t limit, std::string text);

  LanguageGroup group_;
  TrackUse use_;
  std::vector<Finding> findings_;
};

}  // namespace tongxing::accessibility
