// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/job_store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tongxing::services {

/// Something that the worker said, for people: a message key and its values.
struct Said {
  std::string key;
  MessageArgs args;
};

/// How far what completes a package is: a description, a signer. `none` is for the caller, who knows whether
/// there is anything to add.
struct AdditionState {
  enum class Stage : std::uint8_t { none, waiting, working, ready, failed };
  Stage stage = Stage::none;
  int permille = 0;              ///< working only
  std::string progress = "{}";   ///< JSON, see server/jobs/progress.hpp; working only
  Said failure{};                ///< failed only
  std::vector<Said> warnings{};  ///< ready only
};

/// Of the newest job of that kind; `ready` without one, for a copy of an asset has no job of its own.
[[nodiscard]] AdditionState addition_state(storage::Connection& db, storage::JobKind kind,
                                           const AssetId& asset);

}  // namespace tongxing::services
