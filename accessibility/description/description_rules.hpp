// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/finding.hpp"
#include "accessibility/description/description_plan.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The computable rules for audio description, A1–A10 of the media rules §3.3. Every number is in one table.
namespace tongxing::accessibility {

enum class DescriptionFindingKind : std::uint8_t {
  too_fast,             ///< A1 Mandarin, A2 Cantonese, A3 English: units a minute
  covers_speech,        ///< A4: ms of programme speech under a description
  long_silence,         ///< A5: ms without speech and without description, from `at` on
  subjective_word,      ///< A6: `text` is the word
  film_term,            ///< A6
  no_sentence,          ///< A7: does not end a sentence
  length_differs,       ///< A8: samples that the described sound is longer (or, negative, shorter)
  on_screen_text,       ///< A9: nobody has confirmed that text on the screen is spoken
  no_decision,          ///< A10: neither descriptions nor a signed statement that none are needed
  no_voice,             ///< no clip could be made: text only
  moved,                ///< ms between the wished and the planned start
  loud_background,      ///< tenths of LU that the voice is above what is behind it
  extended_in_standard  ///< descriptions that only the extended form has: how many
};

struct DescriptionFinding {
  DescriptionFindingKind kind = DescriptionFindingKind::too_fast;
  Severity severity = Severity::warning;
  std::string id{};      ///< of the description; empty: the whole script
  std::size_t line = 0;  ///< of the description in its file; 0: none
  Milliseconds at{0};    ///< lesson time
  std::int64_t value = 0;
  std::int64_t limit = 0;
  std::string text{};
  bool operator==(const DescriptionFinding&) const = default;
};

/// The identifier as text ("too_fast"): the end of its message key.
[[nodiscard]] std::string_view name_of(DescriptionFindingKind kind);

/// "A1" … "A10"; "" for what is told beside the rules. `language` decides between A1, A2 and A3.
[[nodiscard]] std::string_view rule_of(DescriptionFindingKind kind, std::string_view language);

struct DescriptionRules {
  Milliseconds covered{200};     ///< A4
  Milliseconds silence{20'000};  ///< A5
  Milliseconds moved{2'000};
  std::int64_t aac_frame = 1'024;  ///< A8: samples
};

/// What a person has said about a lesson's description.
struct DescriptionDecision {
  bool has_description = false;      ///< a description track or script is there
  std::string no_visuals_signed_by;  ///< reviewer who stated that nothing unspoken is to be seen; or empty
  bool on_screen_text_confirmed = false;
};

/// A1–A7 of a plan, in the order of time; `input` is what it was planned from.
[[nodiscard]] std::vector<DescriptionFinding> check_plan(const PlanInput& input, const DescriptionPlan& plan,
                                                         const DescriptionRules& rules = {});

/// A8: lengths in samples of the same rate.
[[nodiscard]] std::vector<DescriptionFinding> check_length(std::int64_t described, std::int64_t main,
                                                           const DescriptionRules& rules = {});

/// A9, A10.
[[nodiscard]] std::vector<DescriptionFinding> check_decision(const DescriptionDecision& decision);

}  // namespace tongxing::accessibility
