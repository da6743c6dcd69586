// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace tongxing::media::pipeline {

/// The RFC 6381 name of the one track of an init segment, read from its avcC ("avc1.4D401E") or esds
/// ("mp4a.40.2") box; empty where neither is there. Pure.
[[nodiscard]] std::string codec_tag(std::span<const std::byte> init_segment);

}  // namespace tongxing::media::pipeline
