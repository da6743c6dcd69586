// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::storage {

/// What a file beside a lesson's video is for.
enum class SideKind { sign, description };

[[nodiscard]] std::string_view to_text(SideKind kind);
[[nodiscard]] std::optional<SideKind> side_kind(std::string_view text);

/// A file that an asset's package is completed with (table side_files). Its bytes are an original of that
/// name: DataLayout::original(id).
struct SideFile {
  AssetId id;     ///< of the file, not of the asset it belongs to
  AssetId asset;  ///< whose package it completes
  SideKind kind = SideKind::sign;
  AccountId owner;
  std::string file_name;  ///< for display only
  std::int64_t source_bytes = 0;
  std::string source_sha256;  ///< hex
  Milliseconds offset{0};     ///< where it begins on the lesson's time line, −1 h … 1 h; sign only
  Timestamp created_at{};
};

/// Rows of side_files: at most one a kind of an asset. Lives as long as the Connection it is given; one
/// thread. Throws DatabaseError.
class SideFileStore {
 public:
  explicit SideFileStore(Connection& connection) : connection_(connection) {}

  void insert(const SideFile& file);
  [[nodiscard]] std::optional<SideFile> of_asset(const AssetId& asset, SideKind kind);
  /// All of an asset, by kind.
  [[nodiscard]] std::vector<SideFile> of_asset(const AssetId& asset);
  void set_offset(const AssetId& file, Milliseconds offset);
  void remove(const AssetId& file);

 private:
  Connection& connection_;
};

}  // namespace tongxing::storage
