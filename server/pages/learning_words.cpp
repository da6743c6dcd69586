// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/learning_words.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOwnNames{
    {{"zh-Hans", "简体中文"}, {"zh-Hant", "繁體中文"}, {"en", "English"}, {"zh", "中文"}}};

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string joined(const routing::PageView& ctx, const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ctx.locale == render::Locale::en ? ", " : "、";
    text += word;
  }
  return text;
}

}  // namespace

std::string time_words(const routing::PageView& ctx, Milliseconds time) {
  const std::int64_t seconds = std::max<std::int64_t>(0, (time.count() + 999) / 1000);
  const std::array<std::pair<const char*, std::int64_t>, 3> parts{
      {{"hours", seconds / 3600}, {"minutes", seconds / 60 % 60}, {"seconds", seconds % 60}}};
  std::string text;
  for (const auto& [unit, amount] : parts) {
    const bool last_chance = text.empty() && std::string_view(unit) == "seconds";
    if (amount == 0 && !last_chance) continue;
    if (!text.empty()) text += ' ';
    text +=
        ctx.messages.text(ctx.locale, std::string("learning.time.") + unit, {{unit, std::to_string(amount)}});
  }
  return text;
}

std::string clock_text(Milliseconds time) {
  const std::int64_t seconds = std::max<std::int64_t>(0, time.count() / 1000);
  const std::string tail = two_digits(seconds % 60);
  if (seconds < 3600) return std::to_string(seconds / 60) + ":" + tail;
  return std::to_string(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" + tail;
}

std::string own_name_of(std::string_view tag) {
  const auto found = std::ranges::find(kOwnNames, tag, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == kOwnNames.end() ? tag : found->second);
}

std::string track_label(const routing::PageView& ctx, const services::TextTrackFact& track) {
  return ctx.messages.text(ctx.locale, "player.kind." + lower(track.kind),
                           {{"language", own_name_of(track.lang)}});
}

std::string teaching_language(const routing::PageView& ctx, std::string_view tag) {
  const std::string key = "catalogue.language." + std::string(tag);
  return ctx.messages.has(key) ? ctx.messages.text(ctx.locale, key) : std::string(tag);
}

std::string missing_sentence(const routing::PageView& ctx, const services::LessonProgress& progress) {
  using courses::LessonStage;
  if (progress.stage == LessonStage::completed || progress.stage == LessonStage::covered) {
    return ctx.messages.text(ctx.locale, "learning.lesson.done");
  }
  return ctx.messages.text(ctx.locale, "learning.lesson.missing",
                           {{"time", time_words(ctx, progress.missing)}});
}

std::string stage_word(const routing::PageView& ctx, courses::LessonStage stage) {
  return ctx.messages.text(ctx.locale, "learning.state." + lower(courses::name_of(stage)));
}

std::string date_and_time_text(Timestamp at) {
  using namespace std::chrono;
  const auto local = at + hours{8};  // Guangdong has no daylight saving time
  const auto day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss time{floor<minutes>(local - day)};
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day())) + " " + two_digits(time.hours().count()) + ":" +
         two_digits(time.minutes().count());
}

std::string course_path(const CourseId& course) {
  return "/courses/" + http::percent_encode(course.str());
}

std::string lesson_path(const CourseId& course, const LessonId& lesson) {
  return course_path(course) + "/lessons/" + http::percent_encode(lesson.str());
}

json form_tags(const routing::PageView& ctx, const services::CourseFact& course) {
  json tags = json::array();
  std::vector<std::string> names;
  for (const std::string& lang : course.caption_langs) names.push_back(own_name_of(lang));
  if (names.empty()) {
    tags.push_back(
        {{"text", ctx.messages.text(ctx.locale, "catalogue.facts.no_captions")}, {"kind", "wait"}});
  } else {
    tags.push_back({{"text", ctx.messages.text(ctx.locale, "catalogue.facts.captions",
                                               {{"languages", joined(ctx, names)}})},
                    {"kind", "good"}});
    tags.push_back({{"text", ctx.messages.text(ctx.locale, "catalogue.facts.transcript")}, {"kind", "good"}});
  }
  if (course.sound_only) {
    tags.push_back({{"text", ctx.messages.text(ctx.locale, "catalogue.facts.sound_only")}, {"kind", "good"}});
  }
  return tags;
}

json course_facts(const routing::PageView& ctx, const services::CourseFact& course) {
  const auto text = [&](const char* key, MessageArgs args) {
    return json{
        {"text", ctx.messages.text(ctx.locale, std::string("catalogue.facts.") + key, std::move(args))}};
  };
  auto facts = json::array({text("lessons", {{"count", std::to_string(course.lessons)}})});
  // A course of seconds has no class hours worth a line.
  if (course.class_hours != "0.00") facts.push_back(text("class_hours", {{"hours", course.class_hours}}));
  facts.push_back(text("duration", {{"time", time_words(ctx, course.duration)}}));
  facts.push_back(text("language", {{"language", teaching_language(ctx, course.language)}}));
  return facts;
}

std::int64_t page_number(const http::Request& request) {
  const std::string text = request.query.get_or("page", "1");
  std::int64_t page = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc{} && end == text.data() + text.size() ? page : 1;
}

}  // namespace tongxing::pages
