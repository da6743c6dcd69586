// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/contents.hpp"
#include "media/check/report.hpp"

/// The rules, grouped by what they look at. Each function tells the report of every rule it names.
namespace tongxing::media::check {

/// H1–H9, H29: variants and what they declare.
void check_variants(const Contents& contents, Report& report);
/// H11–H21, H30: EXT-X-MEDIA.
void check_media_tags(const Contents& contents, Report& report);
/// H10, H25, H26, H32, H33: what the segments themselves say.
void check_segments(const Contents& contents, Report& report);
/// H22–H24.
void check_subtitles(const Contents& contents, Report& report);
/// H27.
void check_frame_lists(const Contents& contents, Report& report);
/// H28, D11.
void check_chapters(const Contents& contents, Report& report);
/// H31: names; the answers of a server are not looked at.
void check_names(const Contents& contents, Report& report);
/// D1–D8, D12: the sets of a manifest.
void check_dash_sets(const Contents& contents, Report& report);
/// D9, D10: thumbnails and trick play.
void check_dash_pictures(const Contents& contents, Report& report);
/// P2.
void check_agreement(const Contents& contents, Report& report);

}  // namespace tongxing::media::check
