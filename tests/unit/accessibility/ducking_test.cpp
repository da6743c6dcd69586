// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/ducking.hpp"

#include "tests/support/catch.hpp"

#include <vector>

using namespace tongxing::accessibility;
using ms = Milliseconds;

TEST_CASE("the programme goes down by 8 dB in 300 ms and comes up in 300 ms") {
  const DuckingEnvelope envelope({{ms(1'000), ms(2'000)}}, {}, 1'000);  // one sample a millisecond
  CHECK(envelope.gain_at(699) == Approx(1));
  CHECK(envelope.gain_at(850) == Approx((1 + 0.39811) / 2).epsilon(1e-4));  // 10^(−8/20) = 0.39811
  CHECK(envelope.gain_at(1'000) == Approx(0.39811).epsilon(1e-4));
  CHECK(envelope.gain_at(1'999) == Approx(0.39811).epsilon(1e-4));
  CHECK(envelope.gain_at(2'150) == Approx((1 + 0.39811) / 2).epsilon(1e-4));
  CHECK(envelope.gain_at(2'300) == Approx(1));
}

TEST_CASE("near descriptions keep it down between them") {
  const DuckingEnvelope near({{ms(2'250), ms(3'000)}, {ms(1'000), ms(2'000)}}, {}, 1'000);
  CHECK(near.gain_at(2'100) == Approx(0.39811).epsilon(1e-4));
  CHECK(near.gain_at(3'300) == Approx(1));
  const DuckingEnvelope far({{ms(1'000), ms(2'000)}, {ms(2'700), ms(3'000)}}, {}, 1'000);
  CHECK(far.gain_at(2'350) == Approx(1));
}

TEST_CASE("it is the same in one piece and in many, and as its definition") {
  const DuckingEnvelope envelope({{ms(100), ms(400)}, {ms(900), ms(1'700)}, {ms(4'000), ms(4'100)}}, {-12},
                                 8'000);
  std::vector<float> whole(40'000, 1.0F);
  envelope.apply(whole, 0);
  std::vector<float> pieces(40'000, 1.0F);
  std::size_t size = 1;
  for (std::size_t at = 0; at < pieces.size(); at += size, size = size % 997 + 13) {
    const std::size_t count = std::min(size, pieces.size() - at);
    envelope.apply(std::span(pieces).subspan(at, count), static_cast<std::int64_t>(at));
  }
  for (std::size_t i = 0; i < whole.size(); i += 7) {
    REQUIRE(whole[i] == Approx(envelope.gain_at(static_cast<std::int64_t>(i))).margin(1e-5));
    REQUIRE(pieces[i] == Approx(whole[i]).margin(1e-5));
  }
  CHECK(whole.back() == 1.0F);
}

TEST_CASE("only 6 to 12 dB, or 20 for clear speech") {
  CHECK(duck_allowed(-8));
  CHECK(duck_allowed(-6));
  CHECK(duck_allowed(-12));
  CHECK(duck_allowed(-20));
  CHECK_FALSE(duck_allowed(-5.9));
  CHECK_FALSE(duck_allowed(-15));
  CHECK_FALSE(duck_allowed(3));
}
