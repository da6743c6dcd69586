// SPDX-License-Identifier: GPL-3.0-or-later
// /teach/lessons/{lesson}/description: the script that blind learners hear.
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/descriptions.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

namespace tongxing::pages {
namespace {

using routing::Context;

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

http::Response back(const Context& ctx, std::string_view notice) {
  return routing::redirect_with_notice("/teach/lessons/" + lesson_in(ctx).str(), notice);
}

http::Response put(Context& ctx, const TeachingPagesDeps& deps) {
  std::string bytes;
  for (const auto& file : ctx.request.files) {
    if (file.name == "script") bytes = file.bytes;
  }
  const auto done = deps.descriptions.put(ctx.db, ctx.viewer, lesson_in(ctx), bytes, ctx.now, deps.random);
  if (!done) return lesson_again(ctx, deps, {&done.error().error, 1});
  return back(ctx, "teaching.notices.description_saved");
}

http::Response remove(Context& ctx, const TeachingPagesDeps& deps) {
  const auto done = deps.descriptions.remove(ctx.db, ctx.viewer, lesson_in(ctx), ctx.now, deps.random);
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return back(ctx, "teaching.notices.description_removed");
}

http::Response download(const Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return routing::error_page(ctx, found.error());
  const auto script =
      found->lesson.asset ? storage::TrackStore(ctx.db).description_of(*found->lesson.asset) : std::nullopt;
  if (!script) {
    return routing::error_page(ctx, Error{ErrorCode::not_found, "errors.description.none", {}, {}, {}});
  }
  http::Response response;
  response.status = 200;
  response.headers.set("Content-Type", "text/vtt; charset=utf-8");
  response.headers.set("Content-Disposition", "attachment; filename=\"description.vtt\"");
  response.headers.set("Cache-Control", "no-store");
  response.body = script->source;
  return response;
}

}  // namespace

void add_teach_description_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  const std::string one = "/teach/lessons/{lesson}/description";
  const auto post = [&](std::string path, routing::BodyPolicy body, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = routing::Lane::write,
                .access = routing::Access::instructor,
                .body = body,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  routes.add(http::Method::get, one, {.access = routing::Access::instructor, .handler = download});
  post(one, routing::BodyPolicy::multipart, [deps](Context& ctx) { return put(ctx, deps); });
  post(one + "/remove", routing::BodyPolicy::form, [deps](Context& ctx) { return remove(ctx, deps); });
}

}  // namespace tongxing::pages
