// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/extended_rendition.hpp"

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

/// Copies of the segments with pauses, in which a picture stands still.
std::expected<void, std::string> stand_still(const fs::path& folder, model::Rendition& video,
                                             const PausesBySegment& pauses) {
  const fs::path inside = folder / video.name;
  const auto init = read_file(inside / "init.mp4");
  if (!init) return std::unexpected(init.error());
  const auto timescale = timescale_of(*init);
  const auto plain = without_edit_list(*init);
  if (!timescale || !plain) return std::unexpected(video.name + "/init.mp4 is not understood");
  const TrackTimes track{*timescale, default_duration_of(*init), edit_start_of(*init)};
  const pipeline::OutputFolder output = open_folder(inside);
  if (track.edit_start != 0 && !pauses.empty()) {
    output.write("xinit.mp4", *plain);
    video.still_init_bytes = static_cast<std::int64_t>(plain->size());
  }
  for (const auto& [segment, still] : pauses) {
    if (segment >= video.segments.size()) return std::unexpected(video.name + " has too few segments");
    const std::string name = "s" + std::to_string(segment) + ".m4s";
    const auto bytes = read_file(inside / name);
    if (!bytes) return std::unexpected(bytes.error());
    const auto longer = with_pauses(*bytes, track, still);
    if (!longer) return std::unexpected(video.name + "/" + name + " is not understood");
    output.write("x" + std::to_string(segment) + ".m4s", *longer);
    video.segments[segment].still_bytes = static_cast<std::int64_t>(longer->size());
  }
  return {};
}

/// The described sound stands still already; only how large its files are is not known yet.
std::expected<void, std::string> weigh(const fs::path& folder, model::Rendition& sound,
                                       const PausesBySegment& pauses) {
  for (const auto& [segment, still] : pauses) {
    const fs::path file = folder / sound.name / ("x" + std::to_string(segment) + ".m4s");
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error || segment >= sound.segments.size()) return std::unexpected(file.string() + " is missing");
    sound.segments[segment].still_bytes = static_cast<std::int64_t>(size);
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

std::expected<void, std::string> write_extended(const fs::path& folder, model::Package& package,
                                                const model::Rendition& described,
                                                const std::vector<SegmentPause>& pauses) {
  PausesBySegment by_segment;
  model::Extended extended{described.name, {}};
  for (const SegmentPause& one : pauses) {
    by_segment[one.segment].push_back(one.pause);
    extended.pauses.push_back({one.segment, one.pause.at, one.pause.length});
  }
  std::erase_if(package.renditions, [&](const auto& one) { return one.name == described.name; });
  for (model::Rendition& rendition : package.renditions) {
    rendition.still_init_bytes = 0;  // of an older description
    for (model::Segment& segment : rendition.segments) segment.still_bytes = 0;
    if (rendition.kind != model::MediaKind::video) continue;
    if (auto done = stand_still(folder, rendition, by_segment); !done) return done;
  }
  package.renditions.push_back(described);
  if (auto done = weigh(folder, package.renditions.back(), by_segment); !done) return done;
  package.extended = std::move(extended);
  return {};
}

}  // namespace tongxing::media::description
