// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/han_rules.hpp"
#include "accessibility/narration/units.hpp"

namespace tongxing::accessibility {

namespace {

/// Measure words, and nouns that count like them.
constexpr std::u32string_view kMeasures =
    U"个個人名位次遍天年周週小分秒点點元块塊米厘釐毫克千公斤吨噸升度种種件条條张張把根本节節课課门門项項步"
    U"页頁杯碗勺片瓶袋盒倍岁歲口家所台臺辆輛部双雙对對组組套只隻头頭间間座句段首篇封场場份万萬亿億股道圈"
    U"行列排桶粒颗顆支枝针針寸尺里亩畝平立瓦伏美欧英大类類钟鐘刻角颗者岁户戶团團层層朵棵匹串堆滴餐顿頓"
    U"蚊毫日隊队副面滴样樣代批届屆处處村县縣市省国國字词詞题題";

/// What makes a number a name or an ordinal.
constexpr std::u32string_view kOrdinalAfter = U"月日号號楼樓班级級期路";
constexpr std::u32string_view kOrdinalBefore = U"第初零〇十百千.";

enum class Scale : std::uint8_t { none, percent, permille };

/// A number with everything that belongs to it.
struct Quantity {
  bool negative = false;
  Numeral numeral;
  Scale scale = Scale::none;
  const Unit* unit = nullptr;
  std::size_t end = 0;
};

std::optional<Quantity> quantity_at(const SourceText& text, std::size_t at) {
  Quantity quantity;
  if (text.at(at) == U'-') {
    quantity.negative = true;
    ++at;
  }
  auto numeral = numeral_at(text, at);
  if (!numeral) return std::nullopt;
  quantity.numeral = std::move(*numeral);
  quantity.end = quantity.numeral.end;
  const char32_t next = text.at(quantity.end);
  if (next == U'%' || next == U'‰') {
    quantity.scale = next == U'%' ? Scale::percent : Scale::permille;
    ++quantity.end;
    return quantity;
  }
  const std::size_t unit = text.skip_spaces(quantity.end);
  quantity.unit = unit_at(text, unit);
  if (quantity.unit != nullptr) quantity.end = unit + quantity.unit->written.size();
  return quantity;
}

void say(Match& match, const Quantity& quantity, LoneTwo two, const Unit* unit) {
  if (quantity.negative) match.words(unit != nullptr && is_temperature(*unit) ? "零下" : "负");
  if (quantity.scale != Scale::none) {
    match.words(quantity.scale == Scale::percent ? "百分之" : "千分之");
    two = LoneTwo::er;
  }
  match.number(han_decimal(quantity.numeral.integer, quantity.numeral.fraction, two));
}

LoneTwo two_for(const SourceText& text, std::size_t at, const Quantity& quantity) {
  if (kOrdinalBefore.contains(text.before(at))) return LoneTwo::er;
  return quantity.unit != nullptr && quantity.unit->written != U"°" ? LoneTwo::liang
                                                                    : lone_two_before(text, quantity.end);
}

struct Currency {
  std::u32string_view sign;
  std::string_view name;
};
constexpr Currency kCurrencies[] = {{U"HK$", "港元"}, {U"US$", "美元"}, {U"¥", "元"},
                                    {U"$", "美元"},   {U"€", "欧元"},   {U"£", "英镑"}};

/// 12 and 50 → 十二元五角.
void say_yuan(Match& match, const Numeral& amount) {
  const std::string cents = (amount.fraction + "00").substr(0, 2);
  const bool whole = small_value(amount.integer) != 0;
  if (whole || cents == "00") match.number(han_integer(amount.integer, LoneTwo::liang)).words("元");
  if (cents[0] != '0') match.number(han_integer(cents.substr(0, 1), LoneTwo::liang)).words("角");
  if (cents[1] == '0') return;
  if (cents[0] == '0' && whole) match.words("零");
  match.number(han_integer(cents.substr(1), LoneTwo::liang)).words("分");
}

std::string without_trailing_zeros(std::string fraction) {
  while (fraction.ends_with('0')) fraction.pop_back();
  return fraction;
}

Matched signed_money(const SourceText& text, std::size_t at) {
  for (const Currency& currency : kCurrencies) {
    if (!text.has(at, currency.sign)) continue;
    const auto amount = numeral_at(text, text.skip_spaces(at + currency.sign.size()));
    if (!amount) return std::nullopt;
    Match match;
    match.end = amount->end;
    const char32_t scale = text.at(amount->end);
    const bool scaled = std::u32string_view(U"万萬亿億").contains(scale);
    if (currency.name == "元" && !scaled && amount->fraction.size() <= 2) {
      say_yuan(match, *amount);
      return match;
    }
    match.number(han_decimal(amount->integer, without_trailing_zeros(amount->fraction), LoneTwo::liang));
    if (scaled) {
      match.words(scale == U'万' || scale == U'萬' ? "万" : "亿");
      ++match.end;
    }
    match.words(currency.name);
    return match;
  }
  return std::nullopt;
}

}  // namespace

LoneTwo lone_two_before(const SourceText& text, std::size_t at) {
  const char32_t next = text.at(text.skip_spaces(at));
  if (next == U'\0' || kOrdinalAfter.contains(next)) return LoneTwo::er;
  if (text.has(at, U"年级") || text.has(at, U"年級")) return LoneTwo::er;
  return kMeasures.contains(next) ? LoneTwo::liang : LoneTwo::er;
}

Matched match_han_money(const SourceText& text, std::size_t at) {
  if (auto match = signed_money(text, at)) return match;
  const auto amount = numeral_at(text, at);
  if (!amount || amount->fraction.size() != 2 || text.at(amount->end) != U'元') return std::nullopt;
  Match match;
  match.end = amount->end + 1;
  say_yuan(match, *amount);
  return match;
}

Matched match_han_fraction(const SourceText& text, std::size_t at) {
  const auto left = numeral_at(text, at);
  if (!left || in_formula(text, at)) return std::nullopt;
  const char32_t sign = text.at(left->end);
  const auto right = numeral_at(text, left->end + 1);
  if (!right || (sign != U'/' && sign != U':')) return std::nullopt;
  Match match;
  match.end = right->end;
  if (sign == U':') {
    match.number(han_decimal(left->integer, left->fraction)).words("比");
    match.number(han_decimal(right->integer, right->fraction));
    return match;
  }
  if (text.at(right->end) == U'/' || !left->fraction.empty() || !right->fraction.empty()) return std::nullopt;
  const long above = small_value(left->integer);
  const long below = small_value(right->integer);
  if (above >= 0 && above < below) {
    match.number(han_integer(right->integer)).words("分之").number(han_integer(left->integer));
  } else if (above >= 1 && above <= 12 && below >= 1 && below <= 31) {
    match.number(han_integer(left->integer)).words("月").number(han_integer(right->integer)).words("日");
    if (text.at(match.end) == U'日' || text.at(match.end) == U'号') ++match.end;
  } else {
    match.number(han_integer(left->integer)).pause().number(han_integer(right->integer));
  }
  return match;
}

Matched match_han_quantity(const SourceText& text, std::size_t at) {
  if (text.at(at) == U'-' && !is_sign(text, at)) return std::nullopt;
  const auto first = quantity_at(text, at);
  if (!first) return std::nullopt;
  Match match;
  match.end = first->end;
  const auto next = range_to(text, first->end);
  const auto second = next ? quantity_at(text, *next) : std::nullopt;
  if (!second) {
    say(match, *first, two_for(text, at, *first), first->unit);
    if (first->unit != nullptr) match.words(first->unit->chinese);
    return match;
  }
  const LoneTwo two = two_for(text, at, *second);
  say(match, *first, two, first->unit != nullptr ? first->unit : second->unit);
  if (first->unit != nullptr && first->unit != second->unit) match.words(first->unit->chinese);
  match.words("到");
  say(match, *second, two, second->unit);
  if (second->unit != nullptr) match.words(second->unit->chinese);
  match.end = second->end;
  return match;
}

}  // namespace tongxing::accessibility
