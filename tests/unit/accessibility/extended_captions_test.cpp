// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/extended_captions.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

using namespace tongxing::accessibility;

namespace {

using ms = Milliseconds;

Cue cue(std::string id, int start, int end) {
  Cue made;
  made.id = std::move(id);
  made.start = ms(start);
  made.end = ms(end);
  made.text = "先把车冲一遍";
  return made;
}

/// "id start-end" of every cue.
std::vector<std::string> mapped(std::vector<Cue> cues, std::vector<Pause> pauses) {
  std::vector<std::string> found;
  for (const auto& one : extended_captions({std::move(cues), {}, {}}, TimeMap(std::move(pauses))).cues) {
    CHECK(one.text == "先把车冲一遍");
    found.push_back(one.id + " " + std::to_string(one.start.count()) + "-" + std::to_string(one.end.count()));
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("captions move by the pauses before them") {
  CHECK(mapped({cue("a", 1000, 2000), cue("b", 5000, 7000)}, {}) == Found{"a 1000-2000", "b 5000-7000"});
  CHECK(mapped({cue("a", 1000, 2000), cue("b", 5000, 7000)}, {{ms(3000), ms(4000)}}) ==
        Found{"a 1000-2000", "b 9000-11000"});
}

TEST_CASE("a caption that spans a pause continues after it") {
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(3000), ms(4000)}}) == Found{"a 1000-3000", "a/2 7000-9000"});
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(2000), ms(500)}, {ms(4000), ms(700)}}) ==
        Found{"a 1000-2000", "a/2 2500-4500", "a/3 5200-6200"});
}

TEST_CASE("what would only flash before or after a pause is shown with the rest of its caption") {
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(4500), ms(4000)}}) == Found{"a 1000-5000"});
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(1300), ms(4000)}}) == Found{"a 5000-9000"});
  CHECK(mapped({cue("a", 1000, 2000)}, {{ms(1500), ms(4000)}}) == Found{"a 1000-2000"});
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(2000), ms(3000)}, {ms(2400), ms(3000)}}) ==
        Found{"a 1000-2400", "a/2 8400-11000"});
  // A pause that is shorter than the flash holds no more than it lasts.
  CHECK(mapped({cue("a", 1000, 5000)}, {{ms(4500), ms(200)}}) == Found{"a 1000-4700"});
  // Without identifiers there is nothing to tell apart.
  CHECK(mapped({cue("", 1000, 5000)}, {{ms(3000), ms(4000)}}) == Found{" 1000-3000", " 7000-9000"});
}

TEST_CASE("what ends where the lesson stands still ends there, what begins there begins when it goes on") {
  CHECK(mapped({cue("a", 1000, 3000), cue("b", 3000, 5000)}, {{ms(3000), ms(4000)}}) ==
        Found{"a 1000-3000", "b 7000-9000"});
}

TEST_CASE("captions that are shown together stay in the order of time, and none is lost") {
  CHECK(mapped({cue("a", 1000, 6000), cue("b", 2000, 5000)}, {{ms(3000), ms(4000)}}) ==
        Found{"a 1000-3000", "b 2000-3000", "a/2 7000-10000", "b/2 7000-9000"});
  CHECK(mapped({cue("empty", 3000, 3000)}, {{ms(3000), ms(4000)}}).size() == 1);
  const TimeMap map({{ms(3000), ms(4000)}});
  const Track track{{cue("a", 1000, 6000)}, {}, {}};
  ms shown{0};
  for (const auto& one : extended_captions(track, map).cues) {
    shown += one.end - one.start;
    CHECK(map.to_lesson(one.start) >= ms(1000));
    CHECK(map.to_lesson(one.end) <= ms(6000));
  }
  CHECK(shown == ms(5000));
}
