// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/units.hpp"

#include "accessibility/caption_quality/letters.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {
namespace {

// Longer ones before those that begin like them.
constexpr auto kChineseUnits = std::to_array<std::u32string_view>(
    {U"平方厘米", U"平方公里", U"平方米", U"立方厘米", U"立方米", U"摄氏度", U"攝氏度", U"千瓦时", U"千瓦時",
     U"公斤",     U"公里",     U"公顷",   U"公頃",     U"公分",   U"公克",   U"公升",   U"千克",   U"千米",
     U"千瓦",     U"毫克",     U"毫升",   U"毫米",     U"毫安",   U"厘米",   U"分米",   U"微克",   U"微米",
     U"分钟",     U"分鐘",     U"小时",   U"小時",     U"秒钟",   U"秒鐘",   U"英寸",   U"英尺",   U"兆字节",
     U"像素",     U"赫兹",     U"赫茲",   U"伏特",     U"瓦特",   U"安培",   U"克",     U"斤",     U"吨",
     U"噸",       U"升",       U"米",     U"秒",       U"元",     U"亩",     U"畝",     U"瓦",     U"伏",
     U"寸",       U"尺",       U"勺",     U"汤匙",     U"湯匙",   U"茶匙",   U"℃",      U"度"});

constexpr auto kLatinUnits = std::to_array<std::u32string_view>(
    {U"kilograms", U"kilogram", U"grams",   U"gram",   U"litres", U"liters", U"metres", U"meters",
     U"minutes",   U"minute",   U"seconds", U"second", U"hours",  U"hour",   U"days",   U"percent",
     U"degrees",   U"dollars",  U"yuan",    U"cups",   U"spoons", U"inches", U"miles",  U"kg",
     U"km",        U"cm",       U"mm",      U"ml",     U"mg",     U"kW",     U"GB",     U"MB",
     U"KB",        U"Hz",       U"g",       U"m",      U"L",      U"V"});

constexpr auto kSigns = std::to_array<std::u32string_view>({U"%", U"‰", U"°", U"％"});

constexpr std::u32string_view kMeasureWords =
    U"个個只隻条條张張本支枝把块塊片粒颗顆件套台臺辆輛位名次遍杯碗瓶盒袋包页頁行列步层層种種节節课課岁歲天年"
    U"月日号號"
    U"点點分元角斤两兩";

template <std::size_t N>
std::u32string_view front_of(std::u32string_view text, const std::array<std::u32string_view, N>& list) {
  const auto* found = std::ranges::find_if(list, [&](auto unit) { return text.starts_with(unit); });
  return found == list.end() ? std::u32string_view{} : *found;
}

}  // namespace

std::u32string_view unit_at_front(std::u32string_view text) {
  if (const auto unit = front_of(text, kSigns); !unit.empty()) return unit;
  if (const auto unit = front_of(text, kChineseUnits); !unit.empty()) return unit;
  const auto end = std::ranges::find_if_not(text, is_latin);
  const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  return std::ranges::find(kLatinUnits, word) == kLatinUnits.end() ? std::u32string_view{} : word;
}

std::u32string_view measure_word_at_front(std::u32string_view text) {
  if (text.empty() || kMeasureWords.find(text.front()) == std::u32string_view::npos) return {};
  return text.substr(0, 1);
}

}  // namespace tongxing::accessibility
