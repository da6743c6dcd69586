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

/// Writes xN.m4s of the pictures, described-extended.m3u8 of every rendition and of the whole, into a
/// package's folder that already holds the described rendition with its own xN.m4s. No picture is encoded or
/// decoded: one sample of a segment is given a longer duration. `name`: of the sound, as players show it.
/// Fails with what is wrong with the package, in English.
[[nodiscard]] std::expected<void, std::string> write_extended(const std::filesystem::path& folder,
                                                              const model::Package& package,
                                                              const model::Rendition& described,
                                                              const std::vector<SegmentPause>& pauses,
                                                              const std::string& name);

}  // namespace tongxing::media::description
