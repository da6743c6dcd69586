// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/description/render.hpp"
#include "tests/media/engine_fixture.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace tongxing::tests {

/// A voice that is a tone, so that it can be told from the programme.
[[nodiscard]] media::description::Voice tone_voice(double hertz, double seconds, int rate = 22'050);

/// A description of a text at a time, both in milliseconds.
[[nodiscard]] accessibility::Description description_of(std::string id, std::string text, int start, int end);

/// Captions from … to, milliseconds.
[[nodiscard]] accessibility::Track captions_of(const std::vector<std::pair<int, int>>& times);

/// Runs render_description in this process, without the locked room; throws where it fails.
[[nodiscard]] media::description::DescriptionMade describe(const std::filesystem::path& source,
                                                           const std::filesystem::path& output,
                                                           const media::description::DescriptionJob& job);

/// 48 kHz mono samples of any file.
[[nodiscard]] std::vector<float> samples_of(const std::filesystem::path& file);
/// Of a rendition in a package's folder.
[[nodiscard]] std::vector<float> samples_of(const std::filesystem::path& package,
                                            const media::model::Rendition& made);

/// Amplitude of one frequency in a window of samples.
[[nodiscard]] double amplitude(const std::vector<float>& samples, double hertz, double from_seconds,
                               double seconds);

/// Root mean square of what is in a and not in b, whatever its level, over that of b, in decibel.
[[nodiscard]] double difference_db(const std::vector<float>& a, const std::vector<float>& b,
                                   double from_seconds, double to_seconds);

[[nodiscard]] std::string text_of(const std::filesystem::path& path);

}  // namespace tongxing::tests
