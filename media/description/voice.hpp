// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/description/description_plan.hpp"
#include "accessibility/narration/speech_engine.hpp"
#include "media/description/render_progress.hpp"
#include "media/model/failure.hpp"

#include <string>
#include <vector>

/// The sound of single descriptions, before it is mixed.
namespace tongxing::media::description {

inline constexpr int kRate = 48'000;  ///< Hz, of everything that is mixed

/// One description's sound as it was made or recorded; empty where there is none.
struct Voice {
  accessibility::Clip::State state = accessibility::Clip::State::failed;
  accessibility::Speech speech;
};

/// More is refused: it would be held in memory.
inline constexpr std::chrono::hours kMostSpeech{3};
inline constexpr std::chrono::minutes kLongestRecording{10};  ///< of one description

/// Lets an engine speak every description and tells how far it is. One that cannot be spoken is `failed`, the
/// others go on; fails as a whole only with errors.description.too_much_speech.
[[nodiscard]] model::Outcome<std::vector<Voice>> speak_all(
    accessibility::SpeechEngine& engine, const std::vector<accessibility::Description>& descriptions,
    const std::string& language, int units_a_minute, RenderProgress* progress = nullptr);

/// Decodes a recording of one description. Fails as probe_source does, and with
/// errors.description.recording_too_long.
[[nodiscard]] model::Outcome<Voice> read_recording(int fd);

/// Cuts what is silent at both ends, but for 30 ms.
void trim(accessibility::Speech& speech);

/// At kRate, sped up with its pitch kept, louder by `gain_db`.
[[nodiscard]] std::vector<float> prepared(const accessibility::Speech& speech, int speed_permille,
                                          double gain_db);

/// The peaks of a clip that is heard alone pressed below the ceiling of all renditions.
[[nodiscard]] std::vector<float> limited(std::vector<float> samples);

/// The gain that brings a voice to a loudness (LUFS); 0 for silence.
[[nodiscard]] double gain_to(const accessibility::Speech& speech, double loudness);

}  // namespace tongxing::media::description
