// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/teaching_api.hpp"

#include "server/api/json_body.hpp"
#include "server/api/teaching_json.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/submission.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

CourseId course_in(const Context& ctx) {
  return CourseId{ctx.request.path_params.at("course")};
}

/// The course with its newest version, lessons and what is missing.
nlohmann::json course_json(const Context& ctx, const storage::CourseVersionRow& version) {
  const auto pack = services::pack_of(ctx.db, version.id);
  auto json = version_json(version);
  json["lessons"] = nlohmann::json::array();
  for (const auto& lesson : pack) json["lessons"].push_back(lesson_json(lesson));
  json["missing"] = missing_json(ctx, services::missing_in(version, pack, courses::PackFor::submission));
  return json;
}

http::Response list_courses(const Context& ctx) {
  auto list = nlohmann::json::array();
  storage::CourseVersionStore versions(ctx.db);
  for (const auto& course : storage::CourseStore(ctx.db).by_author(ctx.viewer.account)) {
    if (const auto newest = versions.latest(course.id)) list.push_back(version_json(*newest));
  }
  return http::json(200, nlohmann::json{{"courses", std::move(list)}}.dump());
}

http::Response get_course(const Context& ctx) {
  const auto version = services::own_latest_version(ctx.db, ctx.viewer, course_in(ctx));
  if (!version) return routing::problem(ctx, version.error());
  return http::json(200, course_json(ctx, *version).dump());
}

/// Replaces a text by a member of the body, where it has it.
Result<void> take_member(const nlohmann::json& body, std::string_view name, std::string& into) {
  if (!body.contains(name)) return {};
  auto text = text_member(body, name);
  if (!text) return std::unexpected(text.error());
  into = std::move(*text);
  return {};
}

Result<services::CourseDetails> take_details(const http::Request& request, services::CourseDetails details) {
  const auto body = json_object(request);
  if (!body) return std::unexpected(body.error());
  for (const auto& [name, into] : {std::pair<std::string_view, std::string*>{"title", &details.title},
                                   {"summary", &details.summary},
                                   {"language", &details.language},
                                   {"policy", &details.policy}}) {
    if (const auto taken = take_member(*body, name, *into); !taken) return std::unexpected(taken.error());
  }
  return details;
}

http::Response create_course(Context& ctx, Random& random) {
  const auto details = take_details(ctx.request, {});
  if (!details) return routing::problem(ctx, details.error());
  const auto made = services::create_course(ctx.db, ctx.viewer, *details, ctx.now, random);
  if (!made) return routing::problem(ctx, made.error());
  const auto version = services::own_latest_version(ctx.db, ctx.viewer, made->course);
  auto response = http::json(201, course_json(ctx, *version).dump());
  response.headers.set("Location", "/api/v1/courses/" + made->course.str());
  return response;
}

http::Response edit_course(Context& ctx) {
  const auto version = services::own_latest_version(ctx.db, ctx.viewer, course_in(ctx));
  if (!version) return routing::problem(ctx, version.error());
  const auto details =
      take_details(ctx.request, {version->title, version->summary, version->language, version->policy});
  if (!details) return routing::problem(ctx, details.error());
  const auto done = services::edit_course(ctx.db, ctx.viewer, course_in(ctx), *details);
  if (!done) return routing::problem(ctx, done.error());
  return get_course(ctx);
}

http::Response submit(Context& ctx) {
  const auto done = services::submit_course(ctx.db, ctx.viewer, course_in(ctx), ctx.now);
  return done ? get_course(ctx) : routing::problem(ctx, done.error());
}

http::Response renew(Context& ctx, Random& random) {
  const auto made = services::new_course_version(ctx.db, ctx.viewer, course_in(ctx), ctx.now, random);
  return made ? get_course(ctx) : routing::problem(ctx, made.error());
}

}  // namespace

void add_teaching_api(routing::Routes& routes, const TeachingApiDeps& deps) {
  using routing::BodyPolicy;
  using routing::Lane;
  const auto add = [&](http::Method method, std::string path, Lane lane, BodyPolicy body,
                       routing::Handler handler, std::string operation) {
    routes.add(method, std::move(path),
               {.lane = lane,
                .access = routing::Access::instructor,
                .body = body,
                .csrf = routing::Csrf::same_site,
                .handler = std::move(handler),
                .operation_id = std::move(operation)});
  };
  Random& random = deps.random;
  const std::string all = "/api/v1/courses";
  const std::string one = "/api/v1/courses/{course}";
  add(http::Method::get, all, Lane::read, BodyPolicy::none, list_courses, "listCourses");
  add(
      http::Method::post, all, Lane::write, BodyPolicy::small,
      [&random](Context& ctx) { return create_course(ctx, random); }, "createCourse");
  add(http::Method::get, one, Lane::read, BodyPolicy::none, get_course, "getCourse");
  add(http::Method::patch, one, Lane::write, BodyPolicy::small, edit_course, "editCourse");
  add(http::Method::post, one + "/submission", Lane::write, BodyPolicy::none, submit, "submitCourse");
  add(
      http::Method::post, one + "/versions", Lane::write, BodyPolicy::none,
      [&random](Context& ctx) { return renew(ctx, random); }, "createCourseVersion");
  add_lesson_api(routes, deps);
  add_description_api(routes, deps);
  add_asset_api(routes);
}

}  // namespace tongxing::api
