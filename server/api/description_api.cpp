// SPDX-License-Identifier: GPL-3.0-or-later
// The description script of an instructor's lesson, and how far its sound is.
#include "server/api/teaching_api.hpp"
#include "server/api/teaching_json.hpp"
#include "server/http/sse.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

struct Asked {
  services::DescriptionState state;
  AssetId asset;  ///< empty: the lesson has no video yet
};

Result<Asked> asked(const Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return std::unexpected(found.error());
  if (!found->lesson.asset) return Asked{};
  return Asked{services::description_state(ctx.db, *found->lesson.asset), *found->lesson.asset};
}

http::Response get_description(const Context& ctx) {
  const auto found = asked(ctx);
  if (!found) return routing::problem(ctx, found.error());
  return http::json(200, description_json(found->state).dump());
}

http::Response follow_description(const Context& ctx) {
  const auto found = asked(ctx);
  if (!found) return routing::problem(ctx, found.error());
  if (!found->state.script && !found->state.recording) {
    return routing::problem(ctx, Error{ErrorCode::not_found, "errors.description.none", {}, {}, {}});
  }
  auto state = description_json(found->state);
  state["event"] = "state";
  const std::string data = state.dump();
  http::Response response;
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("Cache-Control", "no-store");
  response.body =
      http::EventStreamBody{"description/" + found->asset.str(), http::format_event({.data = data})};
  return response;
}

http::Response put_description(Context& ctx, const TeachingApiDeps& deps) {
  std::string bytes;
  for (const auto& file : ctx.request.files) {
    if (file.name == "script") bytes = file.bytes;
  }
  const auto done = deps.descriptions.put(ctx.db, ctx.viewer, lesson_in(ctx), bytes, ctx.now, deps.random);
  return done ? get_description(ctx) : routing::problem(ctx, done.error().error);
}

http::Response delete_description(Context& ctx, const TeachingApiDeps& deps) {
  return done_or_problem(ctx,
                         deps.descriptions.remove(ctx.db, ctx.viewer, lesson_in(ctx), ctx.now, deps.random));
}

}  // namespace

void add_description_api(routing::Routes& routes, const TeachingApiDeps& deps) {
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
  const std::string one = "/api/v1/lessons/{lesson}/description";
  add(http::Method::get, one, Lane::read, BodyPolicy::none, get_description, "getDescription");
  add(http::Method::get, one + "/events", Lane::read, BodyPolicy::none, follow_description,
      "followDescription");
  add(
      http::Method::put, one, Lane::write, BodyPolicy::multipart,
      [deps](Context& ctx) { return put_description(ctx, deps); }, "putDescription");
  add(
      http::Method::del, one, Lane::write, BodyPolicy::none,
      [deps](Context& ctx) { return delete_description(ctx, deps); }, "deleteDescription");
}

}  // namespace tongxing::api
