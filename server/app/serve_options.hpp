// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/server.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace tongxing::app {

/// What `tongxing serve` was asked for.
struct ServeOptions {
  std::filesystem::path data = "data";
  net::ServerOptions network{};
  std::filesystem::path worker{};  ///< the media worker; empty: beside this program
  std::size_t reader_threads = 2;
  std::int64_t upload_reserve_bytes = 1LL << 30;  ///< of the disk, left free by uploads
  std::int64_t upload_quota_bytes = 20LL << 30;   ///< per instructor, of uploads and originals together
};

}  // namespace tongxing::app
