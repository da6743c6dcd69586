// SPDX-License-Identifier: GPL-3.0-or-later
// An engine in another process: the same speech, and no harm from what happens to it.
#include "media/speech/separate_engine.hpp"

#include "tests/support/catch.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <unistd.h>

namespace {

using namespace tongxing::accessibility;
using namespace tongxing::media::speech;

/// Does what the text says.
class Obedient final : public SpeechEngine {
 public:
  std::expected<Speech, SpeechError> speak(const SpeechRequest& request) override {
    if (request.text == "crash") std::raise(SIGKILL);
    if (request.text == "hang") ::pause();
    if (request.text == "throw") throw std::runtime_error("no");
    if (request.language == "fr") return std::unexpected(SpeechError::unsupported_language);
    if (request.text.empty()) return std::unexpected(SpeechError::nothing_to_say);
    return Speech{8'000, std::vector<std::int16_t>(request.text.size(),
                                                   static_cast<std::int16_t>(request.units_a_minute))};
  }
};

std::unique_ptr<SeparateEngine> obedient(std::chrono::milliseconds limit = std::chrono::seconds(20)) {
  return std::make_unique<SeparateEngine>([] { return std::make_unique<Obedient>(); }, limit);
}

}  // namespace

TEST_CASE("A separate engine gives what it gave in its own process") {
  const auto engine = obedient();
  for (const std::size_t size : {1U, 100U, 10'000U}) {
    const auto speech = engine->speak({std::string(size, 'a'), "en", 123});
    REQUIRE(speech);
    CHECK(speech->sample_rate == 8'000);
    CHECK(speech->samples == std::vector<std::int16_t>(size, 123));
  }
  CHECK(engine->speak({"a", "fr", 0}).error() == SpeechError::unsupported_language);
  CHECK(engine->speak({"", "en", 0}).error() == SpeechError::nothing_to_say);
  CHECK(engine->speak({std::string(kMaxSpokenBytes + 1, 'a'), "en", 0}).error() == SpeechError::too_long);
  CHECK(engine->speak({"a", std::string(100, 'x'), 0}).error() == SpeechError::unsupported_language);
  CHECK(engine->speak({"still there", "en", 1}));
}

TEST_CASE("When the other process dies, every later request has failed") {
  for (const char* text : {"crash", "throw"}) {
    const auto engine = obedient();
    INFO(text);
    CHECK(engine->speak({text, "en", 0}).error() == SpeechError::failed);
    CHECK(engine->speak({"hello", "en", 0}).error() == SpeechError::failed);
    CHECK(engine->speak({"hello", "en", 0}).error() == SpeechError::failed);
  }
}

TEST_CASE("A process that hangs is given up after its time") {
  const auto engine = obedient(std::chrono::milliseconds(300));
  const auto begin = std::chrono::steady_clock::now();
  CHECK(engine->speak({"hang", "en", 0}).error() == SpeechError::failed);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
  CHECK(engine->speak({"hello", "en", 0}).error() == SpeechError::failed);
}

TEST_CASE("An engine that cannot be made fails its requests") {
  SeparateEngine engine([]() -> std::unique_ptr<SpeechEngine> { throw std::runtime_error("no data"); },
                        std::chrono::seconds(5));
  CHECK(engine.speak({"hello", "en", 0}).error() == SpeechError::failed);
}

TEST_CASE("The real voice speaks from another process") {
  const auto engine = make_separate_engine("");
  const auto speech = engine->speak({"同行，无障碍的学习平台。", "cmn", 220});
  REQUIRE(speech);
  CHECK(speech->sample_rate == 22'050);
  CHECK(speech->duration() > std::chrono::seconds(1));
}
