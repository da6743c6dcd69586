// SPDX-License-Identifier: GPL-3.0-or-later
// How far a video is: as it is now, and as it goes on.
#include "server/api/teaching_api.hpp"
#include "server/api/teaching_json.hpp"
#include "server/http/sse.hpp"
#include "server/routing/error_response.hpp"

#include <nlohmann/json.hpp>

namespace tongxing::api {
namespace {

using routing::Context;

Result<services::AssetView> asked(const Context& ctx) {
  return services::asset_view(ctx.db, ctx.viewer, AssetId{ctx.request.path_params.at("asset")});
}

http::Response get_asset(const Context& ctx) {
  const auto view = asked(ctx);
  if (!view) return routing::problem(ctx, view.error());
  return http::json(200, asset_json(*view).dump());
}

http::Response follow_asset(const Context& ctx) {
  const auto view = asked(ctx);
  if (!view) return routing::problem(ctx, view.error());
  auto state = asset_json(*view);
  state["event"] = "state";
  const std::string data = state.dump();
  http::Response response;
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("Cache-Control", "no-store");
  response.body = http::EventStreamBody{"asset/" + view->asset.id.str(), http::format_event({.data = data})};
  return response;
}

}  // namespace

void add_asset_api(routing::Routes& routes) {
  const auto get = [&](std::string path, routing::Handler handler, std::string operation) {
    routes.add(http::Method::get, std::move(path),
               {.access = routing::Access::signed_in,
                .csrf = routing::Csrf::same_site,
                .handler = std::move(handler),
                .operation_id = std::move(operation)});
  };
  get("/api/v1/assets/{asset}", get_asset, "getAsset");
  get("/api/v1/assets/{asset}/events", follow_asset, "followAsset");
}

}  // namespace tongxing::api
