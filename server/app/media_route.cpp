// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/media_route.hpp"

#include "server/app/media_files.hpp"
#include "server/routing/error_response.hpp"
#include "server/services/teaching_access.hpp"
#include "server/storage/published_store.hpp"

#include <utility>

namespace tongxing::app {

void add_media_route(routing::Routes& routes, std::filesystem::path media_root) {
  routing::Endpoint endpoint;
  endpoint.handler = [root = std::move(media_root)](routing::Context& ctx) {
    const auto path = parse_media_path(ctx.request.path);
    if (path && storage::PublishedStore(ctx.db).is_published(path->asset)) {
      return media_file(root, *path, MediaAudience::everybody);
    }
    if (path && ctx.viewer.signed_in() && services::may_see_asset(ctx.db, ctx.viewer, path->asset)) {
      return media_file(root, *path, MediaAudience::author);
    }
    return routing::failure(ctx, Error{ErrorCode::not_found, {}, {}, {}, {}});
  };
  routes.add(http::Method::get, "/m/{asset}/{version}/{file...}", std::move(endpoint));
}

}  // namespace tongxing::app
