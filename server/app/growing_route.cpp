// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/growing_route.hpp"

#include "server/app/media_files.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/growing_package.hpp"
#include "server/services/teaching_access.hpp"

#include <system_error>
#include <utility>

namespace tongxing::app {
namespace {

http::Response refused(const routing::Context& ctx, ErrorCode code) {
  auto response = routing::failure(ctx, Error{code, {}, {}, {}, {}});
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// The last part is opened without following links; so that nothing before it leads elsewhere either.
bool is_real_folder(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::is_directory(std::filesystem::symlink_status(folder, error));
}

http::Response growing(const routing::Context& ctx, const storage::DataLayout& layout) {
  const auto& params = ctx.request.path_params;
  const AssetId asset{params.at("asset")};
  const std::string& file = params.at("file");
  const auto found = services::own_lesson(ctx.db, ctx.viewer, LessonId{params.at("lesson")});
  if (!found || found->lesson.asset != asset || !services::is_growing_file(file)) {
    return refused(ctx, ErrorCode::not_found);
  }
  const auto folder = services::growing_folder(ctx.db, layout, asset);
  if (!folder || !is_real_folder((*folder / file).parent_path())) return refused(ctx, ErrorCode::gone);
  return media_response(*folder / file, file, MediaAudience::author);
}

}  // namespace

void add_growing_route(routing::Routes& routes, storage::DataLayout layout) {
  routes.add(http::Method::get, "/teach/lessons/{lesson}/growing/{asset}/{file...}",
             {.access = routing::Access::instructor,
              .handler = [layout = std::move(layout)](const routing::Context& ctx) {
                return growing(ctx, layout);
              }});
}

}  // namespace tongxing::app
