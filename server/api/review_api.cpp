// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/review_api.hpp"

#include "server/api/json_body.hpp"
#include "server/api/teaching_json.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/lesson_ticks.hpp"
#include "server/services/reviewing.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

CourseVersionId version_in(const Context& ctx) {
  return CourseVersionId{ctx.request.path_params.at("version")};
}

nlohmann::json item_list(const std::vector<services::QueueItem>& items) {
  auto list = nlohmann::json::array();
  for (const auto& item : items) {
    auto json = version_json(item.version);
    json["lesson_count"] = item.lessons;
    json["due_at"] = to_ms(item.due);
    list.push_back(std::move(json));
  }
  return list;
}

http::Response list_reviews(const Context& ctx) {
  const nlohmann::json body{{"waiting", item_list(services::review_queue(ctx.db, ctx.viewer))},
                            {"supervised", item_list(services::supervised_courses(ctx.db, ctx.viewer))}};
  return http::json(200, body.dump());
}

http::Response get_review(const Context& ctx) {
  const auto view = services::review_view(ctx.db, ctx.viewer, version_in(ctx));
  if (!view) return routing::problem(ctx, view.error());
  auto json = version_json(view->version);
  json["lessons"] = nlohmann::json::array();
  for (const auto& lesson : view->pack) json["lessons"].push_back(lesson_json(lesson));
  json["ticks"] = nlohmann::json::array();
  for (const auto& lesson : view->pack) {
    for (const auto& tick : services::ticks_of(lesson)) {
      json["ticks"].push_back({{"lesson", lesson.lesson.lesson.str()},
                               {"point", services::name_of(tick.point)},
                               {"ticked", tick.ticked}});
    }
  }
  json["missing"] = missing_json(ctx, view->missing);
  json["statement_needed"] = view->statement_needed;
  json["visual_statement"] = view->version.visual_statement;
  json["checklists"] = nlohmann::json::array();
  for (const auto& row : view->checklists) {
    json["checklists"].push_back({{"checklist", row.checklist},
                                  {"passed", row.passed},
                                  {"note", row.reasons},
                                  {"reviewed_at", to_ms(row.reviewed_at)}});
  }
  json["reasons"] = nlohmann::json::array();
  for (const auto& reason : view->reasons) {
    json["reasons"].push_back({{"kind", reason.kind},
                               {"text", reason.text},
                               {"lesson", reason.lesson ? reason.lesson->str() : std::string{}},
                               {"at_ms", reason.at.value_or(Milliseconds{0}).count()},
                               {"created_at", to_ms(reason.created_at)}});
  }
  return http::json(200, json.dump());
}

http::Response answer(Context& ctx, const Result<void>& done) {
  return done ? get_review(ctx) : routing::problem(ctx, done.error());
}

http::Response record(Context& ctx, Random& random) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto checklist = text_member(*body, "checklist");
  if (!checklist) return routing::problem(ctx, checklist.error());
  const auto note = optional_text_member(*body, "note");
  if (!note) return routing::problem(ctx, note.error());
  const auto passed = body->find("passed");
  if (passed == body->end() || !passed->is_boolean()) {
    return routing::problem(ctx, fail_field("passed", "errors.review.checklist").error());
  }
  return answer(ctx, services::record_checklist(ctx.db, ctx.viewer, version_in(ctx),
                                                {*checklist, passed->get<bool>(), *note}, ctx.now, random));
}

http::Response state_visual(Context& ctx) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto statement = text_member(*body, "statement");
  if (!statement) return routing::problem(ctx, statement.error());
  return answer(ctx, services::record_visual_statement(ctx.db, ctx.viewer, version_in(ctx), *statement));
}

http::Response tick(Context& ctx) {
  const auto body = json_object(ctx.request);
  if (!body) return routing::problem(ctx, body.error());
  const auto lesson = text_member(*body, "lesson");
  if (!lesson) return routing::problem(ctx, lesson.error());
  const auto point = text_member(*body, "point");
  if (!point) return routing::problem(ctx, point.error());
  const auto ticked = body->find("ticked");
  if (ticked == body->end() || !ticked->is_boolean()) {
    return routing::problem(ctx, fail_field("ticked", "errors.review.tick").error());
  }
  const auto confirmation =
      ticked->get<bool>() ? services::Confirmation::given : services::Confirmation::withdrawn;
  return answer(ctx, services::record_tick(ctx.db, ctx.viewer, version_in(ctx), LessonId{*lesson}, *point,
                                           confirmation, ctx.now));
}

http::Response confirm_captions(Context& ctx) {
  return answer(ctx, services::confirm_captions(ctx.db, ctx.viewer, version_in(ctx),
                                                TrackId{ctx.request.path_params.at("track")}, ctx.now));
}

Result<services::Reason> reason_in(const Context& ctx) {
  const auto body = json_object(ctx.request);
  if (!body) return std::unexpected(body.error());
  auto text = text_member(*body, "reason");
  if (!text) return std::unexpected(text.error());
  const auto lesson = optional_text_member(*body, "lesson");
  if (!lesson) return std::unexpected(lesson.error());
  services::Reason reason{std::move(*text), std::nullopt, std::nullopt};
  if (!lesson->empty()) reason.lesson = LessonId{*lesson};
  if (const auto at = body->find("at_ms"); at != body->end() && !at->is_null()) {
    if (!at->is_number_unsigned()) return fail_field("at_ms", "errors.review.time_code");
    reason.at = Milliseconds{at->get<std::int64_t>()};
  }
  return reason;
}

http::Response give_back(Context& ctx, Random& random) {
  const auto reason = reason_in(ctx);
  if (!reason) return routing::problem(ctx, reason.error());
  const auto done = services::return_version(ctx.db, ctx.viewer, version_in(ctx), *reason, ctx.now, random);
  // It is its author's again: from here on the reviewer does not see it.
  return done ? http::no_content() : routing::problem(ctx, done.error());
}

http::Response suspend(Context& ctx, Random& random) {
  const auto reason = reason_in(ctx);
  if (!reason) return routing::problem(ctx, reason.error());
  return answer(ctx,
                services::suspend_version(ctx.db, ctx.viewer, version_in(ctx), *reason, ctx.now, random));
}

}  // namespace

void add_review_api(routing::Routes& routes, const ReviewApiDeps& deps) {
  using routing::BodyPolicy;
  using routing::Lane;
  const auto add = [&](http::Method method, std::string path, BodyPolicy body, routing::Handler handler,
                       std::string operation) {
    routes.add(method, std::move(path),
               {.lane = http::is_safe(method) ? Lane::read : Lane::write,
                .access = routing::Access::reviewer,
                .body = body,
                .csrf = routing::Csrf::same_site,
                .handler = std::move(handler),
                .operation_id = std::move(operation)});
  };
  Random& random = deps.random;
  const std::string one = "/api/v1/reviews/{version}";
  add(http::Method::get, "/api/v1/reviews", BodyPolicy::none, list_reviews, "listReviews");
  add(http::Method::get, one, BodyPolicy::none, get_review, "getReview");
  add(
      http::Method::post, one + "/take", BodyPolicy::none,
      [](Context& ctx) {
        return answer(ctx, services::take_into_review(ctx.db, ctx.viewer, version_in(ctx)));
      },
      "takeReview");
  add(
      http::Method::post, one + "/checklists", BodyPolicy::small,
      [&random](Context& ctx) { return record(ctx, random); }, "recordChecklist");
  add(http::Method::put, one + "/visual-statement", BodyPolicy::small, state_visual, "recordVisualStatement");
  add(http::Method::put, one + "/ticks", BodyPolicy::small, tick, "recordTick");
  add(http::Method::post, one + "/captions/{track}/reviewed", BodyPolicy::none, confirm_captions,
      "confirmCaptions");
  add(
      http::Method::post, one + "/return", BodyPolicy::small,
      [&random](Context& ctx) { return give_back(ctx, random); }, "returnVersion");
  add(
      http::Method::post, one + "/publish", BodyPolicy::none,
      [](Context& ctx) {
        return answer(ctx, services::publish_version(ctx.db, ctx.viewer, version_in(ctx), ctx.now));
      },
      "publishVersion");
  add(
      http::Method::post, one + "/suspend", BodyPolicy::small,
      [&random](Context& ctx) { return suspend(ctx, random); }, "suspendVersion");
}

}  // namespace tongxing::api
