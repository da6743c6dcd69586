// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/time_map.hpp"
#include "media/model/package.hpp"

#include <cstddef>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The described-extended rendition: for players that know nothing of us, the lesson stands still by itself
/// while a description is spoken (media rules §3.3; docs/decisions/0014).
namespace tongxing::media::description {

struct SegmentPause {
  std::size_t segment = 0;
  accessibility::Pause pause;
};

/// Reads timemap.json back; nothing where it is not one.
[[nodiscard]] std::optional<std::vector<SegmentPause>> read_pauses(std::string_view time_map);

/// Writes xN.m4s of the pictures into a package's folder that already holds the described rendition with its
/// own xN.m4s, and joins both to the package. No picture is encoded or decoded: one sample of a segment is
/// given a longer duration. These segments have an init segment of their own, xinit.mp4, where init.mp4 has
/// an edit list: players that overlook edit lists would place what follows a pause one picture late. Fails
/// with what is wrong with the package, in English.
[[nodiscard]] std::expected<void, std::string> write_extended(const std::filesystem::path& folder,
                                                              model::Package& package,
                                                              const model::Rendition& described,
                                                              const std::vector<SegmentPause>& pauses);

}  // namespace tongxing::media::description
