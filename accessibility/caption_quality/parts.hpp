// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/caption_quality/prepared.hpp"
#include "accessibility/caption_quality/reporter.hpp"
#include "accessibility/text/width.hpp"

#include <optional>
#include <vector>

/// The rules in groups, each in its own file. Used inside this folder only.
namespace tongxing::accessibility {

/// C1–C4 of one cue.
void check_reading(const PreparedCue& cue, Counting counting, Reporter& report);

/// C5–C10: times, gaps, overlaps.
void check_timing(const PreparedTrack& track, const CaptionContext& context, Reporter& report);

/// C11–C14, with what is known of the sound.
void check_speech(const PreparedTrack& track, const CaptionContext& context, Reporter& report);

/// C15, C16.
void check_sounds_and_speakers(const PreparedTrack& track, const CaptionContext& context, Reporter& report);

/// C17–C19 of one cue.
void check_chinese_writing(const PreparedCue& cue, Reporter& report);

/// C20, C21.
void check_script(const PreparedTrack& track, const CaptionContext& context, Reporter& report);

/// C22 of one cue.
void check_line_breaks(const PreparedCue& cue, Reporter& report);

/// C23 of one cue.
void check_numerals(const PreparedCue& cue, Reporter& report);

/// C24, C30.
void check_picture(const PreparedTrack& track, const CaptionContext& context, Reporter& report);

/// By rising start, and no more of them than a file may have.
[[nodiscard]] std::vector<BurnedInText> sorted_marks(std::vector<BurnedInText> marks);

/// Where a cue is shown; nullopt: it is written from top to bottom.
[[nodiscard]] std::optional<PictureArea> area_of(const Cue& cue, const std::vector<Region>& regions);

/// The first mark that a cue covers if it is shown there; nullptr: none.
[[nodiscard]] const BurnedInText* mark_under(const Cue& cue, PictureArea area,
                                             const std::vector<BurnedInText>& marks);

/// What is known of a track, with what its own notes say where the caller knows nothing.
[[nodiscard]] CaptionContext completed(CaptionContext context, const AuthorNotes& notes);

/// C29 of one cue.
void check_easy_read(const PreparedCue& cue, Reporter& report);

/// Whether two cues that overlap are meant to be seen together: in different places, or of two speakers.
[[nodiscard]] bool side_by_side(const PreparedCue& a, const PreparedCue& b);

}  // namespace tongxing::accessibility
