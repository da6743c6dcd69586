// SPDX-License-Identifier: GPL-3.0-or-later
// Voices that somebody else has written: good, broken, hanging, noisy.
#include "media/speech/external_engine.hpp"

#include "media/speech/engines.hpp"
#include "media/speech/wav.hpp"
#include "tests/support/catch.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace tongxing::accessibility;
using namespace tongxing::media::speech;

/// A folder of its own with a program in it.
class Script {
 public:
  explicit Script(const std::string& body)
      : folder_(fs::temp_directory_path() / ("tongxing-voice-" + std::to_string(::getpid()) + "-" +
                                             std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "voice") << "#!/bin/sh\ncd \"" << folder_.string() << "\"\n" << body << "\n";
    fs::permissions(folder_ / "voice", fs::perms::owner_all);
    std::ofstream(folder_ / "good.wav", std::ios::binary)
        << write_wav({16'000, std::vector<std::int16_t>(1600, 500)});
  }
  ~Script() { fs::remove_all(folder_); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  [[nodiscard]] ExternalEngine engine(std::vector<std::string> arguments = {},
                                      std::chrono::milliseconds limit = std::chrono::seconds(10)) const {
    ExternalCommand command;
    command.words = {(folder_ / "voice").string()};
    command.words.insert(command.words.end(), arguments.begin(), arguments.end());
    command.time_limit = limit;
    command.most_bytes = 1'000'000;
    return ExternalEngine(std::move(command));
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string program() const { return (folder_ / "voice").string(); }

 private:
  fs::path folder_;
};

const SpeechRequest kRequest{"共有2个课程，银行{yin2 hang2}。", "cmn", 200};

bool alive(const std::string& pid) {
  return !pid.empty() && ::kill(static_cast<pid_t>(std::stol(pid)), 0) == 0;
}

}  // namespace

TEST_CASE("An external voice gets speakable text, the language and the rate") {
  const Script script(
      "cat > said; echo \"$TONGXING_SPEECH_LANGUAGE $TONGXING_SPEECH_RATE $1 $2\" > asked; cat good.wav");
  auto engine = script.engine({"--voice={language}", "{rate}"});
  const auto speech = engine.speak(kRequest);
  REQUIRE(speech);
  CHECK(speech->sample_rate == 16'000);
  CHECK(speech->samples.size() == 1600);
  CHECK(script.read("said") == "共有两个课程，银行");
  CHECK(script.read("asked") == "cmn 200 --voice=cmn 200\n");
}

TEST_CASE("A voice that does not read its input may speak all the same") {
  const Script script("exec < /dev/null; cat good.wav");
  auto engine = script.engine();
  CHECK(engine.speak({std::string(9'000, 'a'), "en", 0}));
}

TEST_CASE("A voice that fails, gives garbage, nothing or too much has failed") {
  for (const char* body : {"exit 3", "echo garbage", "true", "cat good.wav; exit 1", "kill -SEGV $$",
                           "head -c 5000000 /dev/zero", "yes RIFF", "printf 'RIFF\\0\\0\\0\\0WAVEdata'"}) {
    const Script script(body);
    auto engine = script.engine();
    INFO(body);
    CHECK(engine.speak(kRequest).error() == SpeechError::failed);
  }
  ExternalEngine missing(ExternalCommand{{"/nonexistent/voice"}});
  CHECK(missing.speak(kRequest).error() == SpeechError::failed);
  ExternalEngine none(ExternalCommand{});
  CHECK(none.speak(kRequest).error() == SpeechError::failed);
}

TEST_CASE("A voice that hangs is killed in time, with its children") {
  for (const char* body :
       {"sleep 600 & echo $! > child; sleep 600", "trap '' TERM; sleep 600 & echo $! > child; wait",
        "sleep 600 & echo $! > child; exec >&-; sleep 600"}) {
    const Script script(body);
    auto engine = script.engine({}, std::chrono::milliseconds(1500));
    const auto begin = std::chrono::steady_clock::now();
    INFO(body);
    CHECK(engine.speak(kRequest).error() == SpeechError::failed);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(8));
    const std::string child = script.read("child");
    REQUIRE(!child.empty());
    for (int i = 0; i < 100 && alive(child); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK_FALSE(alive(child));
  }
}

TEST_CASE("A command is cut into words without a shell") {
  CHECK(command_words("").empty());
  CHECK(command_words("voice --rate {rate}") == std::vector<std::string>{"voice", "--rate", "{rate}"});
  CHECK(command_words("  \"my voice\" --empty=''  '' ") ==
        std::vector<std::string>{"my voice", "--empty=", ""});
}

TEST_CASE(
    "Where the first voice fails the built-in one speaks; after three failures the first is left alone") {
  const Script script("echo x >> calls; exit 1");
  const auto engine = make_engine(script.program());
  for (int i = 0; i < 5; ++i) {
    const auto speech = engine->speak(kRequest);
    REQUIRE(speech);
    CHECK(speech->sample_rate == 22'050);
  }
  CHECK(script.read("calls") == "x\nx\nx\n");
  CHECK(engine->speak({"", "cmn", 0}).error() == SpeechError::nothing_to_say);
  CHECK(engine->speak({"bonjour", "fr", 0}).error() == SpeechError::unsupported_language);
}
