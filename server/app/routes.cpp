// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/routes.hpp"

#include "server/api/access_api.hpp"
#include "server/api/account_api.hpp"
#include "server/api/learning_api.hpp"
#include "server/api/openapi.hpp"
#include "server/api/review_api.hpp"
#include "server/api/teaching_api.hpp"
#include "server/api/upload_api.hpp"
#include "server/app/growing_route.hpp"
#include "server/app/media_route.hpp"
#include "server/pages/account_pages.hpp"
#include "server/pages/download_pages.hpp"
#include "server/pages/learning_pages.hpp"
#include "server/pages/review_pages.hpp"
#include "server/pages/teaching_pages.hpp"

namespace tongxing::app {

routing::Routes all_routes(const RouteParts& parts) {
  routing::Routes routes;
  pages::add_account_pages(routes, {.accounts = parts.accounts,
                                    .sign_ins = parts.sign_ins,
                                    .sessions = parts.sessions,
                                    .limits = parts.rate_limits,
                                    .random = parts.random});
  pages::add_catalogue_pages(routes, {.random = parts.random});
  pages::add_learning_pages(routes);
  pages::add_download_pages(routes, {.layout = parts.layout});
  pages::add_teaching_pages(routes, {.uploads = parts.uploads,
                                     .captions = parts.captions,
                                     .descriptions = services::Descriptions(parts.layout),
                                     .sides = services::SideFiles(parts.layout),
                                     .chapters = services::Chapters(parts.layout),
                                     .random = parts.random,
                                     .layout = parts.layout});
  pages::add_review_pages(routes, {.random = parts.random});
  api::add_account_api(routes,
                       {.accounts = parts.accounts, .sign_ins = parts.sign_ins, .sessions = parts.sessions});
  api::add_learning_api(routes, {.random = parts.random});
  api::add_access_api(routes);
  api::add_teaching_api(routes, {.captions = parts.captions,
                                 .descriptions = services::Descriptions(parts.layout),
                                 .random = parts.random});
  api::add_review_api(routes, {.random = parts.random});
  api::add_upload_api(routes, {.uploads = parts.uploads});
  api::add_openapi(routes);
  add_growing_route(routes, parts.layout);
  add_media_route(routes, parts.layout.media());
  return routes;
}

}  // namespace tongxing::app
