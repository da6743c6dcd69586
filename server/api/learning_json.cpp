// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/learning_json.hpp"

#include "courses/learning/completion.hpp"

#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using nlohmann::json;

/// Larger than any time in a lesson and far from overflow in the counting.
constexpr std::int64_t kLargest = 1'000'000'000'000;

Result<std::int64_t> number_in(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_integer())
    return fail_field(name, "errors.learning.bad_number");
  const bool huge =
      found->is_number_unsigned() &&
      found->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const auto value = huge ? kLargest + 1 : found->get<std::int64_t>();
  if (value > kLargest || value < -kLargest) return fail_field(name, "errors.learning.bad_number");
  return value;
}

Result<std::int64_t> number_or(const json& object, const char* name, std::int64_t otherwise) {
  return object.contains(name) ? number_in(object, name) : Result<std::int64_t>(otherwise);
}

Result<services::HeartbeatReport> report_from(const json& object) {
  if (!object.is_object()) return fail(ErrorCode::malformed, "errors.learning.bad_json");
  services::HeartbeatReport report;
  const auto take = [&](const char* name, Milliseconds& into) -> Result<void> {
    const auto value = number_in(object, name);
    if (!value) return std::unexpected(value.error());
    into = Milliseconds{*value};
    return {};
  };
  const auto seq = number_in(object, "seq");
  if (!seq) return std::unexpected(seq.error());
  report.seq = *seq;
  for (auto [name, into] :
       {std::pair{"from_ms", &report.from}, {"to_ms", &report.to}, {"wall_ms", &report.wall}}) {
    if (auto ok = take(name, *into); !ok) return std::unexpected(std::move(ok.error()));
  }
  if (object.contains("position_ms")) {
    Milliseconds position{0};
    if (auto ok = take("position_ms", position); !ok) return std::unexpected(std::move(ok.error()));
    report.position = position;
  }
  const auto speed = number_or(object, "speed_percent", 100);
  if (!speed) return std::unexpected(speed.error());
  report.speed_percent = *speed;
  if (const auto form = object.find("form"); form != object.end()) {
    if (!form->is_string()) return fail_field("form", "errors.learning.unknown_form");
    report.form = form->get<std::string>();
  }
  return report;
}

json json_of_lesson(const services::LessonFact& lesson) {
  json tracks = json::array();
  for (const auto& track : lesson.tracks) tracks.push_back({{"kind", track.kind}, {"lang", track.lang}});
  return {{"id", lesson.id.str()},         {"title", lesson.title},
          {"summary", lesson.summary},     {"type", lesson.type},
          {"mandatory", lesson.mandatory}, {"duration_ms", lesson.duration.count()},
          {"playable", lesson.playable()}, {"text_tracks", std::move(tracks)}};
}

}  // namespace

Result<std::vector<services::HeartbeatReport>> heartbeats_from(std::string_view body) {
  const json parsed = json::parse(body, nullptr, false);
  if (parsed.is_discarded()) return fail(ErrorCode::malformed, "errors.learning.bad_json");
  std::vector<services::HeartbeatReport> reports;
  if (!parsed.is_array()) {
    auto report = report_from(parsed);
    if (!report) return std::unexpected(std::move(report.error()));
    reports.push_back(*std::move(report));
    return reports;
  }
  if (parsed.size() > services::kMostHeartbeats) {
    return fail_field("heartbeats", "errors.learning.too_many_heartbeats",
                      {{"limit", std::to_string(services::kMostHeartbeats)}});
  }
  for (const json& object : parsed) {
    auto report = report_from(object);
    if (!report) return std::unexpected(std::move(report.error()));
    reports.push_back(*std::move(report));
  }
  return reports;
}

json json_of(const services::CourseFact& course) {
  return {{"id", course.id.str()},
          {"version", course.version.str()},
          {"title", course.title},
          {"summary", course.summary},
          {"language", course.language},
          {"policy", course.policy},
          {"published_at", to_ms(course.published_at)},
          {"lessons", course.lessons},
          {"duration_ms", course.duration.count()},
          {"class_hours", course.class_hours},
          {"caption_langs", course.caption_langs},
          {"sound_only", course.sound_only}};
}

json json_of(const services::CourseView& view) {
  json lessons = json::array();
  for (const auto& lesson : view.lessons) lessons.push_back(json_of_lesson(lesson));
  return {{"course", json_of(view.course)},
          {"lessons", std::move(lessons)},
          {"enrolled", view.enrolled},
          {"completed", view.completed}};
}

json json_of(const services::CataloguePage& page) {
  json courses = json::array();
  for (const auto& course : page.courses) courses.push_back(json_of(course));
  return {{"courses", std::move(courses)}, {"total", page.total}, {"page", page.page}, {"pages", page.pages}};
}

json json_of(const services::LessonProgress& progress, std::int64_t course_points) {
  return {{"state", std::string(courses::name_of(progress.stage))},
          {"duration_ms", progress.duration.count()},
          {"unique_ms", progress.unique.count()},
          {"credited_ms", progress.credited.count()},
          {"missing_ms", progress.missing.count()},
          {"resume_ms", progress.resume.count()},
          {"first_gap_ms", progress.first_gap ? json(progress.first_gap->count()) : json(nullptr)},
          {"course_points", course_points}};
}

json json_of(const services::CourseProgress& progress) {
  json lessons = json::array();
  for (std::size_t i = 0; i < progress.lessons.size(); ++i) {
    json lesson = json_of(progress.lessons[i], progress.points);
    lesson["id"] = progress.course.lessons[i].id.str();
    lesson["title"] = progress.course.lessons[i].title;
    lesson["mandatory"] = progress.course.lessons[i].mandatory;
    lessons.push_back(std::move(lesson));
  }
  return {{"course", json_of(progress.course.course)},
          {"completed", progress.course.completed},
          {"points", progress.points},
          {"credited_ms", progress.credited.count()},
          {"class_hours", progress.class_hours},
          {"lessons_done", progress.done},
          {"lessons", std::move(lessons)}};
}

json json_of(const services::CreditStatement& statement) {
  json entries = json::array();
  for (const auto& line : statement.lines) {
    const auto& entry = line.entry;
    entries.push_back({{"id", entry.id.str()},
                       {"course", entry.course.str()},
                       {"course_title", line.course_title},
                       {"lesson", entry.lesson ? json(entry.lesson->str()) : json(nullptr)},
                       {"lesson_title", line.lesson_title},
                       {"kind", entry.kind},
                       {"points", entry.points},
                       {"basis", json::parse(entry.basis, nullptr, false)},
                       {"policy", entry.policy},
                       {"posted_at", to_ms(entry.posted_at)}});
  }
  return {{"total", statement.total},
          {"entries", std::move(entries)},
          {"count", statement.entries},
          {"page", statement.page},
          {"pages", statement.pages}};
}

json json_of(const services::StartedPlayback& started) {
  return {{"id", started.session.str()}, {"progress", json_of(started.progress, started.course_points)}};
}

std::string text_of(const services::HeartbeatAnswer& answer) {
  std::string text = "{\"results\":[";
  for (const auto& result : answer.results) {
    if (text.back() != '[') text += ',';
    text += "{\"seq\":" + std::to_string(result.seq) +
            ",\"accepted\":" + (result.taken() ? "true" : "false") + ",\"reason\":\"";
    text += courses::reason_of(result.verdict);
    text += "\",\"credited_ms\":" + std::to_string(result.credited.count()) + "}";
  }
  text += "],\"points_posted\":" + std::to_string(answer.points_posted) +
          ",\"course_completed\":" + (answer.course_completed ? "true" : "false") +
          ",\"progress\":{\"state\":\"";
  const services::LessonProgress& progress = answer.progress;
  text += courses::name_of(progress.stage);
  text += "\",\"duration_ms\":" + std::to_string(progress.duration.count()) +
          ",\"unique_ms\":" + std::to_string(progress.unique.count()) +
          ",\"credited_ms\":" + std::to_string(progress.credited.count()) +
          ",\"missing_ms\":" + std::to_string(progress.missing.count()) +
          ",\"resume_ms\":" + std::to_string(progress.resume.count()) + ",\"first_gap_ms\":" +
          (progress.first_gap ? std::to_string(progress.first_gap->count()) : std::string("null")) +
          ",\"course_points\":" + std::to_string(answer.course_points) + "}}";
  return text;
}

}  // namespace tongxing::api
