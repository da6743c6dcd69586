// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue and the page of a course.
#include "server/http/text.hpp"
#include "server/pages/learning_pages.hpp"
#include "server/pages/learning_words.hpp"
#include "server/pages/readiness_view.hpp"
#include "server/pages/structured_data.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/enrolment.hpp"
#include "server/services/learning_summary.hpp"
#include "server/services/lesson_access.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using http::Response;
using nlohmann::json;
using routing::Context;

constexpr std::size_t kNewest = 6;  ///< courses on the first page

std::string words_of(const Context& ctx, std::string_view key, MessageArgs args) {
  return ctx.messages->text(ctx.locale, key, args);
}

json cards_of(const Context& ctx, const std::vector<services::CourseFact>& courses, std::size_t most) {
  json cards = json::array();
  for (const services::CourseFact& course : courses) {
    if (cards.size() == most) break;
    cards.push_back({{"href", course_path(course.id)},
                     {"title", course.title},
                     {"summary", course.summary},
                     {"tags", form_tags(ctx, course)},
                     {"facts", course_facts(ctx, course)},
                     {"progress", nullptr}});
  }
  return cards;
}

json empty_state(const Context& ctx, bool searched) {
  if (!searched) return {{"text", words_of(ctx, "catalogue.empty.none", {})}, {"href", ""}, {"action", ""}};
  return {{"text", words_of(ctx, "catalogue.empty.no_match", {})},
          {"href", "/courses"},
          {"action", words_of(ctx, "catalogue.search.clear", {})}};
}

Response home(Context& ctx) {
  auto data = routing::page_data(ctx, "catalogue.home.title");
  data["page"]["heading"] = words_of(ctx, "catalogue.home.heading", {});
  data["page"]["wide"] = true;
  data["search"] = {{"value", ""}, {"error", ""}};
  const auto page = services::list_courses(ctx.db, {}, 1);
  data["courses"] = page ? cards_of(ctx, page->courses, kNewest) : json::array();
  if (data["courses"].empty()) data["empty"] = empty_state(ctx, false);
  return routing::render_page(ctx, "home", data);
}

std::string page_href(std::string_view words, std::int64_t page) {
  std::string href = "/courses?page=" + std::to_string(page);
  if (!words.empty()) href += "&q=" + http::percent_encode(words);
  return href;
}

json pagination(const Context& ctx, std::string_view words, const services::CataloguePage& page) {
  return {{"text", words_of(ctx, "catalogue.courses.page",
                            {{"page", std::to_string(page.page)}, {"pages", std::to_string(page.pages)}})},
          {"previous_href", page.page > 1 ? page_href(words, page.page - 1) : ""},
          {"next_href", page.page < page.pages ? page_href(words, page.page + 1) : ""}};
}

Response courses(Context& ctx) {
  const std::string words = ctx.request.query.get_or("q");
  auto data = routing::page_data(ctx, "catalogue.courses.title");
  data["page"]["wide"] = true;
  data["section"] = {{"courses", true}};
  data["search"] = {{"value", words}, {"error", ""}};
  const auto page = services::list_courses(ctx.db, words, page_number(ctx.request));
  if (!page) {
    const std::string text = words_of(ctx, page.error().message, page.error().args);
    data["search"]["error"] = text;
    data["errors"] = json::array({{{"field", "field-q"}, {"text", text}}});
    data["courses"] = json::array();
    data["found"] = "";
    return routing::render_page(ctx, "courses", data, routing::status_of(page.error().code));
  }
  data["courses"] = cards_of(ctx, page->courses, page->courses.size());
  data["found"] = words_of(ctx, words.empty() ? "catalogue.courses.all" : "catalogue.courses.found",
                           {{"count", std::to_string(page->total)}});
  if (page->courses.empty()) data["empty"] = empty_state(ctx, !words.empty());
  if (page->pages > 1) data["pagination"] = pagination(ctx, words, *page);
  return routing::render_page(ctx, "courses", data);
}

json lesson_items(const Context& ctx, const services::CourseView& view,
                  const std::vector<services::LessonProgress>& progress) {
  json items = json::array();
  for (std::size_t i = 0; i < view.lessons.size(); ++i) {
    const services::LessonFact& lesson = view.lessons[i];
    std::string detail = lesson.playable() ? time_words(ctx, lesson.duration)
                                           : words_of(ctx, "catalogue.course.not_ready", {});
    if (!lesson.mandatory) detail += " · " + words_of(ctx, "catalogue.course.optional", {});
    items.push_back(
        {{"number", words_of(ctx, "catalogue.course.lesson_number", {{"number", std::to_string(i + 1)}})},
         {"title", lesson.title},
         {"summary", lesson.summary},
         {"href", lesson_path(view.course.id, lesson.id)},
         {"detail", detail},
         {"state", progress.empty() ? "" : missing_sentence(ctx, progress[i])}});
  }
  return items;
}

/// Where an enrolled learner goes on: the first mandatory lesson that is not done, else the first lesson.
json go_on_link(const Context& ctx, const services::CourseView& view,
                const std::vector<services::LessonProgress>& progress) {
  std::size_t next = 0;
  bool begun = false;
  for (std::size_t i = progress.size(); i-- > 0;) {
    const auto stage = progress[i].stage;
    if (stage != courses::LessonStage::not_started) begun = true;
    if (view.lessons[i].mandatory && stage != courses::LessonStage::completed) next = i;
  }
  const services::LessonFact& lesson = view.lessons[next];
  return {{"href", lesson_path(view.course.id, lesson.id)},
          {"text", words_of(ctx, begun ? "catalogue.course.go_on" : "catalogue.course.begin",
                            {{"lesson", lesson.title}})}};
}

std::vector<accessibility::AccessFacts> access_of(const Context& ctx, const services::CourseView& view) {
  std::vector<accessibility::AccessFacts> lessons;
  for (auto& known : services::access_of_version(ctx.db, view.course.version)) lessons.push_back(known.facts);
  return lessons;
}

Response course(Context& ctx) {
  const CourseId id{ctx.request.path_params.at("course")};
  const auto view = services::view_course(ctx.db, ctx.viewer, id);
  if (!view) return routing::error_page(ctx, view.error());
  auto data = routing::page_data(ctx, "catalogue.courses.title");
  data["page"]["title"] = view->course.title;
  data["page"]["heading"] = view->course.title;
  data["section"] = {{"courses", true}};
  data["breadcrumbs"] = {
      {"items",
       json::array({{{"href", "/courses"}, {"text", words_of(ctx, "catalogue.courses.title", {})}}})},
      {"current", view->course.title}};
  const auto progress = view->enrolled ? services::progress_in(ctx.db, ctx.viewer.account, *view)
                                       : std::vector<services::LessonProgress>{};
  data["course"] = {{"summary", view->course.summary},
                    {"tags", form_tags(ctx, view->course)},
                    {"facts", course_facts(ctx, view->course)},
                    {"lessons", lesson_items(ctx, *view, progress)},
                    {"can_enrol", ctx.viewer.signed_in() && !view->enrolled},
                    {"must_sign_in", !ctx.viewer.signed_in()},
                    {"enrolled", view->enrolled},
                    {"completed", view->completed},
                    {"enrol_path", course_path(id) + "/enrol"},
                    {"sign_in_href", "/sign-in?next=" + http::percent_encode(course_path(id))}};
  const auto access = access_of(ctx, *view);
  data["readiness"] = readiness_list(ctx, accessibility::readiness_of_course(access));
  const bool playable = std::ranges::any_of(view->lessons, &services::LessonFact::playable);
  data["book_href"] = playable ? course_path(id) + "/course.epub" : std::string();
  data["go_on"] = view->enrolled && !view->lessons.empty() ? go_on_link(ctx, *view, progress) : json(nullptr);
  auto page = routing::render_page(ctx, "course", data);
  const std::string provider = words_of(ctx, "common.site.name", {});
  add_structured_data(page, course_structured_data(*view, access, provider));
  return page;
}

Response enrol(Context& ctx, Random& random) {
  const CourseId id{ctx.request.path_params.at("course")};
  const auto outcome = services::enrol(ctx.db, ctx.viewer, id, ctx.now, random);
  if (!outcome) return routing::error_page(ctx, outcome.error());
  const bool fresh = *outcome == services::EnrolmentOutcome::enrolled;
  return routing::redirect_with_notice(
      course_path(id), fresh ? "catalogue.notices.enrolled" : "catalogue.notices.already_enrolled");
}

routing::Endpoint public_page(routing::Handler handler) {
  routing::Endpoint endpoint;
  endpoint.handler = std::move(handler);
  endpoint.cache_anonymous = true;
  return endpoint;
}

}  // namespace

void add_catalogue_pages(routing::Routes& routes, LearningPagesDeps deps) {
  routes.add(http::Method::get, "/", public_page(home));
  routes.add(http::Method::get, "/courses", public_page(courses));
  routes.add(http::Method::get, "/courses/{course}", public_page(course));
  routing::Endpoint post;
  post.lane = routing::Lane::write;
  post.access = routing::Access::signed_in;
  post.body = routing::BodyPolicy::form;
  post.handler = [&random = deps.random](Context& ctx) { return enrol(ctx, random); };
  routes.add(http::Method::post, "/courses/{course}/enrol", std::move(post));
}

}  // namespace tongxing::pages
