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

struct TrackRow {
  TrackId id;
  AssetId asset;
  std::string kind;    ///< CAPTION, SUBTITLE, EASY_READ, AUDIO_DESCRIPTION
  std::string lang;    ///< BCP 47: zh-Hans, zh-Hant, en
  std::string folder;  ///< below media/<asset>/<version>/, named after the content
  std::string source;  ///< the file as given, UTF-8
  std::int64_t cue_count = 0;
  AccountId created_by;
  Timestamp created_at;
  std::string origin{"human"};             ///< human, machine, machine-reviewed
  std::optional<AccountId> reviewed_by{};  ///< who read over what a machine made
  std::optional<Timestamp> reviewed_at{};
  std::string burned_in{};  ///< marks of writing in the picture, one a line, beside those in the file
};

/// Rows of `tracks`: one a kind and language of an asset. Lives as long as one job on one connection. Throws
/// DatabaseError on faults only.
class TrackStore {
 public:
  explicit TrackStore(Connection& db) : db_(db) {}

  /// The track of that kind and language becomes this one; whatever was there before is replaced.
  void put(const TrackRow& row);
  [[nodiscard]] std::optional<TrackRow> find(const TrackId& id);
  /// The description script; its `folder` is empty: what is made of it stands in the package.
  [[nodiscard]] std::optional<TrackRow> description_of(const AssetId& asset);
  /// Captions, subtitles and easy-read captions, ordered by kind, then language.
  [[nodiscard]] std::vector<TrackRow> of_asset(const AssetId& asset);
  /// Everything else: descriptions, transcripts, sign language. Ordered in the same way.
  [[nodiscard]] std::vector<TrackRow> others_of_asset(const AssetId& asset);
  void remove(const TrackId& id);
  /// Somebody has read over captions that a machine made. False: there are none such to review.
  [[nodiscard]] bool set_reviewed(const TrackId& id, const AccountId& by, Timestamp at);

 private:
  Connection& db_;
};

}  // namespace tongxing::storage
