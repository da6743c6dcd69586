// SPDX-License-Identifier: GPL-3.0-or-later
// What a learner has done: /my/learning and /my/credits.
#include "server/pages/learning_pages.hpp"
#include "server/pages/learning_words.hpp"
#include "server/pages/lesson_page.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/learning_summary.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using nlohmann::json;
using routing::Context;
using services::CourseProgress;

std::string words_of(const Context& ctx, std::string_view key, MessageArgs args = {}) {
  return ctx.messages->text(ctx.locale, key, args);
}

json cell(std::string text, std::string href = {}) {
  return {{"text", std::move(text)}, {"href", std::move(href)}, {"header", false}, {"numeric", false}};
}

json lesson_table(const Context& ctx, const CourseProgress& progress) {
  json rows = json::array();
  for (std::size_t i = 0; i < progress.lessons.size(); ++i) {
    const services::LessonFact& lesson = progress.course.lessons[i];
    const services::LessonProgress& state = progress.lessons[i];
    const bool done = state.stage == courses::LessonStage::completed;
    std::string href = lesson_path(progress.course.course.id, lesson.id);
    json title = cell(words_of(ctx, "learning.mine.lesson_number",
                               {{"number", std::to_string(i + 1)}, {"title", lesson.title}}),
                      href);
    title["header"] = true;
    std::string gap;
    if (!done && state.first_gap)
      gap = href + "?t=" + std::to_string(state.first_gap->count() / 1000) + "#player";
    rows.push_back({{"cells", json::array({std::move(title), cell(stage_word(ctx, state.stage)),
                                           done ? cell(words_of(ctx, "learning.mine.nothing_missing"))
                                                : cell(time_words(ctx, state.missing), gap)})}});
  }
  const auto column = [&](const char* key) {
    return json{{"text", words_of(ctx, std::string("learning.mine.") + key)}, {"numeric", false}};
  };
  return {{"caption", words_of(ctx, "learning.mine.table", {{"course", progress.course.course.title}})},
          {"columns", json::array({column("lesson"), column("lesson_state"), column("missing")})},
          {"rows", std::move(rows)}};
}

json course_block(const Context& ctx, const CourseProgress& progress, std::size_t number) {
  const std::string count = std::to_string(progress.lessons.size());
  const std::string done =
      words_of(ctx, "learning.mine.done_of", {{"done", std::to_string(progress.done)}, {"count", count}});
  json go_on = nullptr;
  if (progress.next) {
    const services::LessonFact& lesson = progress.course.lessons[*progress.next];
    go_on = {{"href", lesson_path(progress.course.course.id, lesson.id)},
             {"text", words_of(ctx, "learning.mine.go_on", {{"lesson", lesson.title}})}};
  }
  return {
      {"title", progress.course.course.title},
      {"href", course_path(progress.course.course.id)},
      {"credits", words_of(ctx, "learning.mine.credits",
                           {{"points", std::to_string(progress.points)}, {"hours", progress.class_hours}})},
      {"completed", progress.course.completed},
      {"bar",
       {{"id", "course-" + std::to_string(number)},
        {"label", words_of(ctx, "learning.lesson.progress")},
        {"value", progress.done},
        {"max", std::max<std::size_t>(1, progress.lessons.size())},
        {"text", done}}},
      {"go_on", std::move(go_on)},
      {"table", lesson_table(ctx, progress)}};
}

http::Response my_learning(Context& ctx) {
  auto data = routing::page_data(ctx, "learning.mine.title");
  data["section"] = {{"learning", true}};
  data["page"]["wide"] = true;
  json courses = json::array();
  for (const CourseProgress& progress : services::my_learning(ctx.db, ctx.viewer)) {
    courses.push_back(course_block(ctx, progress, courses.size() + 1));
  }
  if (courses.empty()) {
    data["empty"] = {{"text", words_of(ctx, "learning.mine.empty")},
                     {"href", "/courses"},
                     {"action", words_of(ctx, "learning.mine.find")}};
  }
  data["courses"] = std::move(courses);
  return routing::render_page(ctx, "my_learning", data);
}

std::string reason_of(const Context& ctx, const storage::CreditLineRow& line) {
  std::string kind = line.entry.kind;
  std::ranges::transform(kind, kind.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return words_of(ctx, "learning.credits.kind." + kind,
                  {{"course", line.course_title}, {"lesson", line.lesson_title}});
}

json ledger_table(const Context& ctx, const services::CreditStatement& statement) {
  json rows = json::array();
  for (const storage::CreditLineRow& line : statement.lines) {
    json when = cell(date_and_time_text(line.entry.posted_at));
    when["header"] = true;
    json points = cell((line.entry.points >= 0 ? "+" : "−") + std::to_string(std::abs(line.entry.points)));
    points["numeric"] = true;
    rows.push_back(
        {{"cells", json::array({std::move(when), cell(reason_of(ctx, line)), std::move(points)})}});
  }
  const auto column = [&](const char* key, bool numeric) {
    return json{{"text", words_of(ctx, std::string("learning.credits.") + key)}, {"numeric", numeric}};
  };
  return {{"caption", words_of(ctx, "learning.credits.table")},
          {"columns", json::array({column("when", false), column("why", false), column("points", true)})},
          {"rows", std::move(rows)}};
}

http::Response my_credits(Context& ctx) {
  const auto statement = services::my_credits(ctx.db, ctx.viewer, page_number(ctx.request));
  auto data = routing::page_data(ctx, "learning.credits.title");
  data["section"] = {{"credits", true}};
  data["total"] = words_of(ctx, "learning.credits.total", {{"points", std::to_string(statement.total)}});
  data["ledger"] = statement.lines.empty() ? json(nullptr) : ledger_table(ctx, statement);
  if (statement.pages > 1) {
    const auto href = [](std::int64_t page) { return "/my/credits?page=" + std::to_string(page); };
    data["pagination"] = {{"text", words_of(ctx, "learning.credits.page",
                                            {{"page", std::to_string(statement.page)},
                                             {"pages", std::to_string(statement.pages)}})},
                          {"previous_href", statement.page > 1 ? href(statement.page - 1) : ""},
                          {"next_href", statement.page < statement.pages ? href(statement.page + 1) : ""}};
  }
  return routing::render_page(ctx, "my_credits", data);
}

routing::Endpoint own_page(routing::Handler handler) {
  routing::Endpoint endpoint;
  endpoint.access = routing::Access::signed_in;
  endpoint.handler = std::move(handler);
  return endpoint;
}

}  // namespace

void add_learning_pages(routing::Routes& routes) {
  add_lesson_page(routes);
  routes.add(http::Method::get, "/my/learning", own_page(my_learning));
  routes.add(http::Method::get, "/my/credits", own_page(my_credits));
}

}  // namespace tongxing::pages
