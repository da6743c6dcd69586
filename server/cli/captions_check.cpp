// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/checks.hpp"
#include "server/cli/captions_input.hpp"
#include "server/cli/captions_text.hpp"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace tongxing::cli {
namespace {

using accessibility::Finding;
using accessibility::QualityReport;
using accessibility::Repair;
using accessibility::Severity;
using accessibility::Unit;
using nlohmann::json;

bool is_fixable(const Finding& finding) {
  const auto* rule = accessibility::find_rule(accessibility::rule_of(finding.kind));
  return rule != nullptr && rule->repair == Repair::automatic;
}

/// Tenths become decimals: a program that reads the answer need not know how we count.
json number_of(const Finding& finding, std::int64_t value) {
  const auto unit = accessibility::unit_of(finding.kind);
  const bool tenths = unit == Unit::tenths_of_characters_a_second || unit == Unit::tenths_of_percent;
  return tenths ? json(static_cast<double>(value) / 10) : json(value);
}

std::int64_t count_of(const QualityReport& report, Severity severity) {
  return std::ranges::count(report.findings, severity, &Finding::severity);
}

json json_of(const CaptionText& say, const CaptionQualityOptions& options, const CaptionInput& input,
             const QualityReport& report) {
  auto findings = json::array();
  for (const auto& finding : report.findings) {
    findings.push_back({{"rule", accessibility::rule_of(finding.kind)},
                        {"id", accessibility::name_of(finding.kind)},
                        {"severity", accessibility::name_of(finding.severity)},
                        {"line", finding.line},
                        {"cue", finding.cue},
                        {"value", number_of(finding, finding.value)},
                        {"limit", number_of(finding, finding.limit)},
                        {"unit", accessibility::name_of(accessibility::unit_of(finding.kind))},
                        {"text", finding.text},
                        {"fixable", is_fixable(finding)},
                        {"message", say.finding(finding)}});
  }
  auto not_checked = json::array();
  for (const auto& row : report.not_checked) {
    not_checked.push_back({{"rule", row.rule},
                           {"missing", accessibility::name_of(row.missing)},
                           {"message", say.why_not_checked(row.missing)}});
  }
  return {{"file", options.file.string()},
          {"language", input.context.language},
          {"language_guessed", input.language_guessed},
          {"kind", accessibility::name_of(input.context.use)},
          {"cues", input.file.track.cues.size()},
          {"findings", std::move(findings)},
          {"not_checked", std::move(not_checked)},
          {"not_concerned", report.not_concerned},
          {"verdict", accessibility::name_of(report.verdict)}};
}

/// One line for each reason.
void print_not_checked(const CaptionText& say, const QualityReport& report) {
  if (!report.not_checked.empty()) say.print("caption_check.not_checked.title");
  for (auto row = report.not_checked.begin(); row != report.not_checked.end();) {
    std::string rules;
    const auto missing = row->missing;
    for (; row != report.not_checked.end() && row->missing == missing; ++row) {
      rules += (rules.empty() ? "" : " ") + std::string(row->rule);
    }
    say.print("caption_check.not_checked.row", {{"rule", rules}, {"why", say.why_not_checked(missing)}});
  }
}

void print_text(const CaptionText& say, const CaptionQualityOptions& options, const CaptionInput& input,
                const QualityReport& report) {
  say.print("caption_check.heading", {{"file", options.file.string()},
                                      {"language", input.context.language},
                                      {"kind", say.kind(input.context.use)},
                                      {"cues", std::to_string(input.file.track.cues.size())}});
  if (input.language_guessed) say.print("caption_check.guessed");
  for (const auto& finding : report.findings) say.print_finding(finding);
  const auto fixable = std::ranges::count_if(report.findings, is_fixable);
  if (fixable > 0) say.print("caption_check.fixable", {{"count", std::to_string(fixable)}});
  print_not_checked(say, report);
  MessageArgs counts;
  if (report.verdict == accessibility::Verdict::errors) {
    counts.emplace_back("errors", std::to_string(count_of(report, Severity::error)));
  }
  if (report.verdict != accessibility::Verdict::ok) {
    counts.emplace_back("warnings", std::to_string(count_of(report, Severity::warning)));
  }
  say.print("caption_check.verdict." + std::string(accessibility::name_of(report.verdict)), counts);
}

}  // namespace

int check_captions(const CaptionQualityOptions& options) {
  const CaptionText say(options.locale);
  const auto input = read_caption_input(options);
  if (!input) return say.refuse(options, input.error());
  const auto report = accessibility::check_captions(input->file, input->context);
  if (options.output == CaptionOutput::json) {
    CaptionText::print_json(json_of(say, options, *input, report));
  } else {
    print_text(say, options, *input, report);
  }
  return report.verdict == accessibility::Verdict::errors ? 1 : 0;
}

}  // namespace tongxing::cli
