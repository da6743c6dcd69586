// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/han_rules.hpp"

#include <algorithm>

namespace tongxing::accessibility {

namespace {

bool one_of(std::u32string_view text, std::initializer_list<std::u32string_view> words, auto how) {
  return std::ranges::any_of(words, [&](std::u32string_view word) { return how(text, word); });
}

/// Takes "(020)" and "87654321转" off the end: what is left names what they belong to as well.
std::u32string_view without_area(std::u32string_view left) {
  const auto drop_digits = [&] {
    while (!left.empty() && (is_digit(left.back()) || left.back() == U'-')) left.remove_suffix(1);
  };
  const auto before_last = [&] { return left.size() < 2 ? U'\0' : left[left.size() - 2]; };
  if (left.ends_with(U'转') && is_digit(before_last())) {
    left.remove_suffix(1);
    drop_digits();
  }
  if (left.ends_with(U')') && is_digit(before_last())) {
    left.remove_suffix(1);
    drop_digits();
  }
  return left;
}

/// A word before it says that what follows is a number to dial or to type.
bool code_is_named(const SourceText& text, std::size_t at) {
  constexpr std::size_t reach = 20;
  std::u32string_view left = without_area(text.left_of(at, reach));
  while (!left.empty() && std::u32string_view(U" :是为為係(").contains(left.back())) left.remove_suffix(1);
  const auto ends = [](std::u32string_view whole, std::u32string_view word) { return whole.ends_with(word); };
  return one_of(left,
                {U"电话", U"電話", U"热线", U"熱線", U"手机", U"手機", U"号码",   U"號碼",   U"致电", U"致電",
                 U"拨打", U"撥打", U"传真", U"傳真", U"卡号", U"卡號", U"验证码", U"驗證碼", U"账号", U"帳號",
                 U"证号", U"證號", U"尾数", U"尾數", U"尾号", U"尾號", U"编号",   U"編號",   U"学号", U"學號",
                 U"工号", U"工號", U"邮编", U"郵編", U"密码", U"密碼", U"QQ",     U"微信",   U"TEL",  U"Tel"},
                ends);
}

/// 110, 120, 12345: short numbers that are dialled.
bool service_number(std::string_view digits) {
  for (const std::string_view known : {"110", "119", "120", "122", "112", "999", "911", "114"}) {
    if (digits == known) return true;
  }
  return digits.size() == 5 &&
         (digits.starts_with("12") || digits.starts_with("95") || digits.starts_with("10"));
}

bool service_is_near(const SourceText& text, std::size_t at, std::size_t end) {
  const bool dialled = text.before(at) == U'打' || text.before(at) == U'拨' || text.before(at) == U'撥';
  return dialled ||
         one_of(text.view().substr(std::min(end, text.size())),
                {U"急救", U"报警", U"報警", U"热线", U"熱線", U"火警", U"匪警", U"客服", U"求助"},
                [](std::u32string_view whole, std::u32string_view word) { return whole.starts_with(word); });
}

/// Room and bus numbers of three or four digits.
bool room(const SourceText& text, std::size_t end, std::size_t count) {
  if (count != 3 && count != 4) return false;
  if (text.at(end) == U'路' && count == 3) return true;
  return one_of(text.view().substr(std::min(end, text.size())),
                {U"室", U"房", U"号房", U"號房", U"教室", U"课室", U"課室", U"病房", U"宿舍", U"寝室",
                 U"会议室", U"會議室", U"办公室", U"辦公室", U"包间"},
                [](std::u32string_view whole, std::u32string_view word) { return whole.starts_with(word); });
}

/// Groups of digits joined by one hyphen or space: 020-87654321, 138 0013 8000.
struct Groups {
  std::string digits;
  std::vector<std::size_t> sizes;
  std::size_t end = 0;
};

Groups groups_at(const SourceText& text, std::size_t at) {
  constexpr std::size_t most = 40;
  Groups groups;
  groups.end = at;
  for (;;) {
    const std::size_t count = text.digits(groups.end);
    groups.digits += text.ascii(groups.end, groups.end + count);
    groups.sizes.push_back(count);
    groups.end += count;
    const char32_t joint = text.at(groups.end);
    const bool goes_on = (joint == U'-' || joint == U' ') && is_digit(text.at(groups.end + 1));
    if (!goes_on || groups.digits.size() > most) return groups;
    ++groups.end;
  }
}

bool mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

/// Recognised by its shape alone.
bool telephone(const Groups& groups) {
  const auto& sizes = groups.sizes;
  if (sizes.size() == 1) return mobile(groups.digits);
  if (sizes.size() == 2) return groups.digits[0] == '0' && (sizes[0] == 3 || sizes[0] == 4) && sizes[1] >= 7;
  if (sizes.size() != 3) return false;
  return mobile(groups.digits) || (sizes[0] == 3 && groups.digits.size() == 10 &&
                                   (groups.digits.starts_with("400") || groups.digits.starts_with("800")));
}

Match spoken(std::string_view digits, std::size_t end, LoneOne one) {
  Match match;
  match.end = end;
  match.digits(han_digits(digits, one));
  return match;
}

/// 3.0.1, 192.168.1.1: at least two points.
Matched version(const SourceText& text, std::size_t at) {
  std::string said = han_digits(text.ascii(at, at + text.digits(at)));
  std::size_t end = at + text.digits(at);
  int points = 0;
  while (text.at(end) == U'.' && is_digit(text.at(end + 1))) {
    const std::size_t count = text.digits(end + 1);
    said += "点" + han_digits(text.ascii(end + 1, end + 1 + count));
    end += 1 + count;
    ++points;
  }
  if (points < 2) return std::nullopt;
  Match match;
  match.end = end;
  match.digits(std::move(said));
  return match;
}

}  // namespace

Matched match_han_code(const SourceText& text, std::size_t at, SpokenLanguage language) {
  if (!is_digit(text.at(at))) return std::nullopt;
  if (auto match = version(text, at)) return match;
  const LoneOne one = language == SpokenLanguage::mandarin ? LoneOne::yao : LoneOne::yi;
  const Groups groups = groups_at(text, at);
  if (telephone(groups)) return spoken(groups.digits, groups.end, one);
  const bool check_letter = text.at(groups.end) == U'X' && !is_latin(text.at(groups.end + 1));
  constexpr std::size_t shortest_code = 3;
  if (code_is_named(text, at) && (check_letter || groups.digits.size() >= shortest_code)) {
    Match match = spoken(groups.digits, groups.end, one);
    if (check_letter) {
      match.add("X", SegmentKind::letters, Voice::english);
      ++match.end;
    }
    return match;
  }
  const std::size_t count = groups.sizes.front();
  const std::size_t end = at + count;
  const std::string digits = text.ascii(at, end);
  if (room(text, end, count) || (service_number(digits) && service_is_near(text, at, end)))
    return spoken(digits, end, one);
  constexpr std::size_t too_long_for_a_number = 12;
  const bool after_letter = is_capital(text.before(at)) && count >= 3;
  const bool leading_zero = count >= 2 && digits.front() == '0' && text.at(end) != U'.';
  if (count >= too_long_for_a_number || after_letter) return spoken(digits, end, one);
  if (leading_zero) return spoken(digits, end, LoneOne::yi);
  return std::nullopt;
}

}  // namespace tongxing::accessibility
