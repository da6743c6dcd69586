// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pages/download_pages.hpp"

#include "accessibility/transcript/text_forms.hpp"
#include "server/http/text.hpp"
#include "server/render/locale.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/book.hpp"
#include "server/services/lesson_view.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tongxing::pages {
namespace {

using http::Response;
using routing::Context;

std::string say(const Context& ctx, std::string_view key) {
  return ctx.messages->text(ctx.locale, key);
}

/// RFC 6266: a plain name for old programs, the title for all others.
void name_file(Response& response, std::string_view title, std::string_view ending) {
  response.headers.set("Content-Disposition", "attachment; filename=\"tongxing" + std::string(ending) +
                                                  "\"; filename*=UTF-8''" + http::percent_encode(title) +
                                                  std::string(ending));
  response.headers.set("Cache-Control", "private, no-cache");
}

services::BookText book_text(const Context& ctx) {
  return {std::string(render::tag(ctx.locale)), say(ctx, "common.site.name"),
          say(ctx, "learning.takeaway.contents"), say(ctx, "learning.takeaway.with_sound"),
          say(ctx, "learning.takeaway.without_sound")};
}

Response book(Context& ctx, const services::Books& books, const std::optional<LessonId>& lesson) {
  const auto made =
      books.make(ctx.db, ctx.viewer, CourseId{ctx.request.path_params.at("course")}, lesson, book_text(ctx));
  if (!made) return routing::error_page(ctx, made.error());
  Response response;
  response.headers.set("Content-Type", "application/epub+zip");
  name_file(response, made->title, ".epub");
  response.body = http::FileBody{made->path, made->etag, {}};
  return response;
}

using TextForm = std::string (*)(const accessibility::Document&);

Response text(Context& ctx, TextForm form, std::string_view ending) {
  const auto view =
      services::view_lesson(ctx.db, ctx.viewer, CourseId{ctx.request.path_params.at("course")},
                            LessonId{ctx.request.path_params.at("lesson")}, render::tag(ctx.locale));
  if (!view) return routing::error_page(ctx, view.error());
  if (view->transcript.empty()) {
    return routing::error_page(ctx, Error{ErrorCode::not_found, "errors.learning.no_transcript", {}, {}, {}});
  }
  Response response;
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  response.headers.set("Content-Language", view->transcript.language);
  name_file(response, view->lesson().title, ending);
  response.body = form(view->transcript);
  return response;
}

}  // namespace

void add_download_pages(routing::Routes& routes, DownloadPagesDeps deps) {
  const auto books = std::make_shared<const services::Books>(deps.layout);
  const auto add = [&](std::string path, routing::Handler handler) {
    routing::Endpoint endpoint;
    endpoint.handler = std::move(handler);
    routes.add(http::Method::get, std::move(path), std::move(endpoint));
  };
  const std::string lesson = "/courses/{course}/lessons/{lesson}/";
  add("/courses/{course}/course.epub", [books](Context& ctx) { return book(ctx, *books, std::nullopt); });
  add(lesson + "lesson.epub",
      [books](Context& ctx) { return book(ctx, *books, LessonId{ctx.request.path_params.at("lesson")}); });
  add(lesson + "transcript.txt",
      [](Context& ctx) { return text(ctx, accessibility::plain_text_of, ".txt"); });
  add(lesson + "braille.txt", [](Context& ctx) { return text(ctx, accessibility::braille_text_of, ".txt"); });
}

}  // namespace tongxing::pages
