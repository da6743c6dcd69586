// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/language.hpp"

#include "accessibility/caption_quality/script_tables.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/language_tag.hpp"
#include "accessibility/text/script.hpp"
#include "accessibility/text/utf8.hpp"

namespace tongxing::accessibility {
namespace {

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> list) {
  for (const auto item : list) {
    if (value == item) return true;
  }
  return false;
}

}  // namespace

ChineseScript script_of_tag(std::string_view tag) {
  const auto parsed = parse_language_tag(tag);
  if (!parsed) return ChineseScript::unknown;
  if (parsed->script == "Hans") return ChineseScript::simplified;
  if (parsed->script == "Hant") return ChineseScript::traditional;
  if (is_one_of(parsed->region, {"CN", "SG", "MY"})) return ChineseScript::simplified;
  if (is_one_of(parsed->region, {"TW", "HK", "MO"})) return ChineseScript::traditional;
  return ChineseScript::unknown;
}

bool mandarin_in_simplified(const CaptionContext& context) {
  if (script_of_tag(context.language) != ChineseScript::simplified) return false;
  if (context.language.starts_with("yue")) return false;
  const auto audio = context.audio_language.substr(0, context.audio_language.find('-'));
  return audio.empty() || audio == "cmn" || audio == "zh";
}

std::string guess_language(const Track& track) {
  ScriptCount sum;
  for (const auto& cue : track.cues) {
    const auto plain = plain_text(std::string_view{cue.text});
    const auto count = count_scripts(plain);
    sum.han += count.han;
    sum.latin += count.latin;
    sum.kana += count.kana;
    sum.hangul += count.hangul;
    for (const char32_t code : decode(plain)) {
      sum.simplified_only += is_simplified_only(code) ? 1U : 0U;
      sum.traditional_only += is_traditional_only(code) ? 1U : 0U;
    }
  }
  switch (script_of(sum)) {
    case Script::traditional:
      return "zh-Hant";
    case Script::latin:
      return "en";
    case Script::japanese:
      return "ja";
    case Script::korean:
      return "ko";
    case Script::simplified:
    case Script::unknown:
      break;
  }
  return "zh-Hans";
}

}  // namespace tongxing::accessibility
