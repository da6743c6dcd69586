// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/check/languages.hpp"

#include "accessibility/text/language_tag.hpp"
#include "media/check/numbers.hpp"

#include <algorithm>
#include <array>

namespace tongxing::media::check {

namespace {

/// Codes of ISO 639-2 (both forms) that have one of ISO 639-1: three letters, two letters.
constexpr std::string_view kShorter =
    "aaraa abkab afraf akaak albsq amham araar argan armhy asmas avaav aveae aymay azeaz bakba bambm baqeu "
    "belbe "
    "benbn bihbh bisbi bodbo bosbs brebr bulbg burmy catca cescs chach chece chizh chucu chvcv corkw cosco "
    "crecr "
    "cymcy czecs danda deude divdv dutnl dzodz ellel engen epoeo estet euseu eweee faofo fasfa fijfj finfi "
    "frafr "
    "frefr fryfy fulff geoka gerde glagd glega glggl glvgv greel grngn gujgu hatht hauha hebhe herhz hinhi "
    "hmoho "
    "hrvhr hunhu hyehy iboig iceis idoio iiiii ikuiu ileie inaia indid ipkik islis itait javjv jpnja kalkl "
    "kankn "
    "kasks katka kaukr kazkk khmkm kikki kinrw kirky komkv konkg korko kuakj kurku laolo latla lavlv limli "
    "linln "
    "litlt ltzlb lublu luglg macmk mahmh malml maomi marmr mayms mkdmk mlgmg mltmt monmn mrimi msams myamy "
    "nauna "
    "navnv nblnr ndend ndong nepne nldnl nnonn nobnb norno nyany ocioc ojioj orior ormom ossos panpa perfa "
    "plipi "
    "polpl porpt pusps quequ rohrm ronro rumro runrn rusru sagsg sansa sinsi slksk slosk slvsl smese smosm "
    "snasn "
    "sndsd somso sotst spaes sqisq srdsc srpsr sswss sunsu swasw swesv tahty tamta tattt telte tgktg tgltl "
    "thath "
    "tibbo tirti tonto tsntn tsots tuktk turtr twitw uigug ukruk urdur uzbuz venve vievi volvo welcy wlnwa "
    "wolwo "
    "xhoxh yidyi yoryo zhaza zhozh zulzu";

constexpr std::array<std::string_view, 24> kSignLanguages{
    "csl", "hks", "tss", "ase", "bfi", "jsl", "kvk", "fsl", "gsg", "dse", "vgt", "sfb",
    "swl", "dsl", "nsl", "fss", "rsl", "ssp", "psr", "ise", "asf", "nzs", "ins", "bzs"};

}  // namespace

std::optional<std::string> language_fault(std::string_view tag) {
  const auto parsed = accessibility::parse_language_tag(tag);
  if (!parsed) return "no language tag of BCP 47: " + shown(tag);
  if (parsed->language.size() != 3) return std::nullopt;
  for (std::size_t at = 0; at + 5 <= kShorter.size(); at += 6) {
    const auto row = kShorter.substr(at, 5);
    if (row.substr(0, 3) == parsed->language) {
      return parsed->language + ", which BCP 47 writes as " + std::string{row.substr(3)};
    }
  }
  return std::nullopt;
}

bool is_sign_language(std::string_view tag) {
  const auto parsed = accessibility::parse_language_tag(tag);
  if (!parsed) return false;
  return parsed->language == "sgn" ||
         std::ranges::find(kSignLanguages, parsed->language) != kSignLanguages.end();
}

}  // namespace tongxing::media::check
