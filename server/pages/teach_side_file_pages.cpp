// SPDX-License-Identifier: GPL-3.0-or-later
// /teach/lessons/{lesson}/sign and /recording: what was uploaded beside a lesson's video. The files
// themselves arrive over the upload API.
#include "server/pages/teach_lesson_view.hpp"
#include "server/pages/teaching_pages.hpp"
#include "server/routing/once.hpp"
#include "server/routing/page_data.hpp"
#include "server/services/side_files.hpp"

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace tongxing::pages {
namespace {

using routing::Context;
using storage::SideKind;

LessonId lesson_in(const Context& ctx) {
  return LessonId{ctx.request.path_params.at("lesson")};
}

http::Response back(const Context& ctx, std::string_view notice) {
  return routing::redirect_with_notice("/teach/lessons/" + lesson_in(ctx).str(), notice);
}

http::Response move_signer(Context& ctx, const TeachingPagesDeps& deps) {
  const auto offset = services::read_offset(ctx.request.form.get_or("sign_offset"), "sign_offset");
  if (!offset) return lesson_again(ctx, deps, {&offset.error(), 1});
  const auto done = deps.sides.set_offset(ctx.db, ctx.viewer, lesson_in(ctx), SideKind::sign, *offset,
                                          ctx.now, deps.random);
  if (!done) return lesson_again(ctx, deps, {&done.error(), 1});
  return back(ctx, "teaching.notices.sign_moved");
}

http::Response remove(Context& ctx, const TeachingPagesDeps& deps, SideKind kind, std::string_view notice) {
  const auto gone = deps.sides.remove(ctx.db, ctx.viewer, lesson_in(ctx), kind, ctx.now, deps.random);
  if (!gone) return lesson_again(ctx, deps, {&gone.error(), 1});
  if (!gone->empty()) {
    ctx.after_commit.emplace_back([file = *gone] {
      std::error_code stays;  // the doctor tells of it
      std::filesystem::remove(file, stays);
    });
  }
  return back(ctx, notice);
}

}  // namespace

void add_teach_side_file_pages(routing::Routes& routes, const TeachingPagesDeps& deps) {
  const auto post = [&](std::string path, routing::Handler handler) {
    routes.add(http::Method::post, "/teach/lessons/{lesson}/" + path,
               {.lane = routing::Lane::write,
                .access = routing::Access::instructor,
                .body = routing::BodyPolicy::form,
                .handler = [handler = std::move(handler)](Context& ctx) {
                  return routing::once(ctx, [&] { return handler(ctx); });
                }});
  };
  post("sign/offset", [deps](Context& ctx) { return move_signer(ctx, deps); });
  post("sign/remove",
       [deps](Context& ctx) { return remove(ctx, deps, SideKind::sign, "teaching.notices.sign_removed"); });
  post("recording/remove", [deps](Context& ctx) {
    return remove(ctx, deps, SideKind::description, "teaching.notices.recording_removed");
  });
}

}  // namespace tongxing::pages
