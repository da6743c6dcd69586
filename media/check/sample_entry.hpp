// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/init_segment.hpp"

#include <string>
#include <string_view>

namespace tongxing::media::check {

/// Reads the first sample entry of an stsd body into the track: its name, size or sound format, codec string
/// (RFC 6381: avc1 and avc3 from avcC, hvc1 and hev1 from hvcC, av01 from av1C, vp09 from vpcC, mp4a from
/// esds, others by name) and what is needed to look into its samples. What is damaged stays empty.
void read_sample_entry(std::string_view stsd, Track& track);

}  // namespace tongxing::media::check
