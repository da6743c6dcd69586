// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/extended_rendition.hpp"

#include "media/description/extended_playlists.hpp"
#include "media/description/fragment_boxes.hpp"
#include "media/pipeline/output_folder.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>

namespace tongxing::media::description {

namespace {

namespace fs = std::filesystem;
using accessibility::Milliseconds;
using accessibility::Pause;
using PausesBySegment = std::map<std::size_t, std::vector<Pause>>;

constexpr std::uintmax_t kLargestSegment = std::uintmax_t{256} << 20U;

std::expected<std::vector<std::byte>, std::string> read_file(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > kLargestSegment) return std::unexpected(path.string() + " cannot be read");
  std::vector<std::byte> bytes(size);
  std::ifstream stream(path, std::ios::binary);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!stream) return std::unexpected(path.string() + " cannot be read");
  return bytes;
}

pipeline::OutputFolder open_folder(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) throw pipeline::DiskFault("open " + path.string(), errno);
  return pipeline::OutputFolder(fd);
}

std::int64_t added_us(const std::vector<Pause>& pauses) {
  Milliseconds sum{0};
  for (const Pause& pause : pauses) sum += pause.length;
  return sum.count() * 1'000;
}

/// The list of one rendition; xN.m4s must be there for what stands still.
ExtendedRendition listed(const fs::path& folder, const model::Rendition& rendition,
                         const PausesBySegment& pauses) {
  ExtendedRendition list{&rendition, {}};
  for (std::size_t i = 0; i < rendition.segments.size(); ++i) {
    const auto still = pauses.find(i);
    ExtendedSegment segment{"s" + std::to_string(i) + ".m4s", rendition.segments[i].duration_us,
                            rendition.segments[i].bytes};
    if (still != pauses.end()) {
      segment.uri = "x" + std::to_string(i) + ".m4s";
      segment.duration_us += added_us(still->second);
      segment.standing = Standing::stands_still;
      std::error_code error;
      const auto size = fs::file_size(folder / rendition.name / segment.uri, error);
      if (!error) segment.bytes = static_cast<std::int64_t>(size);
    }
    list.segments.push_back(std::move(segment));
  }
  return list;
}

std::expected<void, std::string> stand_still(const fs::path& folder, const model::Rendition& video,
                                             const PausesBySegment& pauses) {
  const fs::path inside = folder / video.name;
  const auto init = read_file(inside / "init.mp4");
  if (!init) return std::unexpected(init.error());
  const auto timescale = timescale_of(*init);
  if (!timescale) return std::unexpected(video.name + "/init.mp4 is not understood");
  const TrackTimes track{*timescale, default_duration_of(*init), edit_start_of(*init)};
  const pipeline::OutputFolder output = open_folder(inside);
  for (const auto& [segment, still] : pauses) {
    if (segment >= video.segments.size()) return std::unexpected(video.name + " has too few segments");
    const std::string name = "s" + std::to_string(segment) + ".m4s";
    const auto bytes = read_file(inside / name);
    if (!bytes) return std::unexpected(bytes.error());
    const auto longer = with_pauses(*bytes, track, still);
    if (!longer) return std::unexpected(video.name + "/" + name + " is not understood");
    output.write("x" + std::to_string(segment) + ".m4s", *longer);
  }
  return {};
}

}  // namespace

std::optional<std::vector<SegmentPause>> read_pauses(std::string_view time_map) {
  constexpr std::int64_t kLongest = 24LL * 3'600 * 1'000;
  const auto json = nlohmann::json::parse(time_map, nullptr, false);
  if (!json.is_object() || !json.contains("pauses") || !json["pauses"].is_array()) return std::nullopt;
  std::vector<SegmentPause> pauses;
  for (const auto& one : json["pauses"]) {
    const auto number = [&](const char* key) -> std::int64_t {
      if (!one.is_object() || !one.contains(key) || !one[key].is_number_unsigned()) return -1;
      const auto value = one[key].get<std::uint64_t>();
      return value > static_cast<std::uint64_t>(kLongest) ? -1 : static_cast<std::int64_t>(value);
    };
    const std::int64_t at = number("lesson_ms");
    const std::int64_t length = number("length_ms");
    const std::int64_t segment = number("segment");
    if (at < 0 || length < 0 || segment < 0) return std::nullopt;
    pauses.push_back({static_cast<std::size_t>(segment), {Milliseconds(at), Milliseconds(length)}});
  }
  return pauses;
}

std::expected<void, std::string> write_extended(const fs::path& folder, const model::Package& package,
                                                const model::Rendition& described,
                                                const std::vector<SegmentPause>& pauses,
                                                const std::string& name) {
  PausesBySegment by_segment;
  for (const SegmentPause& one : pauses) by_segment[one.segment].push_back(one.pause);
  std::vector<ExtendedRendition> videos;
  for (const model::Rendition& rendition : package.renditions) {
    if (rendition.kind != model::MediaKind::video) continue;
    if (auto done = stand_still(folder, rendition, by_segment); !done) return done;
    videos.push_back(listed(folder, rendition, by_segment));
  }
  const ExtendedRendition sound = listed(folder, described, by_segment);
  for (const ExtendedRendition& one : videos) {
    open_folder(folder / one.of->name)
        .write("described-extended.m3u8", extended_media_playlist(one.segments));
  }
  open_folder(folder / described.name)
      .write("described-extended.m3u8", extended_media_playlist(sound.segments));
  const pipeline::OutputFolder top = open_folder(folder);
  top.write("described-extended.m3u8", extended_multivariant(videos, sound, name));
  top.sync();
  return {};
}

}  // namespace tongxing::media::description
