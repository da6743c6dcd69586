// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/rate_limits.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"

#include <vector>

using namespace tongxing;
using namespace std::chrono_literals;
using tests::FakeClock;

TEST_CASE("the pause grows 0, 0, 1, 2, 4 … and never beyond a minute") {
  FakeClock clock;
  auth::Backoff brake(clock);
  REQUIRE(brake.try_now("anna").count() == 0);
  std::vector<std::int64_t> pauses;  // before the second try, the third …
  for (int i = 0; i < 10; ++i) {
    const auto wait = brake.try_now("anna");
    pauses.push_back(wait.count());
    clock.advance(wait);
    if (wait.count() > 0) REQUIRE(brake.try_now("anna").count() == 0);
  }
  CHECK(pauses ==
        std::vector<std::int64_t>{0, 0, 1'000, 2'000, 4'000, 8'000, 16'000, 32'000, 60'000, 60'000});
}

TEST_CASE("asking during the pause does not make it longer, and others are not touched") {
  FakeClock clock;
  auth::Backoff brake(clock);
  for (int i = 0; i < 3; ++i) CHECK(brake.try_now("anna").count() == 0);
  for (int i = 0; i < 50; ++i) CHECK(brake.try_now("anna") == 1s);
  CHECK(brake.try_now("ben").count() == 0);
  clock.advance(999ms);
  CHECK(brake.try_now("anna") == 1ms);
  clock.advance(1ms);
  CHECK(brake.try_now("anna").count() == 0);
}

TEST_CASE("success and a quarter of an hour forget failures; setting the wall clock does not") {
  FakeClock clock;
  auth::Backoff brake(clock);
  for (int i = 0; i < 3; ++i) CHECK(brake.try_now("anna").count() == 0);
  clock.set_wall(clock.now() + 24h);
  CHECK(brake.try_now("anna") == 1s);
  brake.succeeded("anna");
  CHECK(brake.try_now("anna").count() == 0);
  CHECK(brake.try_now("anna").count() == 0);
  CHECK(brake.try_now("anna").count() == 0);
  clock.advance(15min);
  for (int i = 0; i < 3; ++i) CHECK(brake.try_now("anna").count() == 0);
}

TEST_CASE("a bucket gives a burst, then one each interval") {
  FakeClock clock;
  auth::TokenBucket bucket(clock, 3, 2s);
  for (int i = 0; i < 3; ++i) CHECK(bucket.take("a").count() == 0);
  CHECK(bucket.take("a") == 2s);
  CHECK(bucket.take("b").count() == 0);
  clock.advance(1'500ms);
  CHECK(bucket.take("a") == 500ms);
  clock.advance(500ms);
  CHECK(bucket.take("a").count() == 0);
  CHECK(bucket.take("a") == 2s);
  bucket.give_back("a");
  CHECK(bucket.take("a").count() == 0);
  clock.advance(1h);
  for (int i = 0; i < 3; ++i) CHECK(bucket.take("a").count() == 0);
  CHECK(bucket.take("a").count() > 0);
}

TEST_CASE("brakes stay within their memory") {
  FakeClock clock;
  auth::Backoff brake(clock, 100);
  auth::TokenBucket bucket(clock, 1, 1s, 100);
  for (int i = 0; i < 10'000; ++i) {
    CHECK(brake.try_now(std::to_string(i)).count() == 0);
    CHECK(bucket.take(std::to_string(i)).count() == 0);
  }
}

TEST_CASE("one household has one address") {
  CHECK(auth::address_block("192.0.2.7") == "192.0.2.7");
  CHECK(auth::address_block("2001:db8:1:2:3:4:5:6") == auth::address_block("2001:0db8:1:2::9"));
  CHECK(auth::address_block("2001:db8:1:3::1") != auth::address_block("2001:db8:1:2::1"));
  CHECK(auth::address_block("garbage") == "garbage");
}
