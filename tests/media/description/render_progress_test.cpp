// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/description/render_progress.hpp"

#include "tests/support/catch.hpp"

#include <utility>
#include <vector>

using namespace tongxing::media::description;
using namespace std::chrono_literals;

namespace {

struct Heard {
  std::vector<std::pair<int, std::int64_t>> events;
  RenderProgress::Clock::time_point start{};
  RenderProgress progress{[this](int permille, std::int64_t eta) { events.emplace_back(permille, eta); },
                          start};
};

}  // namespace

TEST_CASE("the whole grows with its parts, never goes back and is never said to be whole") {
  Heard heard;
  auto now = heard.start;
  int last = -1;
  for (const auto part :
       {RenderPart::speaking, RenderPart::surveying, RenderPart::rendering, RenderPart::finishing}) {
    for (int i = 0; i <= 10; ++i) heard.progress.at(part, i, 10, now += 300ms);
  }
  REQUIRE(heard.events.size() > 30);
  for (const auto& [permille, eta] : heard.events) {
    CHECK(permille > last);
    last = permille;
  }
  CHECK(last == 999);
  heard.progress.at(RenderPart::speaking, 5, 10, now += 300ms);
  CHECK(heard.events.back().first == 999);
}

TEST_CASE("it is told four times a second at most, with the time that is left once that can be known") {
  Heard heard;
  heard.progress.at(RenderPart::rendering, 0, 100, heard.start + 10ms);
  REQUIRE(heard.events.size() == 1);
  CHECK(heard.events[0].second == -1);
  heard.progress.at(RenderPart::rendering, 50, 100, heard.start + 200ms);
  CHECK(heard.events.size() == 1);
  heard.progress.at(RenderPart::rendering, 50, 100, heard.start + 6'350ms);
  REQUIRE(heard.events.size() == 2);
  const auto [permille, eta] = heard.events[1];
  CHECK(eta == 6'350 * (1'000 - permille) / permille);
}

TEST_CASE("a part that nobody can measure is passed over, and nobody listening is no harm") {
  Heard heard;
  heard.progress.at(RenderPart::surveying, 5, 0, heard.start + 1s);
  CHECK(heard.events.empty());
  RenderProgress deaf({});
  deaf.at(RenderPart::rendering, 1, 2);
}
