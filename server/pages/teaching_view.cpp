// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/teaching_view.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

constexpr std::chrono::hours kBeijing{8};  // no daylight saving time since 1991

std::vector<render::Option> options_of(const routing::Context& ctx, std::string_view group,
                                       std::span<const std::string_view> values) {
  std::vector<render::Option> options;
  for (const std::string_view value : values) {
    const std::string key = "teaching." + std::string(group) + "." + key_part(value);
    options.push_back({std::string(value), say(ctx, key + ".name"), say(ctx, key + ".hint")});
  }
  return options;
}

}  // namespace

std::string say(const routing::Context& ctx, std::string_view key, const MessageArgs& args) {
  return ctx.messages->text(ctx.locale, key, args);
}

std::string key_part(std::string_view stored) {
  std::string out;
  for (const char c : stored) out.push_back(http::ascii_lower(c));
  return out;
}

nlohmann::json state_tag(const routing::Context& ctx, std::string_view version_state) {
  std::string kind = "wait";
  if (version_state == "PUBLISHED" || version_state == "APPROVED") kind = "good";
  if (version_state == "RETURNED" || version_state == "SUSPENDED") kind = "bad";
  if (version_state == "DRAFT" || version_state == "RETIRED") kind = "";
  return {{"text", say(ctx, "teaching.states." + key_part(version_state))}, {"kind", kind}};
}

nlohmann::json media_tag(const routing::Context& ctx, const services::LessonPack& lesson) {
  if (!lesson.asset) return {{"text", say(ctx, "teaching.media.none")}, {"kind", ""}};
  const auto state = lesson.asset->state;
  std::string kind = "wait";
  if (state == storage::AssetState::ready) kind = "good";
  if (state == storage::AssetState::failed || state == storage::AssetState::quarantined) kind = "bad";
  return {{"text", say(ctx, "teaching.media." + key_part(storage::to_text(state)))}, {"kind", kind}};
}

nlohmann::json missing_list(const routing::Context& ctx, const std::vector<services::Missing>& missing) {
  auto list = nlohmann::json::array();
  for (const auto& item : missing) {
    const std::string href = item.lesson.empty() ? "" : "/teach/lessons/" + item.lesson.str();
    list.push_back({{"text", say(ctx, item.message, {{"lesson", item.title}})}, {"href", href}});
  }
  return list;
}

nlohmann::json reason_list(const routing::Context& ctx, const std::vector<storage::ReviewReasonRow>& reasons,
                           const std::vector<services::LessonPack>& lessons) {
  auto list = nlohmann::json::array();
  for (const auto& reason : reasons) {
    std::string where;
    const auto lesson = std::ranges::find_if(
        lessons, [&](const auto& pack) { return reason.lesson && pack.lesson.lesson == *reason.lesson; });
    if (lesson != lessons.end()) {
      where = say(
          ctx, "teaching.reasons.where",
          {{"lesson", lesson->lesson.title}, {"time", duration_text(reason.at.value_or(Milliseconds{0}))}});
    }
    list.push_back({{"when", time_text(reason.created_at)},
                    {"where", where},
                    {"text", reason.text},
                    {"suspended", reason.kind == "SUSPEND"}});
  }
  return list;
}

nlohmann::json course_fields(const routing::Context& ctx, const render::FormView& form,
                             const services::CourseDetails& typed) {
  constexpr std::array<std::string_view, 3> kLanguages{"cmn", "yue", "en"};
  constexpr std::array<std::string_view, 3> kPolicies{"OPEN", "CREDIT", "SUBSIDISED"};
  return {{"title", form.text({.name = "title",
                               .label = "teaching.course_form.title",
                               .value = typed.title,
                               .hint = "teaching.course_form.title_hint",
                               .autocomplete = "off"})},
          {"summary", form.textarea({.name = "summary",
                                     .label = "teaching.course_form.summary",
                                     .value = typed.summary,
                                     .hint = "teaching.course_form.summary_hint"})},
          {"language", form.radios({.name = "language",
                                    .label = "teaching.course_form.language",
                                    .options = options_of(ctx, "languages", kLanguages),
                                    .selected = {typed.language}})},
          {"policy", form.radios({.name = "policy",
                                  .label = "teaching.course_form.policy",
                                  .options = options_of(ctx, "policies", kPolicies),
                                  .selected = {typed.policy}})}};
}

nlohmann::json lesson_fields(const render::FormView& form, const services::LessonDetails& typed) {
  return {{"title", form.text({.name = "title",
                               .label = "teaching.lesson_form.title",
                               .value = typed.title,
                               .autocomplete = "off"})},
          {"summary", form.textarea({.name = "summary",
                                     .label = "teaching.lesson_form.summary",
                                     .value = typed.summary,
                                     .hint = "teaching.lesson_form.summary_hint",
                                     .rows = 3,
                                     .need = render::Need::optional})}};
}

services::CourseDetails typed_course(const http::Params& form) {
  return {form.get_or("title"), form.get_or("summary"), form.get_or("language"), form.get_or("policy")};
}

services::LessonDetails typed_lesson(const http::Params& form) {
  return {form.get_or("title"), form.get_or("summary")};
}

std::string time_text(Timestamp at) {
  const auto local = std::chrono::floor<std::chrono::minutes>(at + kBeijing);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minutes = (local - day).count();
  return date_text(at) +
         fmt::format(" {:02}:{:02}", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
}

std::string date_text(Timestamp at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at + kBeijing));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string duration_text(Milliseconds length) {
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(length).count();
  const int rest = static_cast<int>(seconds % 60);
  const int minutes = static_cast<int>(seconds / 60 % 60);
  if (seconds < 3600) return fmt::format("{}:{:02}", minutes, rest);
  return fmt::format("{}:{:02}:{:02}", static_cast<int>(seconds / 3600), minutes, rest);
}

std::string size_text(std::int64_t bytes) {
  const double mb = static_cast<double>(bytes) / 1'000'000.0;
  if (mb >= 1000) return fmt::format("{:.1f} GB", mb / 1000);
  return fmt::format("{:.1f} MB", mb);
}

std::string track_text(const routing::Context& ctx, const storage::TrackRow& track) {
  return say(ctx, "teaching.captions.name",
             {{"kind", say(ctx, "teaching.caption_kinds." + key_part(track.kind) + ".name")},
              {"language", say(ctx, "teaching.caption_languages." + key_part(track.lang) + ".name")}});
}

}  // namespace tongxing::pages
