// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/page_cache.hpp"

#include <variant>

namespace tongxing::app {

std::optional<http::Response> PageCache::find(const std::string& key, std::uint64_t generation) {
  const std::scoped_lock lock(mutex_);
  if (generation != generation_) return std::nullopt;
  const auto found = pages_.find(key);
  if (found == pages_.end()) return std::nullopt;
  return found->second;
}

void PageCache::keep(const std::string& key, std::uint64_t generation, const http::Response& response) {
  if (response.status != 200) return;
  http::Response kept = response;
  // The bytes are shared by every later answer: a hit copies a pointer, not a page.
  if (auto* text = std::get_if<std::string>(&kept.body)) {
    kept.body = std::make_shared<const std::string>(std::move(*text));
  }
  if (!std::holds_alternative<http::SharedBody>(kept.body)) return;
  const std::scoped_lock lock(mutex_);
  if (generation < generation_) return;
  if (generation > generation_ || pages_.size() >= limit_) pages_.clear();
  generation_ = generation;
  pages_.insert_or_assign(key, std::move(kept));
}

}  // namespace tongxing::app
