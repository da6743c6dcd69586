// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/learning_api.hpp"

#include "server/api/learning_json.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/catalogue.hpp"
#include "server/services/enrolment.hpp"
#include "server/services/heartbeats.hpp"
#include "server/services/learning_summary.hpp"
#include "server/services/playback.hpp"

#include <charconv>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using http::Method;
using http::Response;
using nlohmann::json;
using routing::Access;
using routing::BodyPolicy;
using routing::Context;
using routing::Endpoint;
using routing::Lane;

template <typename AnyId>
AnyId id_in(const Context& ctx, std::string_view name) {
  const auto found = ctx.request.path_params.find(name);
  return AnyId{found == ctx.request.path_params.end() ? std::string{} : found->second};
}

std::int64_t page_in(const Context& ctx) {
  const std::string text = ctx.request.query.get_or("page", "1");
  std::int64_t page = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  return error == std::errc{} && end == text.data() + text.size() ? page : 1;
}

Endpoint endpoint(Lane lane, Access access, std::string operation, routing::Handler handler) {
  Endpoint made;
  made.lane = lane;
  made.access = access;
  made.body = lane == Lane::write ? BodyPolicy::small : BodyPolicy::none;
  made.csrf = routing::Csrf::same_site;
  made.handler = std::move(handler);
  made.operation_id = std::move(operation);
  return made;
}

Response catalogue(Context& ctx) {
  const auto page = services::list_courses(ctx.db, ctx.request.query.get_or("q"), page_in(ctx));
  return page ? http::json(200, json_of(*page).dump()) : routing::problem(ctx, page.error());
}

Response catalogue_course(Context& ctx) {
  const auto view = services::view_course(ctx.db, ctx.viewer, id_in<CourseId>(ctx, "course"));
  return view ? http::json(200, json_of(*view).dump()) : routing::problem(ctx, view.error());
}

Response my_progress(Context& ctx) {
  json courses = json::array();
  for (const auto& course : services::my_learning(ctx.db, ctx.viewer)) courses.push_back(json_of(course));
  return http::json(200, json{{"courses", std::move(courses)}}.dump());
}

Response my_credits(Context& ctx) {
  return http::json(200, json_of(services::my_credits(ctx.db, ctx.viewer, page_in(ctx))).dump());
}

Response enrol(Context& ctx, Random& random) {
  const auto course = id_in<CourseId>(ctx, "course");
  const auto outcome = services::enrol(ctx.db, ctx.viewer, course, ctx.now, random);
  if (!outcome) return routing::problem(ctx, outcome.error());
  const bool fresh = *outcome == services::EnrolmentOutcome::enrolled;
  return http::json(fresh ? 201 : 200, json{{"course", course.str()}, {"enrolled", true}}.dump());
}

Response start_playback(Context& ctx, Random& random) {
  const auto started =
      services::start_playback(ctx.db, ctx.viewer, id_in<LessonId>(ctx, "lesson"), ctx.now, random);
  return started ? http::json(201, json_of(*started).dump()) : routing::problem(ctx, started.error());
}

Response heartbeats(Context& ctx, Random& random) {
  const auto reports = heartbeats_from(ctx.request.body);
  if (!reports) return routing::problem(ctx, reports.error());
  const auto answer = services::record_heartbeats(
      ctx.db, ctx.viewer, id_in<PlaybackSessionId>(ctx, "session"), *reports, ctx.now, random);
  return answer ? http::json(200, text_of(*answer)) : routing::problem(ctx, answer.error());
}

}  // namespace

void add_learning_api(routing::Routes& routes, LearningApiDeps deps) {
  Random& random = deps.random;
  routes.add(Method::get, "/api/v1/catalogue",
             endpoint(Lane::read, Access::anyone, "listCatalogue", catalogue));
  routes.add(Method::get, "/api/v1/catalogue/{course}",
             endpoint(Lane::read, Access::anyone, "getCatalogueCourse", catalogue_course));
  routes.add(Method::get, "/api/v1/me/progress",
             endpoint(Lane::read, Access::signed_in, "getMyProgress", my_progress));
  routes.add(Method::get, "/api/v1/me/credits",
             endpoint(Lane::read, Access::signed_in, "getMyCredits", my_credits));
  routes.add(Method::post, "/api/v1/courses/{course}/enrollment",
             endpoint(Lane::write, Access::signed_in, "enrol",
                      [&random](Context& ctx) { return enrol(ctx, random); }));
  routes.add(Method::post, "/api/v1/lessons/{lesson}/playback-sessions",
             endpoint(Lane::write, Access::signed_in, "startPlayback",
                      [&random](Context& ctx) { return start_playback(ctx, random); }));
  routes.add(Method::post, "/api/v1/playback-sessions/{session}/heartbeats",
             endpoint(Lane::write, Access::signed_in, "recordHeartbeats",
                      [&random](Context& ctx) { return heartbeats(ctx, random); }));
}

}  // namespace tongxing::api
