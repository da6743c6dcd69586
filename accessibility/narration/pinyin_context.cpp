// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/pinyin_token.hpp"

#include <algorithm>

namespace tongxing::accessibility {

namespace {

constexpr std::u32string_view kNumerals = U"零〇一二三四五六七八九十百千万亿两几半";

/// A reading of a character that is a word of its own. Empty lists match anything; N in a list stands for a
/// numeral. The first row that matches is taken.
struct ContextRule {
  char32_t code;
  std::u32string_view before;  ///< the character right before it is one of these
  std::u32string_view after;   ///< the character right after it is one of these
  std::string_view reading;
};

constexpr ContextRule kRules[] = {
    // 得: before 了 and things that are won de2, after the one who must dei3, after a verb de5
    {U'得', U"", U"了过奖分到出名病知", "de2"},
    {U'得', U"我你您他她它们谁就还都总可也又家", U"", "dei3"},
    {U'得', U"", U"", "de5"},
    // 地: a piece of land after a classifier or before what is said of it; else it makes an adverb
    {U'地', U"块片的这那此本当各该每租种扫拖", U"", "di4"},
    {U'地', U"", U"很是有都也的里上下在面", "di4"},
    {U'地', U"个步点次遍口句声", U"", "de5"},
    {U'地', U"地慢快好真细静常断渐悄轻单全新底", U"", "de5"},
    // 长: of people and hair that grow
    {U'长', U"", U"得大高出满成胖毛着", "zhang3"},
    {U'长', U"班组队校院部处科局会社厂镇乡村省市县", U"", "zhang3"},
    // 还: give back
    {U'还', U"", U"书钱款债给清贷账回本", "huan2"},
    {U'种', U"N这那几各每某多此何哪该", U"", "zhong3"},
    {U'种', U"", U"", "zhong4"},
    {U'教', U"", U"", "jiao1"},
    {U'只', U"N这那每各", U"", "zhi1"},
    {U'只', U"", U"", "zhi3"},
    {U'为', U"", U"N", "wei2"},
    {U'为', U"率量度价额数约均分称视改变设定应即名积长宽高厚重期限间作评", U"", "wei2"},
    {U'为', U"而", U"", "wei2"},
    {U'行', U"N这那每第两几", U"", "hang2"},
    {U'行', U"", U"字", "hang2"},
    {U'重', U"", U"做写来新放读听看拍录装启发设建试缝洗走算讲学考选定排印", "chong2"},
    {U'干', U"", U"活完什过嘛事得好", "gan4"},
    {U'背', U"", U"着起上包", "bei1"},
    {U'倒', U"", U"水入出进上掉油酒茶在满一", "dao4"},
    {U'数', U"请来再先点", U"", "shu3"},
    {U'数', U"", U"一到出着完不数了", "shu3"},
    {U'数', U"一", U"", "shu3"},
    {U'系', U"", U"好上着紧在鞋腰围扣个", "ji4"},
    {U'盛', U"", U"", "cheng2"},
    {U'和', U"", U"面泥", "huo2"},
    {U'缝', U"条道个的裂门", U"", "feng4"},
    {U'缝', U"", U"", "feng2"},
    {U'量', U"", U"一出好了体血身尺长量", "liang2"},
    {U'量', U"一", U"", "liang2"},
    {U'空', U"有没抽趁得填", U"", "kong4"},
    {U'露', U"", U"馅面出", "lou4"},
    {U'炸', U"", U"至到熟制好成酥油", "zha2"},
    {U'钉', U"颗根枚个", U"", "ding1"},
    {U'钉', U"", U"", "ding4"},
    {U'处', U"", U"于在理", "chu3"},
    {U'当', U"", U"作成做", "dang4"},
    {U'扎', U"", U"头辫", "za1"},
    {U'着', U"睡找点烧", U"了", "zhao2"},
    {U'藏', U"", U"族药医", "zang4"},
    {U'调', U"", U"", "tiao2"},
    {U'薄', U"", U"", "bao2"},
    {U'剥', U"", U"", "bao1"},
    {U'削', U"", U"", "xiao1"},
    {U'卷', U"N第这那", U"", "juan4"},
    {U'卷', U"", U"", "juan3"},
    {U'转', U"", U"圈", "zhuan4"},
    {U'屏', U"", U"住息", "bing3"},
    {U'曾', U"姓", U"", "zeng1"},
    {U'朝', U"", U"", "chao2"},
    {U'少', U"", U"年", "shao4"},
    {U'应', U"", U"", "ying1"},
    {U'担', U"N", U"", "dan4"},
    {U'间', U"", U"", "jian1"},
    {U'称', U"", U"", "cheng1"},
    {U'磨', U"石水", U"", "mo4"},
    {U'拆', U"", U"", "chai1"},
    {U'挑', U"", U"", "tiao1"},
};

bool within(std::u32string_view list, char32_t code) {
  if (list.empty()) return true;
  if (code == U'\0') return false;
  return list.contains(code) || (list.contains(U'N') && kNumerals.contains(code));
}

/// 慢慢地: a doubled word before 地 is an adverb.
bool doubled(std::u32string_view text) {
  return text.size() >= 2 && text.back() == text[text.size() - 2];
}

}  // namespace

std::string_view reading_in_context(char32_t code, std::u32string_view before, std::u32string_view after) {
  if (code == U'地' && doubled(before)) return "de5";
  const char32_t last = before.empty() ? U'\0' : before.back();
  const char32_t next = after.empty() ? U'\0' : after.front();
  for (const ContextRule& rule : kRules) {
    if (rule.code == code && within(rule.before, last) && within(rule.after, next)) return rule.reading;
  }
  return {};
}

}  // namespace tongxing::accessibility
