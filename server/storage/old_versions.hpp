// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"
#include "server/storage/data_folder.hpp"

#include <chrono>
#include <cstddef>

namespace tongxing::storage {

/// How long a package that was replaced stays: whoever opened its lesson before goes on playing it.
inline constexpr std::chrono::hours kOldVersionKept{72};

/// Removes the packages of READY assets that were replaced (a lesson was described anew) at least
/// `kOldVersionKept` before `now`, and gives their number. What cannot be removed stays for the next time. A
/// package that is just being put in its place is younger. Any thread.
std::size_t remove_old_versions(Connection& db, const DataLayout& layout,
                                std::chrono::file_clock::time_point now);

}  // namespace tongxing::storage
