// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/speech_activity.hpp"

#include "tests/support/catch.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <random>
#include <string>

using namespace tongxing::accessibility;
using ms = Milliseconds;

namespace {

std::vector<Span> heard(const std::vector<std::int16_t>& samples) {
  SpeechActivity activity;
  activity.push(samples);
  return activity.finish();
}

/// Samples of a 16 kHz mono WAV file; empty where there is none.
std::vector<std::int16_t> wav(const std::string& name) {
  const char* folder = std::getenv("TONGXING_SAMPLES");  // NOLINT(concurrency-mt-unsafe)
  const std::filesystem::path path =
      std::filesystem::path(TONGXING_SOURCE_DIR) / (folder != nullptr ? folder : "../shared/samples") / name;
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto data = bytes.find("data");
  if (data == std::string::npos) return {};
  std::vector<std::int16_t> samples((bytes.size() - data - 8) / 2);
  std::memcpy(samples.data(), bytes.data() + data + 8, samples.size() * 2);
  return samples;
}

}  // namespace

TEST_CASE("speech is found where it is, and nowhere else") {
  const auto speech = wav("mandarin-speech.wav");
  if (speech.empty()) {
    WARN("skipped: no samples");
    return;
  }
  std::vector<std::int16_t> lesson(5 * 16'000, 0);
  lesson.insert(lesson.end(), speech.begin(), speech.end());
  lesson.insert(lesson.end(), 5 * 16'000, 0);
  const auto spans = heard(lesson);
  REQUIRE_FALSE(spans.empty());
  // The recording begins with 0.9 s of room noise and lasts 5.547 s.
  CHECK(spans.front().start > ms(5'700));
  CHECK(spans.front().start < ms(6'200));
  CHECK(spans.back().end > ms(9'500));
  CHECK(spans.back().end < ms(10'700));
  ms sum{0};
  for (const Span& span : spans) sum += span.length();
  CHECK(sum > ms(3'500));

  SpeechActivity in_pieces;
  for (std::size_t at = 0; at < lesson.size(); at += 777) {
    in_pieces.push(std::span(lesson).subspan(at, std::min<std::size_t>(777, lesson.size() - at)));
  }
  CHECK(in_pieces.finish() == spans);
  CHECK(in_pieces.finish().empty());
}

TEST_CASE("silence, tones and noise are no speech") {
  CHECK(heard({}).empty());
  CHECK(heard(std::vector<std::int16_t>(16'000 * 5, 0)).empty());
  std::mt19937 random(1);
  std::vector<std::int16_t> noise;
  std::vector<std::int16_t> tone;
  std::vector<std::int16_t> beat;
  for (int i = 0; i < 16'000 * 10; ++i) {
    const double wave = std::sin(2 * std::numbers::pi * 440 * i / 16'000.0);
    const bool on = i / 4'000 % 2 == 0;
    noise.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 8'000) - 4'000));
    tone.push_back(static_cast<std::int16_t>(8'000 * wave));
    beat.push_back(static_cast<std::int16_t>(on ? static_cast<int>(random() % 16'000) - 8'000 : 0));
  }
  CHECK(heard(noise).empty());
  CHECK(heard(tone).empty());
  CHECK(heard(beat).empty());  // a drum twice a second
}
