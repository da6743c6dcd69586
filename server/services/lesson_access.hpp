// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/readiness/facts.hpp"
#include "server/base/clock.hpp"
#include "server/base/id.hpp"
#include "server/storage/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who can take the lessons of a version, without measuring all of them anew for every page.
namespace tongxing::services {

/// Grows when what is measured changes: facts of older rules are measured again.
inline constexpr std::int64_t kAccessRules = 3;

/// What is known of one lesson of a version.
struct LessonAccess {
  LessonId lesson;
  accessibility::AccessFacts facts;
};

/// In the order of the lessons: as recorded when the version was published, else measured now. Only reads.
[[nodiscard]] std::vector<LessonAccess> access_of_version(storage::Connection& db,
                                                          const CourseVersionId& version);

/// Measures every lesson and keeps it. Runs on the writer's thread, in the caller's transaction, once the
/// version can change no more.
void record_access(storage::Connection& db, const CourseVersionId& version, Timestamp now);

/// The facts as JSON text, and back; nullopt: not ours, or damaged.
[[nodiscard]] std::string text_of(const accessibility::AccessFacts& facts);
[[nodiscard]] std::optional<accessibility::AccessFacts> access_facts_from(std::string_view text);

}  // namespace tongxing::services
