// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/reporter.hpp"

namespace tongxing::accessibility {

void Reporter::measure(FindingKind kind, const PreparedCue* cue, std::int64_t value, std::string text) {
  const auto* row = limits_for(kind, group_, use_);
  if (row == nullptr) return;
  const auto beyond = [&](const std::optional<std::int64_t>& limit) {
    return limit && (row->bound == Bound::above ? value > *limit : value < *limit);
  };
  if (beyond(row->error)) {
    add(kind, Severity::error, cue, value, *row->error, std::move(text));
  } else if (beyond(row->warn)) {
    add(kind, Severity::warning, cue, value, *row->warn, std::move(text));
  } else if (beyond(row->info)) {
    add(kind, Severity::info, cue, value, *row->info, std::move(text));
  }
}

void Reporter::flag(FindingKind kind, const PreparedCue* cue, std::int64_t value, std::int64_t limit,
                    std::string text) {
  const auto* row = limits_for(kind, group_, use_);
  if (row == nullptr) return;
  const auto severity = row->error ? Severity::error : row->warn ? Severity::warning : Severity::info;
  add(kind, severity, cue, value, limit, std::move(text));
}

void Reporter::add(FindingKind kind, Severity severity, const PreparedCue* cue, std::int64_t value,
                   std::int64_t limit, std::string text) {
  findings_.push_back({.kind = kind,
                       .severity = severity,
                       .line = cue == nullptr ? 0 : cue->cue->line,
                       .value = value,
                       .limit = limit,
                       .text = std::move(text),
                       .cue = cue == nullptr ? 0 : cue->number});
}

}  // namespace tongxing::accessibility
