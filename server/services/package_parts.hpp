// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"
#include "server/storage/job_store.hpp"

namespace tongxing::services {

/// What a description or a signer is made of changed: ends the job that made it of the old, and queues one
/// that makes it of the new; where nothing is left to make it of, takes what was made out of what players
/// open (its files stay until the package is replaced). Until then the lesson plays as it was. In the
/// caller's transaction, on the writer's thread. `kind` is not `package`. Throws filesystem_error on faults.
void renew_addition(storage::Connection& db, const storage::DataLayout& layout, storage::JobKind kind,
                    const storage::Asset& asset, Timestamp now, Random& random);

}  // namespace tongxing::services
