// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"
#include "server/auth/viewer.hpp"
#include "server/base/clock.hpp"
#include "server/base/result.hpp"
#include "server/services/course_pack.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What only a person can say of a lesson's tracks. Each tick is about one track as it was when somebody
/// looked at it: when the track changes, the tick counts no more and is asked again. Every change is in the
/// audit.
namespace tongxing::services {

enum class TickPoint : std::uint8_t {
  on_screen_text,  ///< A9: writing in the described stretches is spoken
  sign_picture,    ///< S6: whole signing space, plain background, clothes in contrast, nothing over the hands
  sign_consent,    ///< S8: the reviewer has seen the signer's written consent
  consent_stated   ///< S8: the author states that it is there; holds for later versions with the same signer
};

/// "ON_SCREEN_TEXT", "SIGN_PICTURE", "SIGN_CONSENT", "SIGN_CONSENT_STATED".
[[nodiscard]] std::string_view name_of(TickPoint point);

/// Those that a reviewer gives.
inline constexpr std::array kReviewerTicks{TickPoint::on_screen_text, TickPoint::sign_picture,
                                           TickPoint::sign_consent};

/// The track that a point is about as one word; empty: the lesson has none, and nothing is asked.
/// `package` as the lesson's asset has it; nullptr: none.
[[nodiscard]] std::string tick_subject(TickPoint point, const LessonPack& lesson,
                                       const media::model::Package* package);

/// One point of a lesson that has the track for it.
struct LessonTick {
  TickPoint point = TickPoint::on_screen_text;
  bool ticked = false;
};

/// Everything that is asked of a lesson, in the order of the enumeration.
[[nodiscard]] std::vector<LessonTick> ticks_of(const LessonPack& lesson);
[[nodiscard]] std::vector<LessonTick> ticks_of(const LessonPack& lesson,
                                               const media::model::Package* package);
[[nodiscard]] bool is_ticked(const std::vector<LessonTick>& ticks, TickPoint point);

enum class Confirmation : std::uint8_t { withdrawn, given };

/// The author states, or takes back, that the signer of an editable lesson consented in writing. On the
/// writer's thread, in the caller's transaction.
[[nodiscard]] Result<void> state_sign_consent(storage::Connection& db, const auth::Viewer& viewer,
                                              const LessonId& lesson, Confirmation stated, Timestamp now);

/// The reviewer ticks a point of a lesson of a version that they have in review, or takes the tick back.
[[nodiscard]] Result<void> record_tick(storage::Connection& db, const auth::Viewer& viewer,
                                       const CourseVersionId& version, const LessonId& lesson,
                                       std::string_view point, Confirmation ticked, Timestamp now);

/// A lesson whose reviewer's ticks are not all there; nullopt: none.
[[nodiscard]] std::optional<LessonPack> lesson_with_open_ticks(const std::vector<LessonPack>& pack);

}  // namespace tongxing::services
