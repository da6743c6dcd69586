// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/narration/speech_engine.hpp"

#include <memory>

namespace tongxing::media::speech {

/// The engine that this build speaks with.
[[nodiscard]] std::unique_ptr<accessibility::SpeechEngine> make_engine();

}  // namespace tongxing::media::speech
