// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/guarded_speech.hpp"

#include "media/description/voice.hpp"
#include "tests/media/description/description_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/media_fixture.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

#include <unistd.h>

using namespace tongxing::tests;
using namespace std::chrono_literals;
namespace accessibility = tongxing::accessibility;
namespace description = tongxing::media::description;
using accessibility::Speech;
using accessibility::SpeechError;
using accessibility::SpeechRequest;

namespace {

/// An engine that does what its text says.
class TroubledEngine final : public accessibility::SpeechEngine {
 public:
  [[nodiscard]] std::expected<Speech, SpeechError> speak(const SpeechRequest& request) override {
    Speech speech = tone_voice(300, 0.3 * static_cast<double>(request.text.size()) / 3, 16'000).speech;
    if (request.text == "crash") ::raise(SIGKILL);
    if (request.text == "abort") ::raise(SIGABRT);
    if (request.text == "hang") ::pause();
    if (request.text == "throw") throw std::runtime_error("engine");
    if (request.text == "exit") ::_exit(0);
    if (request.text == "no rate") speech.sample_rate = 0;
    if (request.text == "absurd rate") speech.sample_rate = 2'000'000;
    if (request.text == "silent") std::ranges::fill(speech.samples, std::int16_t{0});
    if (request.text == "empty") speech.samples.clear();
    if (request.text == "endless") speech.samples.resize(16'000 * 60, 1'000);
    if (request.text == "refused") return std::unexpected(SpeechError::unsupported_language);
    return speech;
  }
};

}  // namespace

TEST_CASE("an engine that crashes, hangs or answers with garbage costs one description") {
  TroubledEngine engine;
  description::GuardedSpeech guarded(engine, {300ms, 0ms});
  const auto said = [&](const std::string& text) { return guarded.speak({text, "cmn", 220}); };
  const auto fine = said("说一句话");
  REQUIRE(fine);
  CHECK(fine->duration() == 1'200ms);
  CHECK(fine->sample_rate == 16'000);
  for (const char* trouble :
       {"crash", "abort", "hang", "throw", "exit", "no rate", "absurd rate", "silent", "empty", "endless"}) {
    INFO(trouble);
    const auto result = said(trouble);
    REQUIRE_FALSE(result);
    CHECK(result.error() == SpeechError::failed);
  }
  CHECK(said("refused").error() == SpeechError::unsupported_language);
  CHECK(said(std::string(10'001, 'x')).error() == SpeechError::too_long);
  CHECK(said("说一句话"));
}

TEST_CASE("the job goes on without the descriptions that have no voice, and says which") {
  const ScratchFolder scratch;
  MediaOptions options;
  options.seconds = 12;
  options.width = 0;
  make_test_video(scratch / "tone.m4a", options);
  TroubledEngine engine;
  description::GuardedSpeech guarded(engine, {300ms, 0ms});
  description::DescriptionJob job;
  job.descriptions = {description_of("good", "说一句话。", 1'000, 2'000),
                      description_of("bad", "hang", 4'000, 5'000),
                      description_of("good2", "再说一句。", 7'000, 8'000)};
  auto voices = description::speak_all(guarded, job.descriptions, "cmn", 0);
  REQUIRE(voices);
  job.voices = std::move(*voices);
  const auto made = describe(scratch / "tone.m4a", scratch / "out", job);
  REQUIRE(made.plan.descriptions.size() == 3);
  CHECK(made.plan.descriptions[0].mode == accessibility::DescriptionMode::standard);
  CHECK(made.plan.descriptions[1].mode == accessibility::DescriptionMode::text_only);
  CHECK(made.plan.descriptions[2].mode == accessibility::DescriptionMode::standard);
  const auto told = std::ranges::find(made.findings, accessibility::DescriptionFindingKind::no_voice,
                                      &accessibility::DescriptionFinding::kind);
  REQUIRE(told != made.findings.end());
  CHECK(told->id == "bad");
  CHECK(told->severity == accessibility::Severity::warning);
  CHECK(text_of(scratch / "out" / "ad" / "ad.vtt").find("hang") != std::string::npos);
}
