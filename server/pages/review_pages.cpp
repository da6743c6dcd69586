// SPDX-License-Identifier: GPL-3.0-or-later
// /review: what waits for a reviewer, and judging one version of a course.
#include "server/pages/review_pages.hpp"

#include "server/pages/review_ticks.hpp"
#include "server/pages/review_view.hpp"
#include "server/pages/teaching_view.hpp"
#include "server/routing/error_response.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/reviewing.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::pages {
namespace {

using routing::Context;

CourseVersionId version_in(const Context& ctx) {
  return CourseVersionId{ctx.request.path_params.at("version")};
}

std::string page_of(const CourseVersionId& version) {
  return "/review/" + version.str();
}

nlohmann::json item_list(const Context& ctx, const std::vector<services::QueueItem>& items) {
  auto list = nlohmann::json::array();
  for (const auto& item : items) {
    const bool waits = item.version.state != "PUBLISHED" && item.version.state != "SUSPENDED";
    auto facts = nlohmann::json::array();
    facts.push_back({{"text", say(ctx, "review.queue.author", {{"name", item.version.author_name}})}});
    facts.push_back({{"text", say(ctx, "teaching.list.lessons", {{"count", std::to_string(item.lessons)}})}});
    if (waits) facts.push_back({{"text", say(ctx, "review.queue.due", {{"date", date_text(item.due)}})}});
    auto tags = nlohmann::json::array({state_tag(ctx, item.version.state)});
    if (waits && item.due < ctx.now)
      tags.push_back({{"text", say(ctx, "review.queue.late")}, {"kind", "bad"}});
    list.push_back({{"href", page_of(item.version.id)},
                    {"title", item.version.title},
                    {"summary", ""},
                    {"tags", std::move(tags)},
                    {"facts", std::move(facts)},
                    {"progress", nullptr}});
  }
  return list;
}

http::Response show_queue(const Context& ctx) {
  auto data = routing::page_data(ctx, "review.queue.title");
  data["section"] = {{"review", true}};
  data["page"]["wide"] = true;
  data["queue"] = item_list(ctx, services::review_queue(ctx.db, ctx.viewer));
  data["supervised"] = item_list(ctx, services::supervised_courses(ctx.db, ctx.viewer));
  data["empty"] = {{"text", say(ctx, "review.queue.empty")}, {"href", ""}, {"action", ""}};
  return routing::render_page(ctx, "review/index", data);
}

http::Response show_version(const Context& ctx) {
  const auto view = services::review_view(ctx.db, ctx.viewer, version_in(ctx));
  if (!view) return routing::error_page(ctx, view.error());
  const render::FormView form(*ctx.messages, ctx.locale);
  return routing::render_page(ctx, "review/version", review_page(ctx, *view, {form, {}, {}, {}}));
}

/// To `next` with a notice, or the version's page with the error and what was typed.
http::Response answer(Context& ctx, const Result<void>& done, std::string_view notice,
                      const std::string& next) {
  if (done) return routing::redirect_with_notice(next, notice);
  const auto view = services::review_view(ctx.db, ctx.viewer, version_in(ctx));
  if (!view) return routing::error_page(ctx, done.error());
  render::FormView form(*ctx.messages, ctx.locale);
  form.fail(done.error());
  const http::Params& typed = ctx.request.form;
  const ReviewForms forms{form, typed.get_or("reason"), typed.get_or("lesson"), typed.get_or("at")};
  return routing::render_page(ctx, "review/version", review_page(ctx, *view, forms),
                              routing::status_of(done.error().code));
}

/// Back to the version's page with a notice.
http::Response answer(Context& ctx, const Result<void>& done, std::string_view notice) {
  return answer(ctx, done, notice, page_of(version_in(ctx)));
}

http::Response take(Context& ctx) {
  return answer(ctx, services::take_into_review(ctx.db, ctx.viewer, version_in(ctx)), "review.notices.taken");
}

/// The ticks, the statement and those checklists that were answered; a checklist without an answer stays as
/// it was.
Result<void> record_all(Context& ctx, Random& random) {
  const http::Params& form = ctx.request.form;
  const auto version = version_in(ctx);
  if (form.get("statement_asked")) {
    const std::string statement = form.get("statement") ? say(ctx, "review.statement.text") : std::string{};
    auto done = services::record_visual_statement(ctx.db, ctx.viewer, version, statement);
    if (!done) return done;
  }
  if (auto done = record_ticks(ctx, version); !done) return done;
  for (const std::string_view checklist : services::kChecklists) {
    const std::string name(checklist);
    const std::string result = form.get_or("result_" + name);
    if (result != "pass" && result != "fail") continue;
    auto done = services::record_checklist(
        ctx.db, ctx.viewer, version, {name, result == "pass", form.get_or("note_" + name)}, ctx.now, random);
    if (done) continue;
    Error error = done.error();
    if (error.field == "note") error.field = "note_" + name;
    return std::unexpected(error);
  }
  return {};
}

http::Response record(Context& ctx, const ReviewPagesDeps& deps) {
  return answer(ctx, record_all(ctx, deps.random), "review.notices.recorded");
}

Result<services::Reason> typed_reason(const Context& ctx) {
  const http::Params& form = ctx.request.form;
  services::Reason reason{form.get_or("reason"), std::nullopt, std::nullopt};
  if (const std::string lesson = form.get_or("lesson"); !lesson.empty()) reason.lesson = LessonId{lesson};
  if (const std::string at = form.get_or("at"); !at.empty()) {
    reason.at = services::parse_time_code(at);
    if (!reason.at) return fail_field("at", "errors.review.time_code");
  }
  return reason;
}

http::Response give_back(Context& ctx, const ReviewPagesDeps& deps) {
  const auto reason = typed_reason(ctx);
  if (!reason) return answer(ctx, std::unexpected(reason.error()), "");
  // What was returned is its author's again and has no page here.
  return answer(ctx,
                services::return_version(ctx.db, ctx.viewer, version_in(ctx), *reason, ctx.now, deps.random),
                "review.notices.returned", "/review");
}

http::Response publish(Context& ctx) {
  return answer(ctx, services::publish_version(ctx.db, ctx.viewer, version_in(ctx), ctx.now),
                "review.notices.published");
}

http::Response suspend(Context& ctx, const ReviewPagesDeps& deps) {
  const auto reason = typed_reason(ctx);
  if (!reason) return answer(ctx, std::unexpected(reason.error()), "");
  return answer(ctx,
                services::suspend_version(ctx.db, ctx.viewer, version_in(ctx), *reason, ctx.now, deps.random),
                "review.notices.suspended");
}

}  // namespace

void add_review_pages(routing::Routes& routes, const ReviewPagesDeps& deps) {
  const auto get = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::get, std::move(path),
               {.access = routing::Access::reviewer, .handler = std::move(handler)});
  };
  const auto post = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = routing::Lane::write,
                .access = routing::Access::reviewer,
                .body = routing::BodyPolicy::form,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  const std::string one = "/review/{version}";
  get("/review", show_queue);
  get(one, show_version);
  add_review_preview_page(routes);
  post(one + "/take", take);
  post(one + "/checklists", [deps](Context& ctx) { return record(ctx, deps); });
  post(one + "/return", [deps](Context& ctx) { return give_back(ctx, deps); });
  post(one + "/publish", publish);
  post(one + "/suspend", [deps](Context& ctx) { return suspend(ctx, deps); });
}

}  // namespace tongxing::pages
