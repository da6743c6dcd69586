// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/captions/finding.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// Automatic repairs: those of the rules whose row says so, C7, C8, C17, C18, C19 and
/// C30. No word is lost, and
/// what would make another finding worse (a line too long, a cue too long on the screen) is left as it was.
namespace tongxing::accessibility {

/// One change of one cue.
struct CaptionRepair {
  FindingKind kind = FindingKind::gap_tiny;  ///< what it mends
  std::size_t cue = 0;                       ///< 1-based number
  std::size_t line = 0;                      ///< of the cue's times in the file; 0: unknown
  std::string before;  ///< text, the time of the cue's end, or for C30 its settings ("" is the bottom)
  std::string after;
  bool operator==(const CaptionRepair&) const = default;
};

/// Mends a track. A second call changes nothing more. The changes are in the order of the cues.
std::vector<CaptionRepair> repair_captions(Track& track, const CaptionContext& context);

/// The times alone, C7 and C8: what the platform does with every upload, since it changes no text.
std::vector<CaptionRepair> repair_times(Track& track, const CaptionContext& context);

}  // namespace tongxing::accessibility
