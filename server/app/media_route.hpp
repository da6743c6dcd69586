// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"

#include <filesystem>

namespace tongxing::app {

/// GET /m/{asset}/{version}/{file...} for what is not public (or not known to be, yet): asks the database.
/// Authors, reviewers and administrators see drafts; for everybody else they do not exist. Public media never
/// come here but for the moment after something was published: Program answers them on the I/O thread.
void add_media_route(routing::Routes& routes, std::filesystem::path media_root);

}  // namespace tongxing::app
