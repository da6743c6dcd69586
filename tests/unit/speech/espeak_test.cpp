// SPDX-License-Identifier: GPL-3.0-or-later
// Real synthesis: what is said is right if the library understood it, and how fast is measured on the
// samples.
#include "accessibility/narration/utterance.hpp"
#include "media/speech/espeak_engine.hpp"
#include "media/speech/readings/mandarin_readings.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace tongxing::accessibility;
using tongxing::media::speech::EspeakEngine;
using tongxing::media::speech::mandarin_readings;

struct Passage {
  std::string language;
  std::string text;
  int units;  ///< counted by hand: characters spoken, or words
};

// Other passages than those that the rates were fitted on.
const std::vector<Passage> kPassages = {
    {"cmn", "老师打开烤箱，取出金黄色的面包，放在木架上晾凉。", 22},
    {"cmn", "屏幕左边是一位手语老师，右边是课程的幻灯片。", 20},
    {"cmn", "他把两块布料正面相对，用大头针固定好，然后放到缝纫机下面。", 26},
    {"cmn", "按摩师用拇指按住学员的肩膀，由轻到重，慢慢地揉三分钟。", 24},
    {"cmn", "表格里写着今年的培训人数，比去年增加了百分之十五，满意度达到百分之九十八。", 34},
    {"yue", "老師打開焗爐，攞出金黃色嘅麵包，放喺木架上面攤凍。", 22},
    {"yue", "螢幕左邊係一位手語老師，右邊係課程嘅幻燈片。", 20},
    {"yue", "佢將兩塊布料正面相對，用大頭針固定好，然後放到衣車下面。", 25},
    {"yue", "按摩師用拇指撳住學員嘅膊頭，由輕到重，慢慢搓三分鐘。", 23},
    {"yue", "表格裏面寫住今年嘅培訓人數，比舊年增加咗百分之十五。", 24},
    {"en", "The teacher opens the oven, takes out the golden bread, and leaves it on a rack to cool.", 18},
    {"en", "On the left of the screen a signer stands beside the slides of the lesson.", 15},
    {"en", "He lays two pieces of cloth together, pins them, and puts them under the machine.", 15},
    {"en", "She presses the shoulder with her thumb, softly at first, then harder, for three minutes.", 15},
    {"en", "The table shows how many people were trained this year and how content they were.", 15}};

double units_a_minute(const Speech& speech, int units) {
  return units * 60.0 * speech.sample_rate / static_cast<double>(speech.samples.size());
}

/// As long as each other: the library varies its sound a little each time.
bool near(const Speech& a, const Speech& b) {
  return std::abs(static_cast<double>(a.samples.size()) / static_cast<double>(b.samples.size()) - 1) < 0.01;
}

}  // namespace

TEST_CASE("Speech keeps the rate that was asked for within 5 %") {
  EspeakEngine engine(mandarin_readings());
  for (const Passage& passage : kPassages) {
    for (const int rate :
         passage.language == "en" ? std::vector{130, 160, 180} : std::vector{180, 220, 250}) {
      const auto speech = engine.speak({passage.text, passage.language, rate});
      REQUIRE(speech);
      const double measured = units_a_minute(*speech, passage.units);
      INFO(passage.text << ": wanted " << rate << ", spoken " << measured);
      CHECK(std::abs(measured / rate - 1) <= 0.05);
    }
  }
}

TEST_CASE("A rate of nought is the language's own") {
  EspeakEngine engine(mandarin_readings());
  const auto usual = engine.speak({kPassages[0].text, "cmn", 0});
  const auto asked = engine.speak({kPassages[0].text, "cmn", 220});
  REQUIRE(usual);
  REQUIRE(asked);
  CHECK(near(*usual, *asked));
}

TEST_CASE("Short texts come near their rate without being measured") {
  EspeakEngine engine(mandarin_readings());
  const auto speech = engine.speak({"打开课程列表", "cmn", 220});
  REQUIRE(speech);
  CHECK(std::abs(units_a_minute(*speech, 6) / 220 - 1) <= 0.15);
}

TEST_CASE("The library understands every syllable of the table as pinyin") {
  EspeakEngine engine(mandarin_readings());
  const auto table = mandarin_readings();
  REQUIRE(table.syllable_count() > 1300);
  std::string wrong;
  for (std::size_t i = 0; i < table.syllable_count(); ++i) {
    const std::string syllable(table.syllable_text(i));
    const std::string said = engine.phonemes(UtteranceVoice::pinyin, syllable);
    // A tone digit that was not taken is spoken as a number and leaves two stressed words; (en) is English.
    const bool fine =
        !said.empty() && said.find("(en)") == std::string::npos && said.find(' ') == std::string::npos;
    if (!fine) wrong += syllable + " → " + said + "\n";
  }
  INFO(wrong);
  CHECK(wrong.empty());
}

TEST_CASE("Pinyin is heard as what it is: vowels, tones, the neutral tone") {
  EspeakEngine engine(mandarin_readings());
  const auto heard = [&](const std::string& pinyin) {
    return engine.phonemes(UtteranceVoice::pinyin, pinyin);
  };
  CHECK(heard("lv4") != heard("lu4"));
  CHECK(heard("nv3") != heard("nu3"));
  CHECK(heard("ma1") != heard("ma4"));
  CHECK(heard("ma5") != heard("ma1"));
  CHECK(heard("xing2") != heard("hang2"));
}

TEST_CASE("The voice joins two third tones itself") {
  EspeakEngine engine(mandarin_readings());
  const auto third = engine.speak({"你好{ni3 hao3}", "cmn", 220});
  const auto second = engine.speak({"你好{ni2 hao3}", "cmn", 220});
  REQUIRE(third);
  REQUIRE(second);
  CHECK(near(*third, *second));
}

TEST_CASE("Author readings change what is heard") {
  EspeakEngine engine(mandarin_readings());
  const auto plain = engine.speak({"他姓单", "cmn", 220});
  const auto read = engine.speak({"他姓单{dan1}", "cmn", 220});
  REQUIRE(plain);
  REQUIRE(read);
  CHECK(plain->samples.size() != read->samples.size());
}

TEST_CASE("English within Chinese is spoken by an English voice at the same sample rate") {
  EspeakEngine engine(mandarin_readings());
  const auto speech = engine.speak({"打开PPT，插入USB，用Excel做表格。", "cmn", 220});
  REQUIRE(speech);
  CHECK(speech->sample_rate == 22'050);
  CHECK(speech->duration() > std::chrono::seconds(2));
  CHECK(speech->duration() < std::chrono::seconds(12));
}

TEST_CASE("Speech is sound, not silence, and does not clip throughout") {
  EspeakEngine engine(mandarin_readings());
  for (const Passage& passage : kPassages) {
    const auto speech = engine.speak({passage.text, passage.language, 0});
    REQUIRE(speech);
    const auto loud =
        std::ranges::count_if(speech->samples, [](std::int16_t s) { return std::abs(int{s}) > 1000; });
    const auto clipped =
        std::ranges::count_if(speech->samples, [](std::int16_t s) { return std::abs(int{s}) >= 32'767; });
    CHECK(static_cast<std::size_t>(loud) * 5 > speech->samples.size());
    CHECK(static_cast<std::size_t>(clipped) * 1000 < speech->samples.size());
  }
}

TEST_CASE("What cannot be spoken is refused by name") {
  EspeakEngine engine(mandarin_readings());
  CHECK(engine.speak({"bonjour", "fr", 0}).error() == SpeechError::unsupported_language);
  CHECK(engine.speak({"", "cmn", 0}).error() == SpeechError::nothing_to_say);
  CHECK(engine.speak({"😀 …", "cmn", 0}).error() == SpeechError::nothing_to_say);
  CHECK(engine.speak({std::string(kMaxSpokenBytes + 1, 'a'), "en", 0}).error() == SpeechError::too_long);
}

TEST_CASE("The longest text that may be asked for is spoken") {
  EspeakEngine engine(mandarin_readings());
  std::string text;
  while (text.size() + 30 < kMaxSpokenBytes) text += "把面团揉成光滑的球。";
  const auto speech = engine.speak({text, "cmn", 220});
  REQUIRE(speech);
  CHECK(speech->duration() > std::chrono::minutes(10));
}

TEST_CASE("One engine follows another") {
  for (int i = 0; i < 3; ++i) {
    EspeakEngine engine(mandarin_readings());
    CHECK(engine.speak({"你好", "cmn", 0}));
  }
}
