// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/voice.hpp"

#include "media/description/loudness_trace.hpp"
#include "media/description/sound_survey.hpp"
#include "media/description/time_stretch.hpp"
#include "media/pipeline/loudness.hpp"
#include "tests/media/description/description_fixture.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

#include <fcntl.h>
#include <unistd.h>

using namespace tongxing::tests;
namespace accessibility = tongxing::accessibility;
namespace description = tongxing::media::description;
namespace pipeline = tongxing::media::pipeline;
using ms = accessibility::Milliseconds;

namespace {

std::filesystem::path sample(const std::string& name) {
  const char* folder = std::getenv("TONGXING_SAMPLES");  // NOLINT(concurrency-mt-unsafe)
  return std::filesystem::path(TONGXING_SOURCE_DIR) / (folder != nullptr ? folder : "../shared/samples") /
         name;
}

std::vector<accessibility::Span> speech_in(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const auto source = pipeline::probe_source(fd);
  REQUIRE(source);
  auto speech = description::detect_speech(fd, *source);
  ::close(fd);
  REQUIRE(speech);
  return *speech;
}

}  // namespace

TEST_CASE("speech sped up by an eighth is as much shorter and as high as before") {
  std::vector<float> tone(48'000 * 3);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] =
        static_cast<float>(0.3 * std::sin(2 * std::numbers::pi * 200 * static_cast<double>(i) / 48'000));
  }
  const auto fast = description::faster(tone, 1'120);
  CHECK(static_cast<double>(fast.size()) / 48'000 == Approx(3 / 1.12).margin(0.02));
  CHECK(amplitude(fast, 200, 0.5, 1.5) == Approx(0.3).margin(0.03));
  CHECK(amplitude(fast, 224, 0.5, 1.5) < 0.03);
  float jump = 0;
  for (std::size_t i = 1; i < fast.size(); ++i) jump = std::max(jump, std::abs(fast[i] - fast[i - 1]));
  CHECK(jump < 0.02F);  // a sine of 200 Hz never moves by more than 0.008 a sample
  CHECK(description::faster(tone, 1'000).size() == tone.size());
}

TEST_CASE("silence at the ends of a clip takes no room") {
  accessibility::Speech speech = tone_voice(500, 1, 16'000).speech;
  speech.samples.insert(speech.samples.begin(), 16'000, 3);
  speech.samples.insert(speech.samples.end(), 8'000, -2);
  description::trim(speech);
  CHECK(speech.duration().count() == Approx(1'060).margin(3));
  speech.samples.assign(500, 0);
  description::trim(speech);
  CHECK(speech.samples.size() == 500);
}

TEST_CASE("a part of a sound is as loud as if it were alone") {
  description::LoudnessTrace trace;
  pipeline::LoudnessMeter meter;
  std::vector<float> loud(48'000 * 3);
  for (std::size_t i = 0; i < loud.size(); ++i) {
    loud[i] =
        static_cast<float>(0.1 * std::sin(2 * std::numbers::pi * 1'000 * static_cast<double>(i) / 48'000));
  }
  std::vector<float> soft = loud;
  for (float& one : soft) one *= 0.1F;
  trace.add(soft);
  trace.add(loud);
  trace.add(soft);
  meter.add(loud);
  const std::vector<accessibility::Span> middle{{ms(3'100), ms(5'900)}};
  CHECK(trace.integrated(middle) == Approx(meter.integrated()).margin(0.2));
  CHECK(trace.mean(middle) == Approx(meter.integrated()).margin(0.2));
  const std::vector<accessibility::Span> first{{ms(0), ms(2'900)}};
  CHECK(trace.integrated(first) == Approx(meter.integrated() - 20).margin(0.3));
  CHECK(trace.integrated({}) == -70);
}

TEST_CASE("speech is heard in speech, and not in music") {
  if (!std::filesystem::exists(sample("music-viper.mp3"))) {
    WARN("skipped: no samples");
    return;
  }
  CHECK(speech_in(sample("music-viper.mp3")).empty());
  const auto speech = speech_in(sample("mandarin-speech.wav"));
  REQUIRE_FALSE(speech.empty());
  ms sum{0};
  for (const auto& span : speech) sum += span.length();
  CHECK(sum > ms(3'500));
  CHECK(speech_in(sample("silent-bottle-detection.mp4")).empty());
}
