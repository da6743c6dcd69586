// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/report.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::media::check {

namespace {
constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kMostReasons = 5;
}  // namespace

void Report::fail(Rule rule, Finding finding) {
  Row& kept = row(rule);
  if (kept.findings.size() < kMostFindings) {
    kept.findings.push_back(std::move(finding));
  } else {
    ++kept.more;
  }
}

void Report::skip(Rule rule, const std::string& reason) {
  auto& reasons = row(rule).reasons;
  if (reasons.size() < kMostReasons && std::ranges::find(reasons, reason) == reasons.end()) {
    reasons.push_back(reason);
  }
}

Status Report::status(Rule rule) const {
  const Row& kept = row(rule);
  if (!kept.findings.empty()) return Status::failed;
  if (!kept.reasons.empty()) return Status::not_checked;
  return kept.looked ? Status::ok : Status::not_applicable;
}

bool Report::passed() const {
  return std::ranges::all_of(rows_, [](const Row& kept) { return kept.findings.empty(); });
}

}  // namespace tongxing::media::check
