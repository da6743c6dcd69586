// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/script.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

// Frequent characters that only one of the two scripts uses; those that both use with different meaning (后,
// 里, 干, 台, 著 …) are left out. Sorted by code point.
constexpr std::u32string_view kSimplifiedOnly =
    U"与东个为义乐习乡书买乱争亚产亲仅从仓们众优会伟传伤伦侧债储儿兰关兴养兽写军农决况净减凤凯击则刚创"
    U"删剂剧劝办务动劳势勋匀区医华协单卖卢卫厂厅历压厌参双发变叙号叹吓吗听启员呜响哑唤啰喷嘱团园围国图"
    U"圆圣场块坚坝坟垄壮声处备够头夺奋奖妇妈娱孙学宝实审宪宫宽对寻导寿将尔尘尝尽层属岁岛岭币帅师帐带帮"
    U"庆库应庙废开弃张弹归当录彻径忆忧怀态总恋恶恼悬惊惧惨惯愤懒戏战户扑执扩扫扬扰抚抛抢护报拟拥拦拨择"
    U"挂挤挥损捡换掷搅摄摆摇摊撑数断无旧时显晓暂机杀杂权条来极构枪标栏树样桥检楼横欢欧残毁毕气汉汤沟没"
    U"泪泽洁浅济浓涛润渐渔湾湿滚满灭灯灵灾炉点炼烂热爱爷牵状犹独狱猎猪猫献环现电画畅疗疯皱盐监盖盘矫矿"
    U"码砖础确碍礼祸离种积称稳穷窝竖竞笔笼简类粮紧红约级纪纯纲纳纷纸纹纺线练组细织终绍经绑结绕绘给络绝"
    U"统继绩绪续绳维综绿编缘缝缠缩网罗罚罢职联聪肃肠肤肿胀胁胶脉脏脑脚脱脸舰艰艺节芦苏苹荐药莲获营萧蓝"
    U"虑虽蚀蚁蛮补装见观规视览觉触誉计订认让训议讯记讲许论设访证评识诉诊词译试诗诚话诞询该详语误说请诸"
    U"诺读课谁调谅谈谋谓谜谢谦谱贝负贡财责败账货质贫购贯贴贵贸费资赏赔赖赛赢赵赶跃踪车轨轩转轮软轻载较"
    U"辅辆辈输辞边辽达迁过迈运还这进远违连迟选逊递遗邓邮邻郑酱释针钉钓钟钢钥钱铁铃铅铜银铺链销锁锅锐错"
    U"锦键锻镇镜长门闪闭问闯闲间闷闹闻阀阅队阳阴阵阶际陆陈险随隐难雾静韦韩页顶项顺顾顿预领频题颜额风飘"
    U"飞饥饭饮饰饱饼馆马驱驳驶驾骂验骑骗鱼鲁鲜鸟鸡鸣鸭鹅鹰麦黄齐齿龄龙龟";

constexpr std::u32string_view kTraditionalOnly =
    U"並亂亞佈佔來倉個們倫偉側備傭傳債傷僅僕僱價優儲兒凱刪則剋剛創劃劇劑動務勝勞勢勳勸勻匯區協厭參員問"
    U"啓啞啟喚單嗎嗚嘆嘗噴嚇嚥嚮囉囑國圍園圓圖團執堅報場塊塵墳壇壓壟壩壯壽夠夥奪奮娛婦媽孫學宮實審寫寬"
    U"寶將尋對導層屬島嶺嶽帥師帳帶幣幫幹庫廟廠廢廳弔張強彈後徑從復徵徹悶惡惱愛態慘慣慮慶慾憂憑憤憲憶應"
    U"懶懷懸懼戀戰戲戶拋捲掃掛揚換揮損搖搶摺撐撥撫撲撿擁擇擊據擠擬擲擴擺擾攔攝攤攪敗敘數斷於時暢暫曉書"
    U"會東條棄極構槍樂樓標樣樹橋機橫檢檯欄權歎歐歡歲歸殘殺毀氣決沒況淚淨淺減湧湯溝滅滾滿漁漢漸潔潤澤濃"
    U"濕濟濤瀰灑灣災為無煉熱燈營爐爛爭爺爾牽狀猶獄獎獨獲獵獸獻現環產畢畫當瘋療癢皺盡監盤盧眾睏矯確碼磚"
    U"礎礙礦禍禦禮種稱穀積穩窩窮竪競筆節範築簡籠籤籲糧紀約紅紋納純紙級紛紡紮細紹終組結絕絡給統綁經綜綠"
    U"維綱網緊緒線緣編練縫縮總績織繞繩繪繫繼續纍纏纔罰罵罷羅義習聖聞聯聰聲職聽肅脅脈脫脹腦腫腳腸膚膠臉"
    U"臺與興舊艦艱莊華萬葉蓋蓮蕭薑薦藍藝藥蘆蘋蘭處號蝕蟲蟻蠻術衛衝裏補裝裡複見規視親覺覽觀觸訂計訊訓記"
    U"訪設許訴診評詞詢試詩話該詳誇誌認誕語誠誤說誰課調談請諒論諸諾謀謂謎謙講謝證識譜譯議護譽讀變讓讚豎"
    U"豬貓貝負財貢貧貨貫責貴買費貼貿資賞賠賣質賬賴購賽贏趕趙蹤躍車軌軍軒軟較載輔輕輛輩輪輸轉辦辭農迴這"
    U"連進遊運過達違遜遞遠適遲遷選遺遼邁還邊郵鄉鄧鄭鄰醫醬釋釘針釣鈴鉛銀銅銳銷鋪鋼錄錢錦錯錶鍋鍛鍵鍾鎖"
    U"鎮鏈鏡鐘鐵鑰長門閃閉開閒間閥閱闖關陣陰陳陸陽隊階際隨險隱隻雖雙雜雞離難雲電霧靈靜韋韓響頁頂項順預"
    U"頓領頭頻題額顏願類顧顯風飄飛飢飯飲飽飾餅養館馬駁駕駛騎騙驅驗驚髒髮鬆鬍鬚鬧鬱魚魯鮮鳥鳳鳴鴨鵝鷹鹽"
    U"麥麵麼黃點黨齊齒齡龍龜";

constexpr std::u32string_view kCantonese = U"乜佢係冇咁咗咩哋唔啱啲喺嗰嘅嘢噉嚟搵攞瞓";

bool holds(std::u32string_view sorted, char32_t code) {
  return std::ranges::binary_search(sorted, code);
}

bool is_han(char32_t code) {
  return (code >= 0x3400 && code <= 0x4DBF) || (code >= 0x4E00 && code <= 0x9FFF) ||
         (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFD);
}

bool is_latin(char32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
         (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7);
}

void count(ScriptCount& counts, char32_t code) {
  if (is_han(code)) {
    ++counts.han;
    counts.simplified_only += holds(kSimplifiedOnly, code) ? 1 : 0;
    counts.traditional_only += holds(kTraditionalOnly, code) ? 1 : 0;
    counts.cantonese += holds(kCantonese, code) ? 1 : 0;
  } else if (is_latin(code)) {
    ++counts.latin;
  } else if (code >= 0x3041 && code <= 0x30FF && code != 0x30FB) {
    ++counts.kana;
  } else if (code >= 0xAC00 && code <= 0xD7A3) {
    ++counts.hangul;
  }
}

}  // namespace

ScriptCount count_scripts(std::string_view text) {
  ScriptCount counts;
  while (!text.empty()) {
    const auto next = decode_front(text);
    text.remove_prefix(next.length);
    count(counts, next.code);
  }
  return counts;
}

Script script_of(const ScriptCount& count) {
  const auto letters = count.han + count.kana + count.hangul;
  // A Latin word has several letters: a few foreign words do not make a Chinese text Latin.
  if (count.latin > 4 * letters) return Script::latin;
  if (count.hangul * 2 > letters) return Script::korean;
  if (count.kana * 5 > letters) return Script::japanese;
  if (count.simplified_only > count.traditional_only) return Script::simplified;
  if (count.traditional_only > count.simplified_only) return Script::traditional;
  return Script::unknown;
}

}  // namespace tongxing::accessibility
