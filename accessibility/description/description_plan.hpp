// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/description_script.hpp"
#include "accessibility/description/gap_finder.hpp"
#include "accessibility/description/speaking_rate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which description is spoken when, and for which the lesson has to stand still (media rules §3.3, fit).
namespace tongxing::accessibility {

enum class DescriptionMode : std::uint8_t {
  standard,       ///< in a gap, at its own rate
  standard_fast,  ///< in a gap, sped up (pitch kept)
  extended,       ///< the lesson pauses while it is spoken
  text_only       ///< there is no voice for it: shown and read by screen readers only
};

enum class FitReason : std::uint8_t {
  fits,
  fits_faster,
  no_gap_near,       ///< speech all around
  too_long_for_gap,  ///< also where other descriptions have taken the room
  rate_too_high,     ///< it would fit sped up, but be faster than may be
  no_voice           ///< no clip could be made
};

/// "standard", "fits" …: as JSON and pages name them.
[[nodiscard]] std::string_view name_of(DescriptionMode mode);
[[nodiscard]] std::string_view name_of(FitReason reason);

struct FitRules {
  GapRules gap;
  int most_speed_permille = 1'120;  ///< how much faster a description may be made than it is
  Milliseconds between{250};        ///< from one description to the next in the same gap
  Milliseconds reach{2'000};        ///< how far from the wished time a gap may begin or end
  Milliseconds least_pause{400};    ///< a silence this long is a place to pause in
};

/// How long a description really is.
struct Clip {
  enum class State : std::uint8_t {
    estimated,  ///< not made yet: computed from its text
    made,       ///< `length` is measured
    failed      ///< cannot be made
  };
  State state = State::estimated;
  Milliseconds length{0};
};

struct PlanInput {
  std::vector<Description> descriptions;  ///< by rising wished start
  std::vector<Clip> clips;                ///< one each, or empty: all are estimated
  Track captions;
  std::vector<Span> detected;  ///< speech that was heard; empty: captions alone
  Milliseconds duration{0};    ///< of the lesson
  SpeakingRate rate;
};

struct PlannedDescription {
  std::size_t index = 0;  ///< in PlanInput::descriptions
  Milliseconds need{0};   ///< its length before it is sped up
  Milliseconds at{0};     ///< lesson time at which it starts; where the lesson pauses
  Milliseconds end{0};    ///< lesson time at which it ends; the same as `at` while the lesson pauses
  DescriptionMode mode = DescriptionMode::standard;
  FitReason reason = FitReason::fits;
  int speed_permille = 1'000;
  int rate = 0;                      ///< units a minute as it will be heard
  std::optional<std::size_t> gap{};  ///< the gap it is spoken in
};

struct DescriptionPlan {
  std::vector<Span> speech;  ///< S of the rules
  std::vector<Gap> gaps;
  std::vector<std::int64_t> budgets;             ///< units that each gap holds at the target rate
  std::vector<PlannedDescription> descriptions;  ///< by rising `at`, in the order in which they are heard
};

/// Pure arithmetic. A description is kept near its wish: it goes into the gap around its wished start, else
/// into one that begins or ends within `reach` of its wish, and moves inside of it as far as the others there
/// ask for. One that fits nowhere is extended: the lesson pauses at the start of the silence around its wish
/// (where that began more than `reach` before, at the wish itself, which is as silent), else at the next end
/// of a sentence.
[[nodiscard]] DescriptionPlan plan_descriptions(const PlanInput& input, const FitRules& rules = {});

}  // namespace tongxing::accessibility
