// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/checks.hpp"

#include "accessibility/caption_quality/language.hpp"
#include "accessibility/caption_quality/parts.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace tongxing::accessibility {
namespace {

bool is_given(Input input, const CaptionContext& context) {
  switch (input) {
    case Input::none:
      return true;
    case Input::file:
      return false;
    case Input::media_duration:
      return context.media_duration.has_value();
    case Input::speech:
      return context.speech.has_value();
    case Input::speech_and_sound:
      return context.speech.has_value() && context.sound.has_value();
    case Input::shot_changes:
      return context.shot_changes.has_value();
    case Input::burned_in:
      return context.burned_in.has_value();
    case Input::origin:
      return context.origin != CaptionOrigin::unknown;
    case Input::script:
      return script_of_tag(context.language) != ChineseScript::unknown;
  }
  return true;
}

bool concerns(const Limits& row, LanguageGroup group, const CaptionContext& context) {
  if (limits_for(row.kind, group, context.use) != &row) return false;
  return row.kind != FindingKind::cantonese_words || mandarin_in_simplified(context);
}

/// Which rules were not looked at, and why; which have nothing to say.
void account_for_rules(QualityReport& report, LanguageGroup group, const CaptionContext& context) {
  for (const auto& rule : caption_rules()) {
    bool concerned = false;
    auto missing = Input::none;
    for (const auto& row : caption_limits()) {
      if (rule_of(row.kind) != rule.id || !concerns(row, group, context)) continue;
      concerned = true;
      if (!is_given(row.needs, context)) missing = row.needs;
    }
    const bool of_reader = rule.id == "C25" || rule.id == "C26" || rule.id == "C27";
    if (of_reader) report.not_checked.push_back({rule.id, Input::file});
    if (missing != Input::none) report.not_checked.push_back({rule.id, missing});
    if (!concerned && !of_reader) report.not_concerned.push_back(rule.id);
  }
}

void finish(QualityReport& report) {
  std::ranges::sort(report.findings, [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.cue, a.kind, a.value, a.text) <
           std::tie(b.line, b.cue, b.kind, b.value, b.text);
  });
  report.verdict = Verdict::ok;
  for (const auto& finding : report.findings) {
    if (finding.severity == Severity::error) report.verdict = Verdict::errors;
    if (finding.severity == Severity::warning && report.verdict == Verdict::ok) {
      report.verdict = Verdict::warnings;
    }
  }
}

}  // namespace

CaptionContext completed(CaptionContext context, const AuthorNotes& notes) {
  if (context.origin == CaptionOrigin::unknown) context.origin = notes.origin;
  if (!context.burned_in && !notes.burned_in.empty()) context.burned_in = notes.burned_in;
  return context;
}

QualityReport check_captions(const Track& track, const CaptionContext& known) {
  const auto context = completed(known, track.notes);
  const auto group = group_of(context.language);
  const auto counting = counting_for(context.language);
  const auto prepared = prepare(track);
  Reporter reporter{group, context.use};
  for (const auto& cue : prepared.cues) {
    check_reading(cue, counting, reporter);
    check_chinese_writing(cue, reporter);
    check_line_breaks(cue, reporter);
    check_numerals(cue, reporter);
    check_easy_read(cue, reporter);
  }
  check_timing(prepared, context, reporter);
  check_speech(prepared, context, reporter);
  check_sounds_and_speakers(prepared, context, reporter);
  check_script(prepared, context, reporter);
  check_picture(prepared, context, reporter);
  if (context.origin == CaptionOrigin::machine_unreviewed) {
    reporter.flag(FindingKind::machine_made, nullptr, 1, 0);
  }
  QualityReport report;
  report.findings = reporter.take();
  account_for_rules(report, group, context);
  finish(report);
  return report;
}

QualityReport check_captions(const CaptionFile& file, const CaptionContext& context) {
  auto report = check_captions(file.track, context);
  report.findings.insert(report.findings.end(), file.findings.begin(), file.findings.end());
  std::erase_if(report.not_checked, [](const NotChecked& row) { return row.missing == Input::file; });
  finish(report);
  return report;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& finding) { return finding.severity == Severity::error; });
}

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames{"ok", "warnings", "errors"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Input input) {
  constexpr std::array<std::string_view, 9> kNames{
      "none", "file", "media_duration", "speech", "sound", "shot_changes", "burned_in", "origin", "script"};
  return kNames[static_cast<std::size_t>(input)];
}

}  // namespace tongxing::accessibility
