// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/policy.hpp"
#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/storage/connection.hpp"
#include "server/storage/playback_store.hpp"

#include <cstdint>

namespace tongxing::services {

struct Posting {
  std::int64_t points = 0;        ///< new in the ledger
  bool course_completed = false;  ///< just now
};

/// Whether the lesson became COMPLETED in this transaction.
enum class LessonEnd { none, completed_now };

/// Posts what a change of progress is worth: the increase of the course's time points, and the completion
/// bonus when the last mandatory lesson of the version that the learner began is done. Call after the
/// progress is stored, in the same transaction. `session`: as it was found before;
/// `earned`: credited time that this request added.
[[nodiscard]] Posting post_credit(storage::Connection& db, const storage::PlaybackRow& session,
                                  const courses::Policy& policy, Milliseconds earned, LessonEnd lesson,
                                  Timestamp now, Random& random);

}  // namespace tongxing::services
