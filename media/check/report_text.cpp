// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/report_text.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace tongxing::media::check {

namespace {

using Json = nlohmann::ordered_json;

Rule rule_at(std::size_t index) {
  return static_cast<Rule>(index);
}

std::string_view status_text(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::failed:
      return "failed";
    case Status::not_applicable:
      return "not_applicable";
    case Status::not_checked:
      return "not_checked";
  }
  return "";
}

std::string failed_text(const Report& report, Rule rule) {
  const RuleText& words = text_of(rule);
  std::string out = "FAILED " + std::string{words.id} + "  " + std::string{words.asks} + '\n';
  for (const Finding& finding : report.findings(rule)) {
    out += "  " + (finding.file.empty() ? "the package" : finding.file);
    if (finding.line > 0) out += ':' + std::to_string(finding.line);
    out += ": " + finding.found + '\n';
    if (!finding.expected.empty()) out += "    expected: " + finding.expected + '\n';
  }
  if (report.more(rule) > 0) out += "  and " + std::to_string(report.more(rule)) + " more\n";
  return out + "    to do: " + std::string{words.mend} + "\n\n";
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string{count == 1 ? one : many};
}

}  // namespace

std::string report_text(const Report& report, std::string_view folder) {
  std::string failed;
  std::string unchecked;
  std::array<std::size_t, 4> counts{};
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = rule_at(i);
    const Status status = report.status(rule);
    ++counts.at(static_cast<std::size_t>(status));
    if (status == Status::failed) failed += failed_text(report, rule);
    if (status != Status::not_checked) continue;
    for (const auto& reason : report.reasons(rule)) {
      unchecked += "not checked " + std::string{text_of(rule).id} + "  " + reason + '\n';
    }
  }
  if (!unchecked.empty()) unchecked += '\n';
  return failed + unchecked + std::string{folder} + ": " + counted(counts[0], "rule holds", "rules hold") +
         ", " + counted(counts[1], "fails", "fail") + ", " +
         counted(counts[2], "does not apply", "do not apply") + ", " +
         counted(counts[3], "was not checked", "were not checked") + '\n';
}

std::string report_json(const Report& report, std::string_view folder) {
  Json rules = Json::array();
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = rule_at(i);
    const RuleText& words = text_of(rule);
    Json findings = Json::array();
    for (const Finding& finding : report.findings(rule)) {
      Json row{{"file", finding.file}};
      if (finding.line > 0) row["line"] = finding.line;
      row["found"] = finding.found;
      row["expected"] = finding.expected;
      row["message"] = words.mend;
      findings.push_back(std::move(row));
    }
    Json row{{"id", words.id},
             {"title", words.asks},
             {"status", status_text(report.status(rule))},
             {"findings", std::move(findings)}};
    if (report.more(rule) > 0) row["more"] = report.more(rule);
    if (!report.reasons(rule).empty()) row["reasons"] = report.reasons(rule);
    rules.push_back(std::move(row));
  }
  const Json whole{
      {"dir", folder}, {"verdict", report.passed() ? "ok" : "failed"}, {"rules", std::move(rules)}};
  return whole.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tongxing::media::check
