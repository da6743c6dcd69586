// SPDX-License-Identifier: GPL-3.0-or-later
// What an instructor confirms of a lesson's tracks: that captions which a machine made were read over, and
// that the signer consented.
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/lesson_ticks.hpp"

#include <utility>

namespace tongxing::pages {
namespace {

using routing::Context;

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

http::Response answer(const Context& ctx, const TeachingPagesDeps& deps, const Result<void>& done,
                      std::string_view notice) {
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return routing::redirect_with_notice("/teach/lessons/" + lesson_in(ctx).str(), notice);
}

http::Response confirm_captions(Context& ctx, const TeachingPagesDeps& deps) {
  const TrackId track{ctx.request.path_params.at("track")};
  return answer(ctx, deps, services::Captions::confirm(ctx.db, ctx.viewer, lesson_in(ctx), track, ctx.now),
                "teaching.notices.captions_reviewed");
}

http::Response state_consent(Context& ctx, const TeachingPagesDeps& deps) {
  const auto stated =
      ctx.request.form.get("consent") ? services::Confirmation::given : services::Confirmation::withdrawn;
  return answer(ctx, deps, services::state_sign_consent(ctx.db, ctx.viewer, lesson_in(ctx), stated, ctx.now),
                "teaching.notices.consent_saved");
}

}  // namespace

void add_teach_confirm_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  const auto post = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::post, std::move(path),
               {.lane = routing::Lane::write,
                .access = routing::Access::instructor,
                .body = routing::BodyPolicy::form,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  const std::string one = "/teach/lessons/{lesson}";
  post(one + "/captions/{track}/reviewed", [deps](Context& ctx) { return confirm_captions(ctx, deps); });
  post(one + "/sign-consent", [deps](Context& ctx) { return state_consent(ctx, deps); });
}

}  // namespace tongxing::pages
