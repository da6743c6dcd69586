// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <string>
#include <string_view>

/// Writing WebVTT that every parser reads back as the same track. Cue text is taken apart and written anew,
/// so that nothing but WebVTT's own tags ever leaves the house. UTF-8 without byte order mark, LF.
namespace tongxing::accessibility {

/// The whole file: full.vtt for DASH and for download. Without styles if there are none. The author's notes
/// come before the cues.
[[nodiscard]] std::string write_webvtt(const Track& track);

/// One HLS segment [from, to) of the programme (media checklist H22, H23): X-TIMESTAMP-MAP with MPEGTS:0,
/// because our fMP4 starts at 0, and every cue that is visible in the segment, with its full times,
/// identifier and text. A cue that crosses a border is thus the same in both segments, and players show it
/// once; cues without identifier get their number in the track for that.
[[nodiscard]] std::string write_webvtt_segment(const Track& track, Milliseconds from, Milliseconds to);

/// Without "-->"; others are left out. Line ends in one become spaces.
[[nodiscard]] bool is_writable_id(std::string_view id);

/// Without an empty line or "-->", which would end its block; others are left out.
[[nodiscard]] bool is_writable_style(std::string_view style);

}  // namespace tongxing::accessibility
