// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/routing/endpoint.hpp"
#include "server/storage/data_folder.hpp"

namespace tongxing::app {

/// GET /teach/lessons/{lesson}/growing/{asset}/{file...}: what is ready of a package that is still being made
/// (services/growing_package.hpp), for the author of the lesson as with its preview; for everybody else it
/// does not exist. 410 when the job has ended or waits. Nothing is kept by a cache: the next attempt may
/// make the same name anew.
void add_growing_route(routing::Routes& routes, storage::DataLayout layout);

}  // namespace tongxing::app
