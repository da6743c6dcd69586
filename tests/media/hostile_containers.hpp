// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tongxing::tests {

/// Where the hostile files point.
struct Targets {
  std::string web;     ///< http://127.0.0.1:PORT, where a canary listens
  std::string folder;  ///< holds secret.ts, secret.mp4 and secret.txt
};

/// Files of formats that name other files, or that draw text (reliability T-09): playlists, manifests, lists,
/// session descriptions, scripts, subtitles, patterns.
[[nodiscard]] std::vector<std::string> hostile_containers(const Targets& targets);

/// A MOV (index behind the data) whose data reference says that they lie at `address`; `kind` is "url " or
/// "alis".
[[nodiscard]] std::string with_data_elsewhere(const std::string& mov, const std::string& kind,
                                              const std::string& address);

}  // namespace tongxing::tests
