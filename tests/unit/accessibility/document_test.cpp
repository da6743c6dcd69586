// SPDX-License-Identifier: GPL-3.0-or-later
// One document of captions, descriptions and chapters, and its plain forms.
#include "accessibility/transcript/document.hpp"

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/transcript/text_forms.hpp"
#include "tests/support/catch.hpp"

#include <set>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using Texts = std::vector<std::string>;

Track track(const std::string& cues) {
  return read_webvtt("WEBVTT\n\n" + cues).value().track;
}

const Track& captions() {
  static const Track made = track(
      "00:01.000 --> 00:03.000\n<v 师傅>先把车冲一遍。\n\n"
      "00:03.500 --> 00:05.000\n<v 师傅>再打泡沫！<c>小心</c>眼睛\n\n"
      "00:06.000 --> 00:07.000\n［水声］\n\n"
      "01:10.000 --> 01:14.000\n<v 小明>擦干\n");
  return made;
}

const Track& descriptions() {
  static const Track made =
      track("00:03.200 --> 00:03.400\n他拿起水枪 ♪\n\n01:20.000 --> 01:22.000\n车很亮。\n");
  return made;
}

const Track& chapters() {
  static const Track made = track("00:00.000 --> 01:00.000\n冲洗\n\n01:00.000 --> 02:00.000\n擦干\n");
  return made;
}

Document whole() {
  return document_of("洗车 & 打蜡", "zh-Hans", {&captions(), &descriptions(), &chapters()});
}

}  // namespace

TEST_CASE("Speech, sounds and descriptions stand in the order of their times, below their chapters") {
  const auto document = whole();
  REQUIRE(document.sections.size() == 2);
  CHECK(document.sections[0].title == "冲洗");
  CHECK(document.sections[0].anchor == "c-0");
  CHECK(document.sections[1].anchor == "c-60000");
  const auto& first = document.sections[0].entries;
  REQUIRE(first.size() == 4);
  // The description comes between two sentences of one speaker, who would stand in one paragraph without it.
  CHECK(first[0].text == "先把车冲一遍。");
  CHECK(first[0].speaker == "师傅");
  CHECK(first[0].anchor == "t-1000");
  CHECK(first[1].kind == EntryKind::description);
  CHECK(first[1].anchor == "t-3200");
  CHECK(first[2].text == "再打泡沫！小心眼睛");
  CHECK(first[3].kind == EntryKind::sound);
  const auto& second = document.sections[1].entries;
  REQUIRE(second.size() == 2);
  CHECK(second[0].speaker == "小明");
  CHECK(second[1].kind == EntryKind::description);
}

TEST_CASE("A chapter begins a new paragraph, and text before the first chapter keeps its place") {
  const auto two = track("00:01.000 --> 00:02.000\n一\n\n00:02.500 --> 00:03.000\n二\n");
  const auto chapter = track("00:02.200 --> 00:09.000\n第二节\n");
  const auto document = document_of("题", "zh-Hans", {&two, nullptr, &chapter});
  REQUIRE(document.sections.size() == 2);
  CHECK(document.sections[0].title.empty());
  CHECK(document.sections[0].entries.at(0).text == "一");
  CHECK(document.sections[1].entries.at(0).text == "二");
}

TEST_CASE("Anchors are unique, also for cues at the same time, and nothing is an empty document") {
  const auto same = track("00:01.000 --> 00:02.000\n<v 甲>一\n\n00:01.000 --> 00:02.000\n<v 乙>二\n");
  const auto document = document_of("题", "zh-Hans", {&same, &same, nullptr});
  std::set<std::string> anchors;
  for (const auto& entry : document.sections.at(0).entries) anchors.insert(entry.anchor);
  CHECK(anchors == std::set<std::string>{"t-1000", "t-1000-2", "t-1000-3", "t-1000-4"});
  CHECK(document_of("题", "zh-Hans", {}).empty());
  CHECK_FALSE(document.empty());
}

TEST_CASE("The plain text has times, names and the mark of what is only to be seen") {
  CHECK(plain_text_of(whole()) ==
        "洗车 & 打蜡\n===========\n\n冲洗\n----\n\n[0:01] 师傅：先把车冲一遍。\n\n[0:03] ［画面］ 他拿起水枪 "
        "♪\n\n"
        "[0:03] 师傅：再打泡沫！小心眼睛\n\n[0:06] ［水声］\n\n擦干\n----\n\n[1:10] 小明：擦干\n\n"
        "[1:20] ［画面］ 车很亮。\n");
  auto english = document_of("Wash", "en", {&captions(), &descriptions(), nullptr});
  CHECK(plain_text_of(english).find("[0:03] [Picture] 他拿起水枪") != std::string::npos);
  CHECK(plain_text_of(english).find("[0:01] 师傅: ") != std::string::npos);
}

TEST_CASE("Braille gets one sentence a line, without times and decoration") {
  CHECK(braille_text_of(whole()) ==
        "洗车 & 打蜡\n\n冲洗\n\n师傅：先把车冲一遍。\n［画面］ "
        "他拿起水枪\n师傅：再打泡沫！\n小心眼睛\n［水声］\n\n"
        "擦干\n\n小明：擦干\n［画面］ 车很亮。\n");
}

TEST_CASE("Sentences end at their marks, with the quotes that follow") {
  CHECK(sentences_of("他说：“走吧！”我们走。") == Texts{"他说：“走吧！”", "我们走。"});
  CHECK(sentences_of("Version 1.5 is here. Use it! Now") == Texts{"Version 1.5 is here.", "Use it!", "Now"});
  CHECK(sentences_of("等等……好") == Texts{"等等……", "好"});
  CHECK(sentences_of("  ").empty());
  CHECK(sentences_of("").empty());
  CHECK(clock_of(Milliseconds{3'661'999}) == "1:01:01");
}
