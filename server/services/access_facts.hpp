// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"
#include "server/services/course_pack.hpp"

#include <cstdint>

/// What is known of a lesson for the question who can take it, found in what was uploaded and measured.
namespace tongxing::services {

/// Whether a reviewer recorded that the pictures of a version show nothing that is not also said.
enum class VisualStatement : std::uint8_t { open, recorded };

[[nodiscard]] VisualStatement visual_statement_of(const storage::CourseVersionRow& version);

/// Reads and checks every text track: some milliseconds for a long lesson.
[[nodiscard]] accessibility::AccessFacts access_facts_of(const LessonPack& lesson, VisualStatement statement);

}  // namespace tongxing::services
