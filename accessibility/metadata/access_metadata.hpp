// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"

#include <span>
#include <string_view>
#include <vector>

/// What is known of lessons in the vocabularies that catalogues and other platforms read: schema.org's
/// accessibility properties (values of the W3C community's approved list) and IMS Access for All 3.0 (digital
/// resource description). Nothing is claimed that was not measured or recorded. All values are those of the
/// standards.
namespace tongxing::accessibility {

using Values = std::vector<std::string_view>;

/// schema.org, of a LearningResource or Course.
struct SchemaMetadata {
  Values access_modes;             ///< accessMode
  std::vector<Values> sufficient;  ///< accessModeSufficient: each set of senses is enough; none holds another
  Values features;                 ///< accessibilityFeature
  Values hazards;                  ///< accessibilityHazard
  Values controls;                 ///< accessibilityControl
};

[[nodiscard]] SchemaMetadata schema_metadata_of(const AccessFacts& lesson);

/// A course: the senses of all lessons; what is enough, and what is there, only where that holds for every
/// lesson that it concerns.
[[nodiscard]] SchemaMetadata schema_metadata_of(std::span<const AccessFacts> lessons);

/// IMS AfA 3.0: an adaptation of a lesson.
struct Adaptation {
  std::string_view type;           ///< adaptationType: captions, audioDescription, signLanguage, transcript …
  std::string_view original_mode;  ///< originalAccessMode: what it stands in for
  std::string_view mode;           ///< accessMode of the adaptation
  bool simplified = false;         ///< educationalComplexityOfAdaptation is "simplified"
  bool operator==(const Adaptation&) const = default;
};

struct AfaMetadata {
  Values access_modes;  ///< accessMode
  std::vector<Adaptation> adaptations;
  Values display_transformability;  ///< displayTransformability: of captions and transcript
  Values control_flexibility;       ///< controlFlexibility
  Values hazards;                   ///< hazard; what is unknown is left out
};

[[nodiscard]] AfaMetadata afa_metadata_of(const AccessFacts& lesson);

}  // namespace tongxing::accessibility
