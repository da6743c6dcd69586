// SPDX-License-Identifier: GPL-3.0-or-later
// /teach/lessons: one lesson of a draft: its texts, its place, its video and its captions.
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/lesson_editing.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

CourseId course_in(const Context& ctx) {
  return CourseId{ctx.request.path_params.at("course")};
}

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

std::string page_of(const LessonId& lesson) {
  return "/teach/lessons/" + lesson.str();
}

http::Response new_page(const Context& ctx, const storage::CourseVersionRow& version,
                        const render::FormView& form, const services::LessonDetails& typed, std::string key,
                        unsigned status) {
  auto data = routing::page_data(ctx, "teaching.new_lesson.title");
  data["section"] = {{"teach", true}};
  data["breadcrumbs"] = lesson_crumbs(ctx, version, say(ctx, "teaching.new_lesson.title"));
  data["action"] = "/teach/courses/" + version.course.str() + "/lessons/new";
  data["fields"] = lesson_fields(form, typed);
  data["errors"] = form.errors();
  data["idempotency_key"] = std::move(key);
  return routing::render_page(ctx, "teach/lesson_new", data, status);
}

http::Response show_new(const Context& ctx, const TeachingPagesDeps& deps) {
  const auto version = services::editable_version(ctx.db, ctx.viewer, course_in(ctx));
  if (!version) return routing::error_page(ctx, version.error());
  const render::FormView form(*ctx.messages, ctx.locale);
  return new_page(ctx, *version, form, {}, routing::new_form_key(deps.random), 200);
}

http::Response create(Context& ctx, const TeachingPagesDeps& deps) {
  const auto version = services::editable_version(ctx.db, ctx.viewer, course_in(ctx));
  if (!version) return routing::error_page(ctx, version.error());
  const auto typed = typed_lesson(ctx.request.form);
  render::FormView form(*ctx.messages, ctx.locale);
  const auto wrong = services::problems_in(services::tidied(typed));
  for (const Error& error : wrong) form.fail(error);
  const auto again = [&](unsigned status) {
    return new_page(ctx, *version, form, typed, ctx.request.form.get_or("idempotency_key"), status);
  };
  if (!wrong.empty()) return again(422);
  const auto made = services::add_lesson(ctx.db, ctx.viewer, version->course, typed, ctx.now, deps.random);
  if (!made) {
    form.fail(made.error());
    return again(routing::status_of(made.error().code));
  }
  return routing::redirect_with_notice(page_of(*made), "teaching.notices.lesson_created");
}

http::Response show_lesson(const Context& ctx, const TeachingPagesDeps& deps) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return routing::error_page(ctx, found.error());
  const render::FormView form(*ctx.messages, ctx.locale);
  return routing::render_page(
      ctx, "teach/lesson",
      lesson_page(ctx, deps.uploads, *found, {form, {found->lesson.title, found->lesson.summary}}));
}

}  // namespace

http::Response lesson_again(const Context& ctx, const TeachingPagesDeps& deps, std::span<const Error> errors,
                            std::span<const accessibility::Finding> findings) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  if (!found) return routing::error_page(ctx, found.error());
  render::FormView form(*ctx.messages, ctx.locale);
  for (const Error& error : errors) form.fail(error);
  const bool typed_texts = ctx.request.form.get("title").has_value();
  const services::LessonDetails texts =
      typed_texts ? typed_lesson(ctx.request.form)
                  : services::LessonDetails{found->lesson.title, found->lesson.summary};
  LessonForms forms{form, texts};
  forms.caption_kind = ctx.request.form.get_or("kind", forms.caption_kind);
  forms.caption_language = ctx.request.form.get_or("language", forms.caption_language);
  forms.caption_origin = ctx.request.form.get_or("origin", forms.caption_origin);
  forms.burned_in = ctx.request.form.get_or("burned_in");
  forms.sign_offset = ctx.request.form.get("sign_offset");
  forms.chapters = ctx.request.form.get("chapters_text");
  forms.findings.assign(findings.begin(), findings.end());
  return routing::render_page(ctx, "teach/lesson", lesson_page(ctx, deps.uploads, *found, forms),
                              routing::status_of(errors.front().code));
}

namespace {

http::Response edit(Context& ctx, const TeachingPagesDeps& deps) {
  const auto typed = typed_lesson(ctx.request.form);
  const auto wrong = services::problems_in(services::tidied(typed));
  if (!wrong.empty()) return lesson_again(ctx, deps, wrong);
  const auto done = services::edit_lesson(ctx.db, ctx.viewer, lesson_in(ctx), typed);
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return routing::redirect_with_notice(page_of(lesson_in(ctx)), "teaching.notices.saved");
}

/// Back to the course of the lesson, or its error page.
http::Response back_to_course(const Context& ctx, const Result<services::LessonInVersion>& found,
                              const Result<void>& done, std::string_view notice) {
  if (!done) return routing::error_page(ctx, done.error());
  return routing::redirect_with_notice("/teach/courses/" + found->version.course.str(), notice);
}

http::Response move(Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  const auto direction =
      ctx.request.form.get_or("direction") == "up" ? services::Direction::up : services::Direction::down;
  return back_to_course(ctx, found, services::move_lesson(ctx.db, ctx.viewer, lesson_in(ctx), direction),
                        "teaching.notices.lesson_moved");
}

http::Response remove(Context& ctx) {
  const auto found = services::own_lesson(ctx.db, ctx.viewer, lesson_in(ctx));
  return back_to_course(ctx, found, services::remove_lesson(ctx.db, ctx.viewer, lesson_in(ctx)),
                        "teaching.notices.lesson_removed");
}

void remove_later(Context& ctx, const std::filesystem::path& stale) {
  if (!stale.empty()) ctx.after_commit.emplace_back([stale] { services::Captions::remove_folder(stale); });
}

http::Response put_captions(Context& ctx, const TeachingPagesDeps& deps) {
  const auto& files = ctx.request.files;
  services::CaptionUpload upload{ctx.request.form.get_or("kind"),
                                 ctx.request.form.get_or("language"),
                                 {},
                                 ctx.request.form.get_or("origin"),
                                 ctx.request.form.get_or("burned_in")};
  for (const auto& file : files) {
    if (file.name == "file") upload.bytes = file.bytes;
  }
  const auto report = deps.captions.put(ctx.db, ctx.viewer, lesson_in(ctx), upload, ctx.now, deps.random);
  if (!report) {
    return lesson_again(ctx, deps, {&report.error().error, 1}, report.error().findings);
  }
  remove_later(ctx, report->stale);
  return routing::redirect_with_notice(page_of(lesson_in(ctx)),
                                       report->findings.empty() ? "teaching.notices.captions_saved"
                                                                : "teaching.notices.captions_saved_warnings");
}

http::Response remove_captions(Context& ctx, const TeachingPagesDeps& deps) {
  const TrackId track{ctx.request.path_params.at("track")};
  const auto stale = deps.captions.remove(ctx.db, ctx.viewer, lesson_in(ctx), track, ctx.now, deps.random);
  if (!stale) return lesson_again(ctx, deps, {&stale.error(), 1});
  remove_later(ctx, *stale);
  return routing::redirect_with_notice(page_of(lesson_in(ctx)), "teaching.notices.captions_removed");
}

}  // namespace

void add_teach_lesson_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  using routing::Access;
  using routing::BodyPolicy;
  const auto get = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::get, std::move(path),
               {.access = Access::instructor, .handler = std::move(handler)});
  };
  const auto post = [&](std::string path, BodyPolicy body, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = routing::Lane::write,
                .access = Access::instructor,
                .body = body,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  const std::string make = "/teach/courses/{course}/lessons/new";
  const std::string one = "/teach/lessons/{lesson}";
  get(make, [deps](const Context& ctx) { return show_new(ctx, deps); });
  post(make, BodyPolicy::form, [deps](Context& ctx) { return create(ctx, deps); });
  get(one, [deps](const Context& ctx) { return show_lesson(ctx, deps); });
  post(one, BodyPolicy::form, [deps](Context& ctx) { return edit(ctx, deps); });
  post(one + "/move", BodyPolicy::form, move);
  post(one + "/remove", BodyPolicy::form, remove);
  post(one + "/captions", BodyPolicy::multipart, [deps](Context& ctx) { return put_captions(ctx, deps); });
  post(one + "/captions/{track}/remove", BodyPolicy::form,
       [deps](Context& ctx) { return remove_captions(ctx, deps); });
}

}  // namespace tongxing::pages
