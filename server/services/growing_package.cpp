// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/growing_package.hpp"

#include "server/storage/job_store.hpp"

#include <algorithm>
#include <system_error>

namespace tongxing::services {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostDigits = 6;

/// "v360", "a-cmn", "a-zh-Hans": as the worker names pictures and sounds, and nothing of another kind.
bool is_rendition(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  const bool picture = name.size() > 1 && name[0] == 'v' && name[1] >= '0' && name[1] <= '9';
  return (picture || name.starts_with("a-")) && name.size() <= kLongestName &&
         std::ranges::all_of(name, allowed);
}

bool is_segment(std::string_view name) {
  if (!name.starts_with('s') || !name.ends_with(".m4s")) return false;
  name.remove_prefix(1);
  name.remove_suffix(4);
  return !name.empty() && name.size() <= kMostDigits &&
         std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_growing_file(std::string_view file) {
  if (file == kFirstPlaylist) return true;
  const auto slash = file.find('/');
  if (slash == std::string_view::npos || !is_rendition(file.substr(0, slash))) return false;
  const auto name = file.substr(slash + 1);
  return name == media::manifest::kGrowingPlaylist || name == "init.mp4" || is_segment(name);
}

std::optional<std::filesystem::path> growing_folder(storage::Connection& db,
                                                    const storage::DataLayout& layout, const AssetId& asset) {
  const auto job = storage::JobStore(db).of_asset(asset);
  if (!job || job->state != storage::JobState::running) return std::nullopt;
  return layout.job(job->id, job->fence) / "out";
}

bool is_playable_early(storage::Connection& db, const storage::DataLayout& layout, const AssetId& asset) {
  const auto folder = growing_folder(db, layout, asset);
  if (!folder) return false;
  std::error_code error;
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(*folder / kFirstPlaylist, error));
}

}  // namespace tongxing::services
