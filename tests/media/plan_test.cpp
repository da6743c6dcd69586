// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/pipeline/frame_clock.hpp"
#include "media/pipeline/ladder.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace tongxing::media::pipeline;
using tongxing::media::model::Rational;

namespace {
std::vector<std::string> names(Size shown) {
  std::vector<std::string> list;
  for (const RungPlan& plan : plan_ladder(shown, PictureKind::camera, Rational{25, 1}))
    list.push_back(plan.name);
  return list;
}
}  // namespace

TEST_CASE("the ladder follows the source and never enlarges it") {
  CHECK(names({1920, 1080}) == std::vector<std::string>{"v234", "v360", "v480", "v720", "v1080"});
  CHECK(names({1280, 720}) == std::vector<std::string>{"v234", "v360", "v480", "v720"});
  CHECK(names({854, 480}) == std::vector<std::string>{"v234", "v360", "v480"});
  CHECK(names({640, 400}) == std::vector<std::string>{"v234", "v360", "v400"});
  CHECK(names({640, 360}) == std::vector<std::string>{"v180", "v234", "v360"});
  CHECK(names({3840, 2160}).back() == "v1080");
  for (int width = 64; width <= 2200; width += 94) {
    for (int height = 64; height <= 2200; height += 94) {
      const auto plans = plan_ladder({width, height}, PictureKind::camera, Rational{25, 1});
      CAPTURE(width, height);
      CHECK(plans.size() >= 3);
      CHECK(plans.size() <= 6);
      std::set<std::string> seen;
      int last = 0;
      for (const RungPlan& plan : plans) {
        CHECK(plan.size.width <= width);
        CHECK(plan.size.height <= height);
        CHECK(plan.size.width % 2 == 0);
        CHECK(plan.size.height % 2 == 0);
        const double aspect = static_cast<double>(plan.size.width) / plan.size.height;
        CHECK(aspect == Approx(static_cast<double>(width) / height).epsilon(0.05));
        CHECK(plan.size.height > last);
        last = plan.size.height;
        CHECK(seen.insert(plan.name).second);
      }
    }
  }
}

TEST_CASE("a portrait picture keeps its shape") {
  const auto plans = plan_ladder({720, 1280}, PictureKind::camera, Rational{25, 1});
  CHECK(plans.front().size == Size{234, 416});
  CHECK(plans.back().size == Size{720, 1280});
}

TEST_CASE("larger pictures get larger caps") {
  int last = 0;
  for (const RungPlan& plan : plan_ladder({1920, 1080}, PictureKind::camera, Rational{25, 1})) {
    CHECK(plan.max_kbps > last);
    last = plan.max_kbps;
  }
  CHECK(plan_ladder({1280, 720}, PictureKind::camera, Rational{25, 1}).back().max_kbps == 1500);
  // Apple 9.21: one variant of at most 192 kb/s, sound included.
  CHECK(plan_ladder({1280, 720}, PictureKind::camera, Rational{25, 1}).front().max_kbps + 48 <= 192);
}

TEST_CASE("pixels become square without enlarging either side") {
  CHECK(shown_size({720, 576}, {1, 1}, 0) == Size{720, 576});
  CHECK(shown_size({720, 576}, {16, 11}, 0) == Size{720, 396});
  CHECK(shown_size({1440, 1080}, {3, 4}, 0) == Size{1080, 1080});
  CHECK(shown_size({641, 361}, {0, 1}, 0) == Size{640, 360});
  CHECK(shown_size({1920, 1080}, {1, 1}, 1) == Size{1080, 1920});
  CHECK(shown_size({640, 480}, {1000, 1}, 0) == Size{640, 480});
}

TEST_CASE("the output's rate is a usual one and loses nothing up to thirty") {
  CHECK(plan_rate({25, 1}) == Rational{25, 1});
  CHECK(plan_rate({30, 1}) == Rational{30, 1});
  CHECK(plan_rate({24000, 1001}) == Rational{24000, 1001});
  CHECK(plan_rate({30000, 1001}) == Rational{30000, 1001});
  CHECK(plan_rate({60000, 1001}) == Rational{30000, 1001});
  CHECK(plan_rate({50, 1}) == Rational{25, 1});
  CHECK(plan_rate({60, 1}) == Rational{30, 1});
  CHECK(plan_rate({120, 1}) == Rational{30, 1});
  CHECK(plan_rate({179, 6}) == Rational{30000, 1001});
  CHECK(plan_rate({0, 1}) == Rational{25, 1});
  CHECK(plan_rate({3, 1}) == Rational{10, 1});
}

TEST_CASE("segments are whole groups of pictures of about six seconds") {
  for (const Rational rate :
       {Rational{25, 1}, Rational{24000, 1001}, Rational{30000, 1001}, Rational{25, 2}}) {
    const TimePlan plan = plan_time(rate, 6000);
    CHECK(plan.segment_frames % plan.gop_frames == 0);
    CHECK(plan.segment_frames / plan.rate.value() == Approx(6.0).margin(0.3));
    CHECK(plan.gop_frames / plan.rate.value() == Approx(2.0).margin(0.1));
  }
}

TEST_CASE("the frame clock fills holes and drops what comes too fast") {
  FrameClock clock({25, 1});
  CHECK(clock.until(40'000) == 1);
  CHECK(clock.until(200'000) == 4);  // a hole: the picture before it stands
  CHECK(clock.until(210'000) == 0);  // too soon: dropped
  CHECK(clock.until(100'000) == 0);  // back in time: no progress
  CHECK(clock.until(240'000) == 1);
  CHECK(clock.emitted() == 6);
}

TEST_CASE("low rungs lose every second frame, a signer's never do") {
  const auto strides = [](PictureKind kind, Rational rate) {
    std::vector<int> list;
    for (const RungPlan& plan : plan_ladder({1280, 720}, kind, rate)) list.push_back(plan.stride);
    return list;
  };
  CHECK(strides(PictureKind::camera, {25, 1}) == std::vector{2, 1, 1, 1});
  CHECK(strides(PictureKind::screen, {30, 1}) == std::vector{2, 2, 1, 1});
  CHECK(strides(PictureKind::screen, {15, 1}) == std::vector{1, 1, 1, 1});
  for (const int stride : strides(PictureKind::sign, {30, 1})) CHECK(stride == 1);
}

TEST_CASE("hands at work get a rung between 480 and 720 lines, and never more than six in all") {
  std::vector<std::string> rungs;
  for (const RungPlan& plan : plan_ladder({1920, 1080}, PictureKind::hand_work, Rational{25, 1})) {
    rungs.push_back(plan.name);
    if (plan.name != "v540") continue;
    CHECK(plan.size == Size{960, 540});
    CHECK(plan.max_kbps == 1000);
    CHECK(plan.profile == "high");
    CHECK(plan.stride == 1);
  }
  CHECK(rungs == std::vector<std::string>{"v234", "v360", "v480", "v540", "v720", "v1080"});
}

TEST_CASE("a signer has a ladder of its own") {
  const auto plans = plan_ladder({1280, 720}, PictureKind::sign, {30, 1});
  REQUIRE(plans.size() == 3);
  CHECK(plans[0].name == "v240");
  CHECK(plans[0].max_kbps <= 130);
  CHECK(plans[2].name == "v480");
  CHECK(plans[2].max_kbps == 400);
  CHECK(plan_ladder({320, 240}, PictureKind::sign, {30, 1}).size() == 2);
}

TEST_CASE("a group of pictures holds a whole number of halved frames") {
  for (const Rational rate : {Rational{24000, 1001}, Rational{24, 1}, Rational{25, 1}, Rational{30, 1}}) {
    CHECK(plan_time(rate, 6000).gop_frames % 2 == 0);
  }
}

TEST_CASE("encoders get threads by their size") {
  const auto plans = plan_ladder({1280, 720}, PictureKind::camera, {25, 1});
  CHECK(plan_threads(plans, 2) == std::vector{1, 1, 1, 1});
  CHECK(plan_threads(plans, 8) == std::vector{1, 1, 2, 4});
}

TEST_CASE("a rung hardly smaller than the next one goes, but three stay") {
  CHECK(plan_drops({10, 20, 40, 80}).empty());
  CHECK(plan_drops({10, 20, 70, 80}) == std::vector<std::size_t>{2});
  CHECK(plan_drops({70, 75, 78, 80}) == std::vector<std::size_t>{2});
  CHECK(plan_drops({70, 75, 80}).empty());
  CHECK(plan_drops({10, 50, 55, 60, 100}) == std::vector<std::size_t>{1, 2});
  CHECK(plan_drops({}).empty());
}
