// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/facts.hpp"

#include <nlohmann/json_fwd.hpp>

/// The measured facts of a package as JSON. Inside this room, like checked_json.hpp: reading throws Fault.
namespace tongxing::media {

/// {"sound": {"speech": [[from_ms, to_ms], …], "heard": […], "over_background_db"}, "picture": {"width",
/// "height", "frames_per_1000_s", "flashes": [["general"|"red", from_ms, to_ms, percent], …], "cuts": [ms,
/// …]}, "signer": {"width", "height", "frames_per_1000_s", "length_ms", "sound_streams"}}; each of the three
/// and "over_background_db" may be missing. Stretches are sorted, disjoint and not empty, cuts rise.
[[nodiscard]] nlohmann::json json_of(const model::Facts& facts);
[[nodiscard]] model::Facts facts_of(const nlohmann::json& json);

}  // namespace tongxing::media
