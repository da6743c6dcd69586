// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// The accessibility half of "pack complete" (domain model §2.3.1): what keeps a lesson from being published
/// before the people it is for can take it. Structure (a file, a measured length) is judged in
/// courses/review/pack.
namespace tongxing::accessibility {

enum class Fault : std::uint8_t {
  captions_missing,       ///< a video with sound without captions
  captions_below_rule,    ///< findings of severity error (C1–C30), or too little of the speech covered
  captions_unreviewed,    ///< text that a machine made and nobody has read over (C28)
  transcript_missing,     ///< a sound lesson without text
  silent_undescribed,     ///< a picture without sound and without description: a statement can not replace it
  description_undecided,  ///< neither a description nor the reviewer's statement
  description_below_rule,  ///< findings of severity error (A1–A10)
  sign_below_rule,         ///< findings of severity error (S1–S7)
  sign_consent_missing,    ///< nobody states that the signer consented in writing (S8)
  sign_consent_unseen,     ///< no reviewer has confirmed that the consent is there
  harmful_flashes          ///< WCAG 2.3.1
};

/// For whom the lesson has to be complete. What only a reviewer can say (that nothing is only to be seen,
/// that the signer's consent is there) or may still mend (captions that a machine made) can not be asked for
/// before the review.
enum class GateFor : std::uint8_t { submission, publication };

/// Everything that blocks, in the order of the enumeration. A lesson whose media are not ready has no faults
/// of this kind yet; text and practice lessons have none.
[[nodiscard]] std::vector<Fault> faults_of(const AccessFacts& lesson, GateFor purpose);

/// "captions_missing", "harmful_flashes" …: the end of message keys.
[[nodiscard]] std::string_view name_of(Fault fault);

}  // namespace tongxing::accessibility
