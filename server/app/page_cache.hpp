// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace tongxing::app {

/// Whole answers for visitors who are not signed in, kept until the published content changes
/// (storage::Database::content_generation). Bounded in entries; emptied when the generation moves on.
/// Thread-safe.
class PageCache {
 public:
  explicit PageCache(std::size_t entries) : limit_(entries) {}

  /// The answer for `key`, if it was made at `generation`.
  [[nodiscard]] std::optional<http::Response> find(const std::string& key, std::uint64_t generation);
  /// Keeps a 200 answer with a text body; others are not kept.
  void keep(const std::string& key, std::uint64_t generation, const http::Response& response);

 private:
  std::mutex mutex_;
  std::size_t limit_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, http::Response> pages_;
};

}  // namespace tongxing::app
