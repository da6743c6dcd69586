// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/app/media_files.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::app {
namespace {

constexpr std::size_t kLongestPath = 256;

bool is_name(std::string_view segment) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !segment.empty() && segment.front() != '.' && std::ranges::all_of(segment, allowed);
}

struct FileType {
  std::string_view ending;
  std::string_view content_type;
};

constexpr std::array<FileType, 9> kTypes{{
    {".m3u8", "application/vnd.apple.mpegurl"},
    {".mpd", "application/dash+xml"},
    {".mp4", "video/mp4"},
    {".m4s", "video/iso.segment"},
    {".m4a", "audio/mp4"},
    {".vtt", "text/vtt; charset=utf-8"},
    {".json", "application/json"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
}};

bool is_replaceable(std::string_view file) {
  // These are written anew when captions or chapters change; everything else in a version never does.
  return file.ends_with(".m3u8") || file.ends_with(".mpd") || file == "transcript.json" ||
         file == "chapters.json" || file == "chapters.vtt" || file == "chapters-extended.json";
}

}  // namespace

std::optional<MediaPath> parse_media_path(std::string_view path) {
  constexpr std::string_view kPrefix = "/m/";
  if (!path.starts_with(kPrefix) || path.size() > kLongestPath) return std::nullopt;
  path.remove_prefix(kPrefix.size());
  const auto first = path.find('/');
  const auto second = first == std::string_view::npos ? first : path.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  for (std::size_t begin = 0; begin <= path.size();) {
    const auto end = std::min(path.find('/', begin), path.size());
    if (!is_name(path.substr(begin, end - begin))) return std::nullopt;
    begin = end + 1;
  }
  return MediaPath{AssetId{std::string(path.substr(0, first))},
                   std::string(path.substr(first + 1, second - first - 1)),
                   std::string(path.substr(second + 1))};
}

http::Response media_file(const std::filesystem::path& media_root, const MediaPath& path,
                          MediaAudience audience) {
  return media_response(media_root / path.asset.str() / path.version / path.file, path.file, audience);
}

http::Response media_response(std::filesystem::path place, std::string_view file, MediaAudience audience) {
  http::Response response;
  response.body = http::FileBody{std::move(place), {}};
  std::string_view type = "application/octet-stream";
  for (const FileType& known : kTypes) {
    if (file.ends_with(known.ending)) type = known.content_type;
  }
  if (type.starts_with("video/") && file.starts_with("a-")) type = "audio/mp4";
  response.headers.add("Content-Type", std::string(type));
  if (audience == MediaAudience::author) {
    response.headers.add("Cache-Control", "private, no-store");
  } else {
    response.headers.add("Cache-Control",
                         is_replaceable(file) ? "public, max-age=60" : "public, max-age=31536000, immutable");
  }
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace tongxing::app
