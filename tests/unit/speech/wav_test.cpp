// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/speech/wav.hpp"

#include "tests/support/catch.hpp"

#include <string>

namespace {

using namespace tongxing::media::speech;
using tongxing::accessibility::Speech;

using namespace std::string_literals;

/// 22,050 Hz, 16 bits; `channels` and `data` as given.
std::string wav(char channels, const std::string& data, const std::string& claimed_size) {
  return "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0"s + channels + "\0\x22\x56\0\0\x44\xAC\0\0\x02\0\x10\0"s +
         "data"s + claimed_size + data;
}

}  // namespace

TEST_CASE("What is written reads back the same") {
  const Speech speech{16'000, {0, 1, -1, 32'767, -32'768, 1234}};
  const auto again = read_wav(write_wav(speech));
  REQUIRE(again);
  CHECK(again->sample_rate == 16'000);
  CHECK(again->samples == speech.samples);
}

TEST_CASE("Two channels are mixed into one") {
  const auto speech = read_wav(wav(2, "\x02\0\x04\0\xFE\xFF\xFC\xFF"s, "\x08\0\0\0"s));
  REQUIRE(speech);
  CHECK(speech->samples == std::vector<std::int16_t>{3, -3});
}

TEST_CASE("A length that a pipe could not know is taken as all the rest") {
  const auto speech = read_wav(wav(1, "\x05\0\x06\0"s, "\xFF\xFF\xFF\xFF"s));
  REQUIRE(speech);
  CHECK(speech->samples == std::vector<std::int16_t>{5, 6});
}

TEST_CASE("Other bytes are refused") {
  CHECK(read_wav("").error() == WavError::not_wav);
  CHECK(read_wav("ID3 some music").error() == WavError::not_wav);
  CHECK(read_wav("RIFF\0\0\0\0WAVE"s).error() == WavError::not_wav);
  CHECK(read_wav("RIFF\0\0\0\0WAVEdata\x02\0\0\0\0\0"s).error() == WavError::not_wav);
  CHECK(read_wav(wav(1, "", "\0\0\0\0"s)).error() == WavError::empty);
  CHECK(read_wav(wav(6, "\0\0"s, "\x02\0\0\0"s)).error() == WavError::unsupported);
  std::string eight_bits = wav(1, "\x05\0"s, "\x02\0\0\0"s);
  eight_bits[34] = 8;
  CHECK(read_wav(eight_bits).error() == WavError::unsupported);
  std::string slow = wav(1, "\x05\0"s, "\x02\0\0\0"s);
  slow[24] = slow[25] = 0;
  CHECK(read_wav(slow).error() == WavError::unsupported);
}
