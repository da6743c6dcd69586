// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/readiness_view.hpp"

#include <array>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using accessibility::Answer;
using nlohmann::json;
using routing::PageView;

constexpr std::array<std::string_view, 3> kKinds{"good", "wait", "bad"};
constexpr std::array<std::string_view, 3> kSigns{"✓", "◐", "✕"};

std::string say(const PageView& ctx, std::string_view group, std::string_view name,
                const MessageArgs& args = {}) {
  return ctx.messages.text(ctx.locale, "readiness." + std::string(group) + "." + std::string(name), args);
}

std::string reason_text(const PageView& ctx, const accessibility::Reason& reason) {
  return say(ctx, "reasons", accessibility::name_of(reason.why),
             {{"value", std::to_string(reason.value)}, {"limit", std::to_string(reason.limit)}});
}

/// The heading on the author's lesson page below which it is mended. Easy-read captions are given where
/// captions are, and the transcript is made of them. Empty where there is nothing to mend.
std::string_view anchor_of(accessibility::Place place) {
  switch (place) {
    case accessibility::Place::media:
      return "#video";
    case accessibility::Place::description:
      return "#description";
    case accessibility::Place::sign:
      return "#sign";
    case accessibility::Place::none:
      return "";
    case accessibility::Place::captions:
    case accessibility::Place::transcript:
    case accessibility::Place::easy_read:
      break;
  }
  return "#captions";
}

std::string row_text(const PageView& ctx, accessibility::Need need, Answer answer) {
  return say(ctx, "page", "row",
             {{"need", say(ctx, "needs", accessibility::name_of(need))},
              {"answer", say(ctx, "answers", accessibility::name_of(answer))}});
}

json line(Answer answer, std::string text) {
  const auto index = static_cast<std::size_t>(answer);
  return {{"text", std::move(text)}, {"kind", kKinds[index]}, {"sign", kSigns[index]}};
}

std::string with_reasons(const PageView& ctx, std::string row, const std::string& reasons) {
  if (reasons.empty()) return row;
  return say(ctx, "page", "because", {{"row", std::move(row)}, {"reasons", reasons}});
}

/// What stands in the way, in one line.
std::string lacks_of(const PageView& ctx, const accessibility::Readiness& row) {
  std::string text;
  if (row.answer == Answer::yes) return text;
  for (const auto& reason : row.reasons) {
    if (accessibility::tone_of(reason.why) != accessibility::Tone::lacking) continue;
    if (!text.empty()) text += ctx.locale == render::Locale::en ? "; " : "；";
    text += reason_text(ctx, reason);
  }
  return text;
}

json reasons_of(const PageView& ctx, const accessibility::Readiness& row, std::string_view lesson_href) {
  json reasons = json::array();
  for (const auto& reason : row.reasons) {
    const auto place = accessibility::place_of(reason.why);
    const std::string_view anchor = anchor_of(place);
    const bool mendable = !anchor.empty() && !lesson_href.empty();
    reasons.push_back({{"text", reason_text(ctx, reason)},
                       {"href", mendable ? std::string(lesson_href) + std::string(anchor) : ""},
                       {"mend", mendable ? say(ctx, "mend", accessibility::name_of(place)) : ""}});
  }
  return reasons;
}

}  // namespace

json readiness_table(const PageView& ctx, const std::vector<accessibility::Readiness>& rows,
                     std::string_view lesson_href) {
  json table = json::array();
  for (const auto& row : rows) {
    json entry = line(row.answer, say(ctx, "answers", accessibility::name_of(row.answer)));
    entry["need"] = say(ctx, "needs", accessibility::name_of(row.need));
    entry["reasons"] = reasons_of(ctx, row, lesson_href);
    table.push_back(std::move(entry));
  }
  return table;
}

json readiness_list(const PageView& ctx, const std::vector<accessibility::Readiness>& rows) {
  json list = json::array();
  for (const auto& row : rows) {
    list.push_back(
        line(row.answer, with_reasons(ctx, row_text(ctx, row.need, row.answer), lacks_of(ctx, row))));
  }
  return list;
}

json readiness_list(const PageView& ctx, const std::vector<accessibility::CourseReadiness>& rows) {
  json list = json::array();
  for (const auto& row : rows) {
    const auto count = row.yes + row.with_difficulty + row.no;
    std::string counts;
    if (row.answer != Answer::yes && count > 1) {
      counts =
          say(ctx, "page", "counts", {{"count", std::to_string(count)}, {"good", std::to_string(row.yes)}});
    }
    list.push_back(line(row.answer, with_reasons(ctx, row_text(ctx, row.need, row.answer), counts)));
  }
  return list;
}

}  // namespace tongxing::pages
