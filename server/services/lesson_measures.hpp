// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/readiness/facts.hpp"
#include "media/model/package.hpp"
#include "server/base/clock.hpp"
#include "server/services/lesson_ticks.hpp"
#include "server/storage/asset_store.hpp"
#include "server/storage/track_store.hpp"

#include <optional>
#include <span>
#include <vector>

/// What was measured in a lesson's media when its package was made, as the rules of accessibility want it.
namespace tongxing::services {

/// The measures that caption rules need. What nobody measured is left out, and the rules do not look.
struct LessonMeasures {
  Milliseconds length{0};                                        ///< 0: not known
  std::optional<std::vector<accessibility::TimeSpan>> speech{};  ///< left out too where hardly any was found
  std::optional<std::vector<accessibility::TimeSpan>> sound{};
  std::optional<std::vector<Milliseconds>> cuts{};
};

/// [house] Below so much of it, what was taken for speech may as well be laughter or a song: nobody's
/// captions are measured against that.
inline constexpr Milliseconds kLeastSpeech{5'000};

/// `package` as the asset has it; nullptr: none, or it can not be read.
[[nodiscard]] LessonMeasures measures_of(Milliseconds length, const media::model::Package* package);
[[nodiscard]] LessonMeasures measures_of(const storage::Asset& asset);

/// What a package says of its own media; nullopt: nothing was measured.
[[nodiscard]] std::optional<media::model::Facts> facts_of(const storage::Asset& asset);

/// Fills in what is known of the sound and the picture.
void add_measures(const LessonMeasures& measures, accessibility::CaptionContext& context);

/// Flashes and background, as far as they were measured.
void add_measures(const media::model::Facts& facts, accessibility::AccessFacts& access);

/// The signer of a package by the rules S1–S8, with what people said of it (S6 and S8). The consent is told
/// apart from the errors, for nobody mends it with another file. nullopt: there is no signer.
[[nodiscard]] std::optional<accessibility::SignQuality> sign_quality_of(const media::model::Package& package,
                                                                        const std::vector<LessonTick>& ticks);

/// Rule A8: 1 where a described sound is longer or shorter than the lesson's own by more than an AAC frame
/// (than its picture where it has no sound), else 0.
[[nodiscard]] std::int64_t described_length_errors(const media::model::Package& package);

/// Findings of the rules A1–A7 in a description script that block publication, planned between the speech
/// that the captions and the measures tell of.
[[nodiscard]] std::int64_t description_errors(const storage::TrackRow& script,
                                              std::span<const storage::TrackRow> tracks,
                                              const LessonMeasures& measures);

}  // namespace tongxing::services
