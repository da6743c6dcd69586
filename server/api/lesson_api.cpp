// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons of an instructor's own courses, and their captions.
#include "server/api/json_body.hpp"
#include "server/api/teaching_api.hpp"
#include "server/api/teaching_json.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/lesson_editing.hpp"
#include "server/services/lesson_ticks.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

http::Response send_lesson(const Context& ctx, const LessonId& id, unsigned status) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, id);
  if (!found) return routing::problem(ctx, found.error());
  auto json = lesson_json(services::pack_of_lesson(ctx.db, found->lesson));
  json["course"] = found->version.course.str();
  json["state"] = found->version.state;
  return http::json(status, json.dump());
}

http::Response create(Context& ctx, Random& random) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto title = text_member(*body, "title");
  if (!title) return routing::problem(ctx, title.error());
  const auto summary = optional_text_member(*body, "summary");
  if (!summary) return routing::problem(ctx, summary.error());
  const auto made = services::add_lesson(ctx.db, ctx.viewer, CourseId{ctx.request.path_params.at("course")},
                                         {*title, *summary}, ctx.now, random);
  if (!made) return routing::problem(ctx, made.error());
  auto response = send_lesson(ctx, *made, 201);
  response.headers.set("Location", "/api/v1/lessons/" + made->str());
  return response;
}

http::Response list_captions(const Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return routing::problem(ctx, found.error());
  const auto pack = services::pack_of_lesson(ctx.db, found->lesson);
  auto tracks = nlohmann::json::array();
  for (const auto& track : pack.tracks) tracks.push_back(track_json(track));
  return http::json(200, nlohmann::json{{"captions", std::move(tracks)}}.dump());
}

/// Kind and origin are in the query, the file is the form's part "file", marks its field "burned_in".
http::Response put_captions(Context& ctx, const TeachingApiDeps& deps) {
  services::CaptionUpload upload{ctx.request.query.get_or("kind", "CAPTION"),
                                 ctx.request.path_params.at("language"),
                                 {},
                                 ctx.request.query.get_or("origin"),
                                 ctx.request.form.get_or("burned_in")};
  for (const auto& file : ctx.request.files) {
    if (file.name == "file") upload.bytes = file.bytes;
  }
  const auto report = deps.captions.put(ctx.db, ctx.viewer, lesson_in(ctx), upload, ctx.now, deps.random);
  if (!report) {
    auto response = routing::problem(ctx, report.error().error);
    auto problem = nlohmann::json::parse(std::get<std::string>(response.body));
    problem["findings"] = findings_json(report.error().findings);
    response.body = problem.dump();
    return response;
  }
  if (!report->stale.empty()) {
    ctx.after_commit.emplace_back([stale = report->stale] { services::Captions::remove_folder(stale); });
  }
  return http::json(200, nlohmann::json{{"id", report->track.str()},
                                        {"cues", report->cues},
                                        {"findings", findings_json(report->findings)}}
                             .dump());
}

/// The track of the kind in the query and the language in the path; empty: there is none.
Result<TrackId> asked_track(const Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return std::unexpected(found.error());
  const std::string kind = ctx.request.query.get_or("kind", "CAPTION");
  TrackId track;
  for (const auto& row : services::pack_of_lesson(ctx.db, found->lesson).tracks) {
    if (row.kind == kind && row.lang == ctx.request.path_params.at("language")) track = row.id;
  }
  return track;
}

http::Response review_captions(Context& ctx) {
  const auto track = asked_track(ctx);
  if (!track) return routing::problem(ctx, track.error());
  return done_or_problem(ctx,
                         services::Captions::confirm(ctx.db, ctx.viewer, lesson_in(ctx), *track, ctx.now));
}

http::Response state_consent(Context& ctx) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto stated = body->find("stated");
  if (stated == body->end() || !stated->is_boolean()) {
    return routing::problem(ctx, fail_field("stated", "errors.teaching.consent").error());
  }
  const auto confirmation =
      stated->get<bool>() ? services::Confirmation::given : services::Confirmation::withdrawn;
  return done_or_problem(
      ctx, services::state_sign_consent(ctx.db, ctx.viewer, lesson_in(ctx), confirmation, ctx.now));
}

http::Response delete_captions(Context& ctx, const TeachingApiDeps& deps) {
  const auto track = asked_track(ctx);
  if (!track) return routing::problem(ctx, track.error());
  const auto stale = deps.captions.remove(ctx.db, ctx.viewer, lesson_in(ctx), *track, ctx.now, deps.random);
  if (!stale) return routing::problem(ctx, stale.error());
  ctx.after_commit.emplace_back([stale = *stale] { services::Captions::remove_folder(stale); });
  return http::no_content();
}

}  // namespace

void add_lesson_api(routing::Routes& routes, const TeachingApiDeps& deps) {
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
  const std::string lesson = "/api/v1/lessons/{lesson}";
  add(
      http::Method::post, "/api/v1/courses/{course}/lessons", Lane::write, BodyPolicy::small,
      [&random](Context& ctx) { return create(ctx, random); }, "createLesson");
  add(
      http::Method::get, lesson, Lane::read, BodyPolicy::none,
      [](Context& ctx) { return send_lesson(ctx, lesson_in(ctx), 200); }, "getLesson");
  add(http::Method::get, lesson + "/captions", Lane::read, BodyPolicy::none, list_captions, "listCaptions");
  add(
      http::Method::put, lesson + "/captions/{language}", Lane::write, BodyPolicy::multipart,
      [deps](Context& ctx) { return put_captions(ctx, deps); }, "putCaptions");
  add(
      http::Method::del, lesson + "/captions/{language}", Lane::write, BodyPolicy::none,
      [deps](Context& ctx) { return delete_captions(ctx, deps); }, "deleteCaptions");
  add(http::Method::post, lesson + "/captions/{language}/reviewed", Lane::write, BodyPolicy::none,
      review_captions, "reviewCaptions");
  add(http::Method::put, lesson + "/sign-consent", Lane::write, BodyPolicy::small, state_consent,
      "stateSignConsent");
}

}  // namespace tongxing::api
