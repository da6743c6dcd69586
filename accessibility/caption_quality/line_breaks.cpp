// SPDX-License-Identifier: GPL-3.0-or-later
// C22: lines that break where nobody would pause.
#include "accessibility/caption_quality/letters.hpp"
#include "accessibility/caption_quality/parts.hpp"
#include "accessibility/caption_quality/units.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {
namespace {

using Line = std::u32string_view;

/// Words of three and more characters that lessons use; a break inside one of them is no accident of meaning.
constexpr auto kWords = std::to_array<Line>(
    {U"残疾人",   U"殘疾人",   U"无障碍",   U"無障礙",   U"互联网",   U"互聯網",        U"计算机",
     U"計算機",   U"显示器",   U"顯示器",   U"打印机",   U"打印機",   U"浏览器",        U"瀏覽器",
     U"文件夹",   U"文件夾",   U"电子表格", U"電子表格", U"电子邮件", U"電子郵件",      U"回收站",
     U"快捷键",   U"快捷鍵",   U"输入法",   U"輸入法",   U"验证码",   U"驗證碼",        U"二维码",
     U"二維碼",   U"身份证",   U"身份證",   U"公众号",   U"公眾號",   U"小程序",        U"应用程序",
     U"應用程序", U"操作系统", U"操作系統", U"读屏软件", U"讀屏軟件", U"口述影像",      U"自行车",
     U"自行車",   U"洗衣机",   U"洗衣機",   U"电饭锅",   U"電飯鍋",   U"吸尘器",        U"吸塵器",
     U"消毒液",   U"灭火器",   U"滅火器",   U"服务员",   U"服務員",   U"营业员",        U"營業員",
     U"收银台",   U"客户服务", U"直播间",   U"直播間",   U"广东省",   U"廣東省",        U"广州市",
     U"廣州市",   U"深圳市",   U"佛山市",   U"东莞市",   U"東莞市",   U"中华人民共和国"});

constexpr auto kTitles = std::to_array<Line>({U"Mr.", U"Mrs.", U"Ms.", U"Dr.", U"Prof.", U"St."});

/// Ends of English words that are no words themselves.
constexpr auto kWordEnds =
    std::to_array<Line>({U"tion", U"tions", U"sion", U"ment", U"ments", U"ness", U"ity", U"bility", U"ing",
                         U"ly", U"able", U"ible", U"ation", U"ized"});

std::string quoted(Line a, Line b) {
  constexpr std::size_t kSide = 6;
  return to_utf8(a.substr(a.size() - std::min(a.size(), kSide))) + "/" + to_utf8(b.substr(0, kSide));
}

Line trimmed(Line line) {
  const auto first = line.find_first_not_of(U" \t\u3000");
  if (first == Line::npos) return {};
  return line.substr(first, line.find_last_not_of(U" \t\u3000") - first + 1);
}

Line first_word(Line line) {
  const auto end = std::ranges::find_if_not(line, is_latin);
  return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

bool breaks_latin_word(Line a, Line b, LanguageGroup group) {
  if (!is_lower(b.front())) return false;
  if (a.size() > 1 && a.back() == U'-' && is_latin(a[a.size() - 2])) return true;
  if (!is_latin(a.back())) return false;
  // Among Chinese, Latin letters on both sides are one word or one name; in English, most breaks look so.
  if (group == LanguageGroup::chinese) return true;
  return group == LanguageGroup::english && std::ranges::find(kWordEnds, first_word(b)) != kWordEnds.end();
}

bool breaks_chinese_word(Line a, Line b) {
  return std::ranges::any_of(kWords, [&](Line word) {
    for (std::size_t cut = 1; cut < word.size(); ++cut) {
      if (a.ends_with(word.substr(0, cut)) && b.starts_with(word.substr(cut))) return true;
    }
    return false;
  });
}

/// A line that ends with a number in Chinese numerals. "统一", "唯一" … are none.
bool ends_with_numeral(Line a) {
  const auto last = a.find_last_not_of(kChineseNumerals);
  if (last + 1 == a.size()) return false;
  constexpr Line kBefore = U"统統唯之万萬周週期单單同专專合其逐不说說第";
  return last == Line::npos || a[last] == U'第' || kBefore.find(a[last]) == Line::npos;
}

bool breaks_number(Line a, Line b, LanguageGroup group) {
  const bool digits = is_digit(a.back());
  if (digits && !unit_at_front(b).empty()) return true;
  if (group != LanguageGroup::chinese) return false;
  const bool point = a.size() > 1 && (a.back() == U'.' || a.back() == U',') && is_digit(a[a.size() - 2]);
  if ((digits || point) && is_digit(b.front())) return true;
  if (!digits && !ends_with_numeral(a)) return false;
  return !unit_at_front(b).empty() || !measure_word_at_front(b).empty();
}

bool breaks_name(Line a, Line b) {
  const bool title = std::ranges::any_of(kTitles, [&](Line word) {
    return a.ends_with(word) && (a.size() == word.size() || a[a.size() - word.size() - 1] == U' ');
  });
  if (title) return true;
  const bool dot_ends = a.size() > 1 && a.back() == U'·' && is_han(a[a.size() - 2]);
  const bool dot_starts = b.size() > 1 && b.front() == U'·' && is_han(b[1]);
  return dot_ends || dot_starts;
}

}  // namespace

void check_line_breaks(const PreparedCue& cue, Reporter& report) {
  // More lines than anybody reads are wrong by themselves (C2), and need not be looked at one by one.
  constexpr std::size_t kMostLines = 8;
  for (std::size_t i = 1; i < std::min(cue.lines.size(), kMostLines); ++i) {
    const auto a = trimmed(cue.lines[i - 1]);
    const auto b = trimmed(cue.lines[i]);
    if (a.empty() || b.empty()) continue;
    if (breaks_number(a, b, report.group())) {
      report.flag(FindingKind::break_in_number, &cue, 1, 0, quoted(a, b));
    } else if (breaks_name(a, b)) {
      report.flag(FindingKind::break_in_name, &cue, 1, 0, quoted(a, b));
    } else if (breaks_latin_word(a, b, report.group()) || breaks_chinese_word(a, b)) {
      report.flag(FindingKind::break_in_word, &cue, 1, 0, quoted(a, b));
    }
  }
}

}  // namespace tongxing::accessibility
