// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/han_numbers.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace tongxing::accessibility {

namespace {

constexpr std::string_view kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::string_view kPlaces[] = {"", "十", "百", "千"};
constexpr std::size_t kMostDigits = 16;

/// Where a group of four digits stands in its number.
enum class Position : std::uint8_t { first, later };

/// One to four digits, not all zero, without leading zeros.
std::string group_words(std::string_view digits, Position position, bool lone_two) {
  if (digits == "2" && lone_two) return "两";
  std::string out;
  bool zero = false;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[i] - '0';
    const std::size_t place = digits.size() - 1 - i;
    if (digit == 0) {
      zero = true;
      continue;
    }
    if (zero) out += kDigits[0];
    zero = false;
    const bool leading = i == 0 && position == Position::first;
    if (digit == 1 && place == 1 && leading) {
      out += kPlaces[1];  // 15 is 十五, not 一十五
      continue;
    }
    out += digit == 2 && place == 3 && leading ? "两" : kDigits[digit];
    out += kPlaces[place];
  }
  return out;
}

}  // namespace

std::string han_integer(std::string_view digits, LoneTwo two) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return std::string(kDigits[0]);
  if (digits.size() > kMostDigits) return han_digits(digits);
  std::string out;
  const std::size_t groups = (digits.size() + 3) / 4;
  bool pending_zero = false;
  for (std::size_t left = groups; left-- > 0;) {
    const std::size_t end = digits.size() - left * 4;
    std::string_view group = digits.substr(end > 4 ? end - 4 : 0, end > 4 ? 4 : end);
    const std::size_t whole = group.size();
    group.remove_prefix(std::min(group.find_first_not_of('0'), group.size()));
    const Position position = out.empty() ? Position::first : Position::later;
    if (group.empty()) {
      pending_zero = true;
    } else {
      if (position == Position::later && (pending_zero || group.size() < whole)) out += kDigits[0];
      const bool lone_two = position == Position::first && (left > 0 || two == LoneTwo::liang);
      out += group_words(group, position, lone_two);
      pending_zero = false;
    }
    if (left == 2) out += "亿";
    if (left == 3 || (left == 1 && !group.empty())) out += "万";
  }
  return out;
}

std::string han_digits(std::string_view digits, LoneOne one) {
  std::string out;
  for (const char c : digits) {
    if (c < '0' || c > '9') continue;
    out += c == '1' && one == LoneOne::yao ? "幺" : kDigits[c - '0'];
  }
  return out;
}

std::string han_decimal(std::string_view integer, std::string_view fraction, LoneTwo two) {
  if (fraction.empty()) return han_integer(integer, two);
  return han_integer(integer) + "点" + han_digits(fraction);
}

std::string in_traditional(std::string_view text) {
  struct Pair {
    char32_t simplified;
    char32_t traditional;
  };
  static constexpr Pair pairs[] = {
      {U'两', U'兩'}, {U'点', U'點'}, {U'万', U'萬'}, {U'亿', U'億'}, {U'负', U'負'},
      {U'摄', U'攝'}, {U'时', U'時'}, {U'华', U'華'}, {U'欧', U'歐'}, {U'镑', U'鎊'},
      {U'顷', U'頃'}, {U'吨', U'噸'}, {U'钟', U'鐘'}, {U'转', U'轉'}, {U'兹', U'茲'},
      {U'约', U'約'}, {U'于', U'於'}, {U'号', U'號'}, {U'减', U'減'}, {U'线', U'線'},
      {U'节', U'節'}, {U'贝', U'貝'}, {U'横', U'橫'}, {U'问', U'問'}, {U'划', U'劃'},
  };
  std::string out;
  while (!text.empty()) {
    const Decoded next = decode_front(text);
    const auto* found = std::ranges::find(pairs, next.code, &Pair::simplified);
    append_utf8(out, found == std::end(pairs) ? next.code : found->traditional);
    text.remove_prefix(next.length);
  }
  return out;
}

}  // namespace tongxing::accessibility
