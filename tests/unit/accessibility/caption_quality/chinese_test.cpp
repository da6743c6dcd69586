// SPDX-License-Identifier: GPL-3.0-or-later
// C17–C23 and C29: how Chinese is written, and the guess of a language.
#include "accessibility/caption_quality/idioms.hpp"
#include "accessibility/caption_quality/language.hpp"
#include "accessibility/caption_quality/marks.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/accessibility/caption_quality/quality_fixture.hpp"

namespace {

using namespace tongxing::accessibility;
using namespace tongxing::tests;
using namespace std::chrono_literals;
using Kind = FindingKind;

const CaptionContext kEasy{.language = "zh-Hans", .use = TrackUse::easy_read};

Told one(Kind kind, Severity severity = Severity::warning) {
  return {{kind, severity}};
}

TEST_CASE("C17: narrow marks beside Chinese") {
  for (const auto* text : {"你好,世界", "你好.", "真的?", "真的 吗!", "注意:关门", "一;二",
                           "<b>你好</b>,再见", "用Excel,做表格", "你好，世界,"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::ascii_punctuation));
  }
  for (const auto* text : {"你好，世界。", "3.5公里", "8:30开门", "1,000元", "1.打开", "v2.0版",
                           "www.abc.com网站", "Hello, world", "见A.B公司"}) {
    INFO(text);
    CHECK(told_of(text).empty());
  }
  CHECK(told_of("你好,世界", {.language = "en"}).empty());
}

TEST_CASE("C18: the house writes six dots") {
  for (const auto* text : {"我想...", "我想..", "我想…", "我想⋯⋯", "我想。。。", "我想………", "...我想"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::ellipsis_style));
  }
  for (const auto* text : {"我想……", "我想…………", "我想。。", "第1..3题", "wait..."}) {
    INFO(text);
    CHECK(told_of(text).empty());
  }
}

TEST_CASE("C19: italics") {
  CHECK(told_of("<b><i>你好</i></b>") == one(Kind::italics));
  CHECK(told_of("<i></i>你好").empty());
  CHECK(told_of("<i>Hello</i>", {.language = "en"}).empty());
}

TEST_CASE("C20: half a percent and five percent of the other script") {
  const auto share = [](std::size_t other, std::size_t all, std::string_view language) {
    std::vector<Cue> cues;
    const bool hans = language == "zh-Hans";
    for (std::size_t i = 0; i < all; i += 10) {
      std::string text;
      for (auto k = i; k < std::min(i + 10, all); ++k) text += k < other ? (hans ? "電" : "电") : "人";
      cues.push_back(cue(Milliseconds{i * 500}, Milliseconds{i * 500 + 4500}, text));
    }
    return told(std::move(cues), {.language = std::string(language)});
  };
  CHECK(share(0, 200, "zh-Hans").empty());
  CHECK(share(1, 200, "zh-Hans").empty());
  CHECK(share(1, 199, "zh-Hans") == one(Kind::wrong_script));
  CHECK(share(10, 200, "zh-Hans") == one(Kind::wrong_script));
  CHECK(share(11, 200, "zh-Hans") == one(Kind::wrong_script, Severity::error));
  CHECK(share(11, 200, "zh-Hant") == one(Kind::wrong_script, Severity::error));
  CHECK(told_of("后面只有台灯和干粮，系好鞋").empty());
  CHECK(told_of("皇后在公里外，一隻只有乾糧", {.language = "zh-Hant"}).empty());
  CHECK(told_of("電腦", {.language = "zh-TW"}).empty());
  CHECK(told_of("電腦", {.language = "zh-CN"}) == one(Kind::wrong_script, Severity::error));
}

TEST_CASE("C21: Cantonese words, not Mandarin ones that look alike") {
  for (const auto* text : {"佢喺度", "唔该", "你做咩", "食咗饭"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::cantonese_words));
  }
  for (const auto* text : {"而家长不知道", "重点解决问题", "几分钟意味着什么", "小羊咩咩叫", "唔，好吧"}) {
    INFO(text);
    CHECK(told_of(text).empty());
  }
  CHECK(told_of("佢喺度", {.language = "zh-Hant"}).empty());
  CHECK(told_of("佢喺度", {.language = "zh-Hans", .audio_language = "yue"}).empty());
  CHECK(told_of("佢喺度", {.language = "zh-Hans", .audio_language = "cmn"}) == one(Kind::cantonese_words));
}

TEST_CASE("C22: line breaks") {
  for (const auto* text : {"点击Micro\nsoft图标", "这是残疾\n人证", "中华人民\n共和国"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::break_in_word));
  }
  for (const auto* text :
       {"加水500\n毫升", "长3\ncm左右", "共100\n%完成", "分成十二\n个小组", "一共3.\n5公里"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::break_in_number));
  }
  CHECK(told_of("阿里木\n·买买提") == one(Kind::break_in_name));
  CHECK(told_of("in Ma-\ncao", {.language = "en"}) == one(Kind::break_in_word));
  CHECK(told_of("informa\ntion", {.language = "en"}) == one(Kind::break_in_word));
  CHECK(told_of("wait 5\nminutes", {.language = "en"}) == one(Kind::break_in_number));
  CHECK(told_of("with Dr.\nLi", {.language = "en"}) == one(Kind::break_in_name));
  for (const auto* text :
       {"打开Word\n再打开Excel", "加水500毫升\n搅拌", "唯一\n个性", "选第3项\n再确定", "残疾人\n证件"}) {
    INFO(text);
    CHECK(told_of(text).empty());
  }
  CHECK(told_of("in 2020\nwe began", {.language = "en"}).empty());
  CHECK(told_of("the end.\nNow go on", {.language = "en"}).empty());
}

TEST_CASE("C23: measures in Chinese numerals") {
  for (const auto* text : {"加三十克盐", "走了三千米", "半小时以后", "两勺油", "一分钟"}) {
    INFO(text);
    CHECK(told_of(text) == one(Kind::numeral_with_unit, Severity::info));
  }
  for (const auto* text : {"加30克盐", "3万元", "千米以外", "一度认为", "第一元素", "十分好看", "统一安排"}) {
    INFO(text);
    CHECK(told_of(text).empty());
  }
}

TEST_CASE("C29: easy-read sentences") {
  CHECK(told_of("请先把手洗干净。\n再把面粉倒出来。", kEasy).empty());
  CHECK(told_of("先洗手，再和面。", kEasy).empty());
  CHECK(told_of("洗手，和面，包馅。", kEasy) == one(Kind::comma_chain));
  CHECK(told_of("洗手 和面 包馅", kEasy) == one(Kind::comma_chain));
  CHECK(told_of("买米、面、油。", kEasy).empty());
  CHECK(told_of("这件事一举两得。", kEasy) == one(Kind::idiom));
  CHECK(told_of("這件事一舉兩得。", {.language = "zh-Hant", .use = TrackUse::easy_read}) == one(Kind::idiom));
  CHECK(told_of("这件事一举两得。").empty());
  CHECK(idiom_in(U"我们要坚持不懈地学") == U"坚持不懈");
  CHECK(idiom_in(U"学").empty());
}

TEST_CASE("The language of a text is guessed") {
  const auto guess = [](std::string text) {
    Track track;
    track.cues = {cue(0s, 3s, std::move(text))};
    return guess_language(track);
  };
  CHECK(guess("大家好，欢迎来上课") == "zh-Hans");
  CHECK(guess("大家好，歡迎來上課") == "zh-Hant");
  CHECK(guess("Hello, welcome to the lesson") == "en");
  CHECK(guess("こんにちは、みなさん") == "ja");
  CHECK(guess("안녕하세요") == "ko");
  CHECK(guess("山水") == "zh-Hans");
  CHECK(guess("") == "zh-Hans");
  CHECK(script_of_tag("yue-HK") == ChineseScript::traditional);
  CHECK(script_of_tag("cmn-Hans") == ChineseScript::simplified);
  CHECK(script_of_tag("zh") == ChineseScript::unknown);
  CHECK(script_of_tag("not a tag") == ChineseScript::unknown);
}

}  // namespace
