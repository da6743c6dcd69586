// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/description_files.hpp"

#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/webvtt_writer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::media::description {

namespace {

using Json = nlohmann::ordered_json;
using accessibility::DescriptionFinding;
using accessibility::DescriptionMode;
using accessibility::DescriptionPlan;
using accessibility::Milliseconds;
using accessibility::PlanInput;
using accessibility::PlannedDescription;

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json gaps_of(const DescriptionPlan& plan) {
  Json gaps = Json::array();
  for (std::size_t i = 0; i < plan.gaps.size(); ++i) {
    const auto& gap = plan.gaps[i];
    gaps.push_back({{"start_ms", gap.span.start.count()},
                    {"end_ms", gap.span.end.count()},
                    {"usable_ms", gap.usable.count()},
                    {"budget_characters", plan.budgets[i]}});
  }
  return gaps;
}

Json cues_of(const PlanInput& input, const DescriptionPlan& plan) {
  Json cues = Json::array();
  for (const PlannedDescription& one : plan.descriptions) {
    const auto& description = input.descriptions[one.index];
    cues.push_back({{"id", description.id},
                    {"text", accessibility::without_readings(description.text)},
                    {"need_ms", one.need.count()},
                    {"mode", name_of(one.mode)},
                    {"at_ms", one.at.count()},
                    {"end_ms", one.end.count()},
                    {"rate", one.rate},
                    {"reason", name_of(one.reason)},
                    {"wished_ms", description.wish.start.count()},
                    {"speed_permille", one.speed_permille},
                    {"line", description.line}});
  }
  return cues;
}

Json findings_of(const std::vector<DescriptionFinding>& findings, std::string_view language) {
  Json list = Json::array();
  for (const DescriptionFinding& one : findings) {
    list.push_back({{"rule", rule_of(one.kind, language)},
                    {"kind", name_of(one.kind)},
                    {"severity", name_of(one.severity)},
                    {"id", one.id},
                    {"line", one.line},
                    {"at_ms", one.at.count()},
                    {"value", one.value},
                    {"limit", one.limit},
                    {"text", one.text}});
  }
  return list;
}

Json totals_of(const PlanInput& input, const DescriptionPlan& plan) {
  std::int64_t counts[4] = {};
  Milliseconds spoken{0};
  Milliseconds paused{0};
  for (const PlannedDescription& one : plan.descriptions) {
    ++counts[static_cast<std::size_t>(one.mode)];
    if (one.mode == DescriptionMode::extended) paused += one.need;
    spoken += one.mode == DescriptionMode::extended ? one.need : one.end - one.at;
  }
  std::int64_t budget = 0;
  for (const std::int64_t one : plan.budgets) budget += one;
  return {{"duration_ms", input.duration.count()},
          {"cues", plan.descriptions.size()},
          {"standard", counts[0]},
          {"standard_fast", counts[1]},
          {"extended", counts[2]},
          {"text_only", counts[3]},
          {"gaps", plan.gaps.size()},
          {"budget_characters", budget},
          {"spoken_ms", spoken.count()},
          {"extended_ms", paused.count()}};
}

std::string clock(Milliseconds time) {
  const auto tenths = time.count() / 100;
  const auto seconds = tenths / 10 % 60;
  return std::to_string(tenths / 600) + (seconds < 10 ? ":0" : ":") + std::to_string(seconds) + "." +
         std::to_string(tenths % 10);
}

double rounded(double value) {
  return std::round(value * 100) / 100;
}

/// For players: sped up or not is the server's business.
std::string_view player_mode(DescriptionMode mode) {
  switch (mode) {
    case DescriptionMode::extended:
      return "extended";
    case DescriptionMode::text_only:
      return "text";
    case DescriptionMode::standard:
    case DescriptionMode::standard_fast:
      return "standard";
  }
  return "standard";
}

}  // namespace

std::string plan_json(const PlanInput& input, const DescriptionPlan& plan,
                      const std::vector<DescriptionFinding>& findings, std::string_view language) {
  return dumped({{"gaps", gaps_of(plan)},
                 {"cues", cues_of(input, plan)},
                 {"findings", findings_of(findings, language)},
                 {"totals", totals_of(input, plan)}});
}

std::string plan_text(const PlanInput& input, const DescriptionPlan& plan,
                      const std::vector<DescriptionFinding>& findings, std::string_view language) {
  const bool words = input.rate.unit == accessibility::RateUnit::words;
  std::string text = std::to_string(plan.gaps.size()) + " gaps without speech:\n";
  for (std::size_t i = 0; i < plan.gaps.size(); ++i) {
    const auto& gap = plan.gaps[i];
    text += "  " + clock(gap.span.start) + " - " + clock(gap.span.end) + "  holds " +
            std::to_string(plan.budgets[i]) + (words ? " words\n" : " characters\n");
  }
  text += std::to_string(plan.descriptions.size()) + " descriptions:\n";
  for (const PlannedDescription& one : plan.descriptions) {
    text += "  " + clock(one.at) + "  " + std::string(name_of(one.mode)) + " (" +
            std::string(name_of(one.reason)) + "), " + std::to_string(one.need.count()) + " ms, " +
            std::to_string(one.rate) +
            " a minute: " + accessibility::without_readings(input.descriptions[one.index].text) + "\n";
  }
  if (!findings.empty()) text += "Findings:\n";
  for (const DescriptionFinding& one : findings) {
    text += "  " + std::string(name_of(one.severity)) + " " + std::string(rule_of(one.kind, language)) + " " +
            std::string(name_of(one.kind)) + " at " + clock(one.at);
    if (one.line > 0) text += ", line " + std::to_string(one.line);
    if (one.value != 0 || one.limit != 0) text += ": " + std::to_string(one.value);
    if (one.limit != 0) text += " (limit " + std::to_string(one.limit) + ")";
    if (!one.text.empty()) text += ": " + one.text;
    text += "\n";
  }
  return text;
}

std::string player_json(const DescriptionMade& made, std::string_view language) {
  Json list = Json::array();
  for (const PlannedDescription& one : made.plan.descriptions) {
    const auto& description = made.input.descriptions[one.index];
    Json entry = {{"id", description.id},
                  {"mode", player_mode(one.mode)},
                  {"at_ms", one.at.count()},
                  {"end_ms", one.end.count()},
                  {"text", accessibility::without_readings(description.text)},
                  {"lang", language},
                  {"clip", nullptr},
                  {"clip_ms", nullptr},
                  {"sha256", nullptr}};
    const auto clip = std::ranges::find(made.clips, one.index, &ClipFile::index);
    if (clip != made.clips.end()) {
      entry["clip"] = clip->name;
      entry["clip_ms"] = clip->length.count();
      entry["sha256"] = clip->sha256;
    }
    list.push_back(std::move(entry));
  }
  return dumped(list);
}

std::string text_track(const DescriptionMade& made) {
  constexpr Milliseconds kLeast{1'000};
  accessibility::Track track;
  for (const PlannedDescription& one : made.plan.descriptions) {
    const auto& description = made.input.descriptions[one.index];
    accessibility::Cue cue;
    cue.id = description.id;
    cue.start = one.at;
    cue.end = std::max(one.end, one.at + std::max(one.need, kLeast));
    cue.text = accessibility::escaped_cue_text(accessibility::without_readings(description.text));
    track.cues.push_back(std::move(cue));
  }
  return accessibility::write_webvtt(track);
}

std::string time_map_json(const DescriptionMade& made) {
  std::vector<accessibility::Pause> all;
  for (const SpokenPause& pause : made.pauses) all.push_back({pause.at, pause.length});
  const accessibility::TimeMap map(all);
  const Milliseconds lesson{made.described_samples * 1'000 / kRate};
  Json pauses = Json::array();
  for (const accessibility::Pause& pause : map.pauses()) {
    const auto spoken = std::ranges::find(made.pauses, pause.at, &SpokenPause::at);
    pauses.push_back({{"lesson_ms", pause.at.count()},
                      {"extended_ms", map.to_extended(pause.at).count()},
                      {"length_ms", pause.length.count()},
                      {"segment", spoken->segment}});
  }
  return dumped(
      {{"lesson_ms", lesson.count()}, {"extended_ms", (lesson + map.added()).count()}, {"pauses", pauses}});
}

std::string measures_json(const DescriptionMade& made) {
  Json json = {{"rendition", made.rendition.name},
               {"segments", made.rendition.segments.size()},
               {"main_samples", made.main_samples},
               {"described_samples", made.described_samples},
               {"gain_db", rounded(made.gain_db)},
               {"programme_lufs", rounded(made.programme_lufs)},
               {"speech_lufs", rounded(made.speech_lufs)},
               {"voice_lufs", rounded(made.voice_lufs)},
               {"described_lufs", rounded(made.described_lufs)},
               {"described_peak_dbtp", rounded(made.described_peak_dbtp)},
               {"clips", made.clips.size()},
               {"paused_segments", made.paused_segments.size()}};
  return dumped(json);
}

}  // namespace tongxing::media::description
