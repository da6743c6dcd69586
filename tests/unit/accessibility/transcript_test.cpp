// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/transcript.hpp"

#include "tests/support/catch.hpp"

#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using namespace std::chrono_literals;

Cue cue(Milliseconds start, Milliseconds end, std::string text) {
  return {.id = {}, .start = start, .end = end, .text = std::move(text), .settings = {}};
}

TEST_CASE("Cues become paragraphs by speaker, silence and sounds") {
  Track track;
  track.cues = {cue(0s, 2s, "我们先准备\n<b>面粉</b>和水，"),
                cue(2s, 4s, "再打开 Windows"),
                cue(4s, 5s, "电脑。"),
                cue(7s, 8s, "下一步。"),
                cue(8s, 9s, "［掌声］"),
                cue(9s, 10s, "<v 李老师>好！"),
                cue(10s, 11s, "<v 王>谢谢。")};
  CHECK(transcript_of(track) ==
        std::vector<Paragraph>{{0s, 5s, "", "我们先准备面粉和水，再打开 Windows 电脑。"},
                               {7s, 8s, "", "下一步。"},
                               {8s, 9s, "", "［掌声］"},
                               {9s, 10s, "李老师", "好！"},
                               {10s, 11s, "王", "谢谢。"}});
}

TEST_CASE("Where a Chinese cue ends without punctuation, a space keeps the pause") {
  Track track;
  track.cues = {cue(0s, 1s, "先把水倒进去"), cue(1s, 2s, "再慢慢搅拌，"), cue(2s, 3s, "直到均匀")};
  CHECK(transcript_of(track) == std::vector<Paragraph>{{0s, 3s, "", "先把水倒进去 再慢慢搅拌，直到均匀"}});
}

TEST_CASE("A long paragraph ends with a sentence") {
  Track track;
  for (int i = 0; i < 40; ++i)
    track.cues.push_back(cue(1s * i, 1s * (i + 1), i % 4 == 3 ? "这里说完一句话。" : "这里还没有说完，"));
  const auto text = transcript_of(track);
  REQUIRE(text.size() == 3);
  CHECK(text[0].text.ends_with("。"));
  CHECK(text[0].end == 16s);
  CHECK(text[1].start == 16s);
}

TEST_CASE("Order in the file does not matter, empty cues are left out") {
  Track track;
  track.cues = {cue(5s, 6s, "world"), cue(4s, 5s, "hello"), cue(6s, 7s, "<b></b>")};
  CHECK(transcript_of(track) == std::vector<Paragraph>{{4s, 6s, "", "hello world"}});
  CHECK(transcript_of({}).empty());
}

}  // namespace
