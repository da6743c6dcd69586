// SPDX-License-Identifier: GPL-3.0-or-later
// /teach/lessons/{lesson}/chapters: the parts of a lesson, typed or as a file.
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/chapters.hpp"

#include <string>
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
  services::ChaptersGiven given{{}, ctx.request.form.get_or("chapters_text")};
  for (const auto& file : ctx.request.files) {
    if (file.name == "chapters_file") given.file = file.bytes;
  }
  const auto done = deps.chapters.put(ctx.db, ctx.viewer, lesson_in(ctx), given, ctx.now, deps.random);
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return back(ctx, "teaching.notices.chapters_saved");
}

http::Response remove(Context& ctx, const TeachingPagesDeps& deps) {
  const auto done = deps.chapters.remove(ctx.db, ctx.viewer, lesson_in(ctx), ctx.now, deps.random);
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return back(ctx, "teaching.notices.chapters_removed");
}

}  // namespace

void add_teach_chapter_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  const std::string one = "/teach/lessons/{lesson}/chapters";
  const auto post = [&](std::string path, routing::BodyPolicy body, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = routing::Lane::write,
                .access = routing::Access::instructor,
                .body = body,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  post(one, routing::BodyPolicy::multipart, [deps](Context& ctx) { return put(ctx, deps); });
  post(one + "/remove", routing::BodyPolicy::form, [deps](Context& ctx) { return remove(ctx, deps); });
}

}  // namespace tongxing::pages
