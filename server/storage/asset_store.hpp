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

/// UPLOADED: whole, waiting for the worker (also between two attempts) → PROBING → TRANSCODING → READY or
/// FAILED. QUARANTINED: kept, but never given to a worker again.
enum class AssetState { uploaded, probing, transcoding, ready, failed, quarantined };

[[nodiscard]] std::string_view to_text(AssetState state);
[[nodiscard]] std::optional<AssetState> asset_state(std::string_view text);

/// A file that was uploaded for a lesson, and what became of it (table media_assets).
struct Asset {
  AssetId id;
  AccountId owner;
  LessonId lesson;
  AssetState state = AssetState::uploaded;
  std::string file_name;  ///< as the author called it; for display only
  std::int64_t source_bytes = 0;
  std::string source_sha256;  ///< hex
  std::string version;        ///< folder below media/<asset>/; empty until READY
  Milliseconds duration{0};   ///< measured; 0 until READY
  bool has_video = false;
  bool has_audio = false;
  std::string package;              ///< media::model::Package as JSON; empty until READY
  std::string failure_key;          ///< message key; empty unless FAILED or QUARANTINED
  std::string failure_args = "{}";  ///< JSON object of the message's placeholders
  Timestamp created_at{};
  std::optional<Timestamp> ready_at;
};

/// What is known of an asset when its upload ends.
struct NewAsset {
  AssetId id;
  AccountId owner;
  LessonId lesson;
  std::string file_name;
  std::int64_t source_bytes = 0;
  std::string source_sha256;
};

/// What the worker found.
struct ReadyAsset {
  std::string version;
  std::string package;
  Milliseconds duration{0};
  bool has_video = false;
  bool has_audio = false;
};

/// Rows of media_assets. Lives as long as the Connection it is given; one thread. Throws DatabaseError.
class AssetStore {
 public:
  explicit AssetStore(Connection& connection) : connection_(connection) {}

  void create(const NewAsset& asset, Timestamp now);
  [[nodiscard]] std::optional<Asset> get(const AssetId& id);
  /// Newest first.
  [[nodiscard]] std::vector<Asset> of_lesson(const LessonId& lesson);
  /// All that are READY, by id: for `doctor`.
  [[nodiscard]] std::vector<Asset> ready();

  void set_state(const AssetId& id, AssetState state);
  void set_ready(const AssetId& id, const ReadyAsset& found, Timestamp now);
  /// What the package of a READY asset holds changed.
  void set_package(const AssetId& id, std::string_view package);
  /// `state` is failed or quarantined; `args` a JSON object.
  void set_failed(const AssetId& id, AssetState state, std::string_view key, std::string_view args);

 private:
  Connection& connection_;
};

}  // namespace tongxing::storage
