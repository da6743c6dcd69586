// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/storage/connection.hpp"
#include "server/storage/doctor.hpp"

#include <functional>

/// The part of `doctor` that compares rows with files.
namespace tongxing::storage {

using Report = std::function<void(Finding)>;

/// Packages of READY assets, originals of all assets, and folders that nobody knows.
void examine_media(Connection& connection, const DataLayout& layout, const Report& report);
/// Unfinished uploads: the file is at least as long as what was promised to the sender.
void examine_uploads(Connection& connection, const DataLayout& layout, const Report& report);

}  // namespace tongxing::storage
