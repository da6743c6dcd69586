// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

/// What the settings after a cue's times say (WebVTT §6.3, "parse the WebVTT cue settings").
struct SettingsRead {
  CueSettings settings;
  std::vector<std::string> ignored;  ///< settings that are not understood, as they stand
  std::string unknown_region;        ///< id that no region of the track has
};

[[nodiscard]] SettingsRead parse_cue_settings(std::string_view text, const std::vector<Region>& regions);

/// " line:0 align:start", with a leading space; empty for the defaults.
[[nodiscard]] std::string cue_settings_text(const CueSettings& settings);

/// The lines of a REGION block (WebVTT §6.2, "collect WebVTT region settings"). `ignored` as above.
struct RegionRead {
  Region region;
  std::vector<std::string> ignored;
};

[[nodiscard]] RegionRead parse_region(std::string_view text);

/// A whole REGION block, with its line ends.
[[nodiscard]] std::string region_text(const Region& region);

}  // namespace tongxing::accessibility
