// SPDX-License-Identifier: GPL-3.0-or-later
// /teach and /teach/courses: an instructor's courses, their drafts, and handing them over for review.
#include "server/pages/teaching_pages.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/course_drafts.hpp"
#include "server/services/submission.hpp"
#include "server/services/teaching_access.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

CourseId course_in(const Context& ctx) {
  return CourseId{ctx.request.path_params.at("course")};
}

std::string page_of(const CourseId& course) {
  return "/teach/courses/" + course.str();
}

nlohmann::json crumbs(const Context& ctx, std::string current) {
  auto items = nlohmann::json::array({{{"href", "/teach"}, {"text", say(ctx, "teaching.list.title")}}});
  return {{"items", std::move(items)}, {"current", std::move(current)}};
}

http::Response show_list(const Context& ctx) {
  auto data = routing::page_data(ctx, "teaching.list.title");
  data["section"] = {{"teach", true}};
  data["page"]["wide"] = true;
  auto cards = nlohmann::json::array();
  storage::CourseVersionStore versions(ctx.db);
  for (const auto& course : storage::CourseStore(ctx.db).by_author(ctx.viewer.account)) {
    const auto newest = versions.latest(course.id);
    if (!newest) continue;
    auto tags = nlohmann::json::array({state_tag(ctx, newest->state)});
    const bool other_public = course.published_version && *course.published_version != newest->id;
    if (other_public) tags.push_back({{"text", say(ctx, "teaching.list.older_public")}, {"kind", "good"}});
    const auto lessons = storage::LessonStore(ctx.db).of_version(newest->id).size();
    cards.push_back(
        {{"href", page_of(course.id)},
         {"title", newest->title},
         {"summary", ""},
         {"tags", std::move(tags)},
         {"facts", nlohmann::json::array({{{"text", say(ctx, "teaching.list.lessons",
                                                        {{"count", std::to_string(lessons)}})}}})},
         {"progress", nullptr}});
  }
  data["courses"] = std::move(cards);
  data["empty"] = {{"text", say(ctx, "teaching.list.empty")}, {"href", ""}, {"action", ""}};
  return routing::render_page(ctx, "teach/index", data);
}

nlohmann::json new_page(const Context& ctx, const render::FormView& form,
                        const services::CourseDetails& typed, std::string key) {
  auto data = routing::page_data(ctx, "teaching.new_course.title");
  data["section"] = {{"teach", true}};
  data["breadcrumbs"] = crumbs(ctx, say(ctx, "teaching.new_course.title"));
  data["fields"] = course_fields(ctx, form, typed);
  data["errors"] = form.errors();
  data["idempotency_key"] = std::move(key);
  return data;
}

http::Response show_new(const Context& ctx, const TeachingPagesDeps& deps) {
  const render::FormView form(*ctx.messages, ctx.locale);
  return routing::render_page(ctx, "teach/course_new",
                              new_page(ctx, form, {}, routing::new_form_key(deps.random)));
}

http::Response create(Context& ctx, const TeachingPagesDeps& deps) {
  const auto typed = typed_course(ctx.request.form);
  render::FormView form(*ctx.messages, ctx.locale);
  const auto again = [&](unsigned status) {
    return routing::render_page(ctx, "teach/course_new",
                                new_page(ctx, form, typed, ctx.request.form.get_or("idempotency_key")),
                                status);
  };
  const auto wrong = services::problems_in(services::tidied(typed));
  for (const Error& error : wrong) form.fail(error);
  if (!wrong.empty()) return again(422);
  const auto made = services::create_course(ctx.db, ctx.viewer, typed, ctx.now, deps.random);
  if (!made) {
    form.fail(made.error());
    return again(routing::status_of(made.error().code));
  }
  return routing::redirect_with_notice(page_of(made->course), "teaching.notices.course_created");
}

nlohmann::json lesson_row(const Context& ctx, const services::LessonPack& pack, std::size_t count) {
  const auto ordinal = pack.lesson.ordinal;
  const std::string page = "/teach/lessons/" + pack.lesson.lesson.str();
  const MessageArgs named{{"lesson", pack.lesson.title}};
  nlohmann::json duration = "";
  if (pack.asset && pack.asset->duration > Milliseconds{0}) duration = duration_text(pack.asset->duration);
  return {{"href", page},
          {"title", pack.lesson.title},
          {"tag", media_tag(ctx, pack)},
          {"duration", duration},
          {"tracks", say(ctx, "teaching.course.tracks", {{"count", std::to_string(pack.tracks.size())}})},
          {"can_move", count > 1},
          {"can_rise", ordinal > 1},
          {"can_sink", ordinal < static_cast<std::int64_t>(count)},
          {"rise_label", say(ctx, "teaching.course.move_up", named)},
          {"sink_label", say(ctx, "teaching.course.move_down", named)}};
}

/// What the author can do now, in one sentence.
std::string next_step(const Context& ctx, const storage::CourseVersionRow& version, bool complete) {
  const bool ready = version.state == "DRAFT" && complete;
  return say(ctx, "teaching.next_step." + (ready ? std::string("ready") : key_part(version.state)));
}

nlohmann::json course_page(const Context& ctx, const storage::CourseVersionRow& version,
                           const render::FormView& form, const services::CourseDetails& typed) {
  const auto pack = services::pack_of(ctx.db, version.id);
  const auto missing = services::missing_in(version, pack, courses::PackFor::submission);
  const bool editable = services::is_editable(version);
  auto data = routing::page_data(ctx, "teaching.course.title");
  data["page"]["title"] = version.title + " – " + say(ctx, "common.nav.teach");
  data["page"]["heading"] = version.title;
  data["page"]["wide"] = true;
  data["section"] = {{"teach", true}};
  data["breadcrumbs"] = crumbs(ctx, version.title);
  auto rows = nlohmann::json::array();
  for (const auto& lesson : pack) rows.push_back(lesson_row(ctx, lesson, pack.size()));
  data["lessons"] = std::move(rows);
  data["course"] = {
      {"action", page_of(version.course)},
      {"tag", state_tag(ctx, version.state)},
      {"version", say(ctx, "teaching.course.version", {{"number", std::to_string(version.number)}})},
      {"next_step", next_step(ctx, version, missing.empty())},
      {"summary", version.summary},
      {"editable", editable},
      {"can_submit", editable && missing.empty()},
      {"can_renew",
       version.state == "PUBLISHED" || version.state == "SUSPENDED" || version.state == "RETIRED"}};
  data["missing"] = editable ? missing_list(ctx, missing) : nlohmann::json::array();
  data["reasons"] = reason_list(ctx, storage::ReviewStore(ctx.db).reasons_of_course(version.course), pack);
  data["fields"] = course_fields(ctx, form, typed);
  data["errors"] = form.errors();
  return data;
}

services::CourseDetails details_of(const storage::CourseVersionRow& version) {
  return {version.title, version.summary, version.language, version.policy};
}

http::Response show_course(const Context& ctx) {
  const auto version = services::own_latest_version(ctx.db, ctx.viewer, course_in(ctx));
  if (!version) return routing::error_page(ctx, version.error());
  const render::FormView form(*ctx.messages, ctx.locale);
  return routing::render_page(ctx, "teach/course", course_page(ctx, *version, form, details_of(*version)));
}

/// The answer to a form on the course's page: back to it with a notice, or the page with the errors.
http::Response answer(Context& ctx, const Result<void>& done, std::string_view notice,
                      std::span<const Error> all = {}) {
  const CourseId course = course_in(ctx);
  if (done) return routing::redirect_with_notice(page_of(course), notice);
  const auto version = services::own_latest_version(ctx.db, ctx.viewer, course);
  if (!version) return routing::error_page(ctx, done.error());
  render::FormView form(*ctx.messages, ctx.locale);
  for (const Error& error : all) form.fail(error);
  if (all.empty()) form.fail(done.error());
  const auto typed = ctx.request.form.get("title") ? typed_course(ctx.request.form) : details_of(*version);
  return routing::render_page(ctx, "teach/course", course_page(ctx, *version, form, typed),
                              routing::status_of(done.error().code));
}

http::Response edit(Context& ctx) {
  const auto typed = typed_course(ctx.request.form);
  const auto wrong = services::problems_in(services::tidied(typed));
  return answer(ctx, services::edit_course(ctx.db, ctx.viewer, course_in(ctx), typed),
                "teaching.notices.saved", wrong);
}

http::Response submit(Context& ctx) {
  return answer(ctx, services::submit_course(ctx.db, ctx.viewer, course_in(ctx), ctx.now),
                "teaching.notices.submitted");
}

http::Response renew(Context& ctx, const TeachingPagesDeps& deps) {
  const auto made = services::new_course_version(ctx.db, ctx.viewer, course_in(ctx), ctx.now, deps.random);
  const Result<void> done = made ? Result<void>{} : std::unexpected(made.error());
  return answer(ctx, done, "teaching.notices.version_created");
}

}  // namespace

void add_teach_course_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  using routing::Access;
  using routing::BodyPolicy;
  using routing::Lane;
  const auto get = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::get, std::move(path),
               {.access = Access::instructor, .handler = std::move(handler)});
  };
  const auto post = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = Lane::write,
                .access = Access::instructor,
                .body = BodyPolicy::form,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  get("/teach", show_list);
  get("/teach/courses/new", [deps](const Context& ctx) { return show_new(ctx, deps); });
  post("/teach/courses/new", [deps](Context& ctx) { return create(ctx, deps); });
  get("/teach/courses/{course}", show_course);
  post("/teach/courses/{course}", edit);
  post("/teach/courses/{course}/submit", submit);
  post("/teach/courses/{course}/versions", [deps](Context& ctx) { return renew(ctx, deps); });
}

void add_teaching_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  add_teach_course_pages(routes, deps);
  add_teach_lesson_pages(routes, deps);
  add_teach_description_pages(routes, deps);
  add_teach_confirm_pages(routes, deps);
  add_teach_side_file_pages(routes, deps);
  add_teach_chapter_pages(routes, deps);
  add_teach_preview_page(routes, deps.layout);
}

}  // namespace tongxing::pages
