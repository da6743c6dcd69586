// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/english_rules.hpp"

#include "accessibility/narration/english_numbers.hpp"
#include "accessibility/narration/units.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {

namespace {

enum class Scale : std::uint8_t { none, percent, permille };

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

std::string value_words(const Quantity& quantity) {
  std::string out = quantity.negative ? "minus " : "";
  return out + english_decimal(quantity.numeral.integer, quantity.numeral.fraction);
}

std::string_view unit_words(const Quantity& quantity) {
  if (quantity.scale != Scale::none) return quantity.scale == Scale::percent ? "percent" : "per mille";
  if (quantity.unit == nullptr) return {};
  return quantity.numeral.is("1") ? quantity.unit->english_one : quantity.unit->english_many;
}

/// The ASCII word that ends before `at`, in lower case; spaces, points and colons between are passed over.
std::string word_before(const SourceText& text, std::size_t at) {
  constexpr std::size_t longest = 12;
  std::size_t end = at;
  while (end > 0 && at - end < 3 && std::u32string_view(U" .:").contains(text.before(end))) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest && is_ascii_letter(text.before(begin))) --begin;
  std::string word = text.ascii(begin, end);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool month(std::string_view word) {
  constexpr std::string_view names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
  return std::ranges::find(names, word) != std::end(names);
}

bool year_here(const SourceText& text, std::size_t at, const Quantity& quantity) {
  const long value = small_value(quantity.numeral.integer);
  const bool plain = text.digits(at) == 4 && quantity.numeral.fraction.empty() && quantity.unit == nullptr &&
                     quantity.scale == Scale::none;
  if (!plain || value < 1100 || value > 2099) return false;
  const std::string word = word_before(text, at);
  if (month(word)) return true;
  return one_of(word, {"in", "since", "until", "year", "from", "by"}) && text.at(quantity.end) != U'-';
}

/// 1st, 2nd, 3rd, 21st: where the ending stops.
std::optional<std::size_t> ordinal_end(const SourceText& text, std::size_t at) {
  for (const std::u32string_view ending : {U"st", U"nd", U"rd", U"th"}) {
    if (text.has(at, ending) && !is_latin(text.at(at + 2))) return at + 2;
  }
  return std::nullopt;
}

struct Currency {
  std::u32string_view sign;
  std::string_view one;
  std::string_view many;
};
constexpr Currency kCurrencies[] = {{U"HK$", "Hong Kong dollar", "Hong Kong dollars"},
                                    {U"US$", "dollar", "dollars"},
                                    {U"¥", "yuan", "yuan"},
                                    {U"$", "dollar", "dollars"},
                                    {U"€", "euro", "euros"},
                                    {U"£", "pound", "pounds"}};

struct Clock {
  std::string words;
  std::size_t end = 0;
};

std::optional<Clock> clock_at(const SourceText& text, std::size_t at) {
  const std::size_t hours = text.digits(at);
  if (hours == 0 || hours > 2 || text.at(at + hours) != U':' || text.digits(at + hours + 1) != 2)
    return std::nullopt;
  const std::string hour = text.ascii(at, at + hours);
  const std::string minute = text.ascii(at + hours + 1, at + hours + 3);
  if (small_value(hour) > 24 || small_value(minute) > 59) return std::nullopt;
  Clock clock{english_integer(hour), at + hours + 3};
  if (minute == "00") {
    clock.words += " o'clock";
  } else {
    clock.words += (minute.front() == '0' ? " oh " : " ") + english_integer(minute);
  }
  return text.at(clock.end) == U':' ? std::nullopt : std::optional(clock);
}

std::string_view month_name(long number) {
  constexpr std::string_view names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
  return names[number - 1];
}

}  // namespace

Matched match_english_date(const SourceText& text, std::size_t at) {
  if (text.digits(at) != 4 || text.at(at + 4) != U'-' || text.digits(at + 5) != 2 ||
      text.at(at + 7) != U'-' || text.digits(at + 8) != 2) {
    return std::nullopt;
  }
  const long month_number = small_value(text.ascii(at + 5, at + 7));
  const std::string day = text.ascii(at + 8, at + 10);
  if (month_number < 1 || month_number > 12 || small_value(day) < 1 || small_value(day) > 31)
    return std::nullopt;
  Match match;
  match.end = at + 10;
  match.words("the " + english_ordinal(day) + " of " + std::string(month_name(month_number)));
  match.number(english_year(text.ascii(at, at + 4)));
  return match;
}

Matched match_english_time(const SourceText& text, std::size_t at) {
  const auto clock = clock_at(text, at);
  if (!clock || word_before(text, at) == "of") return std::nullopt;
  Match match;
  match.number(clock->words);
  match.end = clock->end;
  const auto next = range_to(text, match.end);
  if (const auto until = next ? clock_at(text, *next) : std::nullopt) {
    match.words("to").number(until->words);
    match.end = until->end;
  }
  return match;
}

Matched match_english_code(const SourceText& text, std::size_t at) {
  constexpr std::size_t telephone = 7;
  constexpr std::size_t most = 40;
  if (!is_digit(text.at(at))) return std::nullopt;
  std::size_t end = at + text.digits(at);
  int points = 0;
  std::string version = english_integer(text.ascii(at, end));
  for (std::size_t i = end; text.at(i) == U'.' && is_digit(text.at(i + 1)); ++points) {
    version += " point " + english_digits(text.ascii(i + 1, i + 1 + text.digits(i + 1)));
    end = i = i + 1 + text.digits(i + 1);
  }
  Match match;
  if (points >= 2) {
    match.end = end;
    return match.digits(version);
  }
  if (points == 1) return std::nullopt;
  const std::string word = word_before(text, at);
  const bool named =
      one_of(word, {"call", "phone", "telephone", "tel", "dial", "hotline", "room", "ring", "fax"});
  std::string digits = text.ascii(at, end);
  while ((text.at(end) == U'-' || text.at(end) == U' ') && is_digit(text.at(end + 1)) &&
         digits.size() < most) {
    const std::size_t count = text.digits(end + 1);
    digits += text.ascii(end + 1, end + 1 + count);
    end += 1 + count;
  }
  const bool long_enough = named && digits.size() >= 3;
  const std::size_t single = at + text.digits(at);
  const bool mobile = end == single && digits.size() == 11 && digits.front() == '1';
  const bool area = digits.front() == '0' && digits.size() >= telephone;
  if (!long_enough && !mobile && !area) return std::nullopt;
  match.end = end;
  return match.digits(english_digits(digits));
}

Matched match_english_money(const SourceText& text, std::size_t at) {
  for (const Currency& currency : kCurrencies) {
    if (!text.has(at, currency.sign)) continue;
    const auto amount = numeral_at(text, text.skip_spaces(at + currency.sign.size()));
    if (!amount) return std::nullopt;
    Match match;
    match.end = amount->end;
    const bool cents = amount->fraction.size() == 2;
    match.number(cents ? english_integer(amount->integer)
                       : english_decimal(amount->integer, amount->fraction));
    const bool one = amount->integer == "1" && (cents || amount->fraction.empty());
    match.words(one ? currency.one : currency.many);
    if (cents && amount->fraction != "00") match.number(english_integer(amount->fraction));
    return match;
  }
  return std::nullopt;
}

Matched match_english_fraction(const SourceText& text, std::size_t at) {
  const auto left = numeral_at(text, at);
  if (!left || in_formula(text, at)) return std::nullopt;
  const char32_t sign = text.at(left->end);
  const auto right = numeral_at(text, left->end + 1);
  if (!right || (sign != U'/' && sign != U':')) return std::nullopt;
  Match match;
  match.end = right->end;
  match.number(english_decimal(left->integer, left->fraction));
  const long above = small_value(left->integer);
  const long below = small_value(right->integer);
  if (sign == U'/' && above >= 1 && above < below && right->fraction.empty() && below <= 99) {
    std::string name = below == 2 ? "half" : below == 4 ? "quarter" : english_ordinal(right->integer);
    if (above > 1) name += "s";
    return match.words(name);
  }
  match.words(sign == U':' ? "to" : "over").number(english_decimal(right->integer, right->fraction));
  return match;
}

Matched match_english_quantity(const SourceText& text, std::size_t at) {
  if (text.at(at) == U'-' && !is_sign(text, at)) return std::nullopt;
  const auto first = quantity_at(text, at);
  if (!first) return std::nullopt;
  Match match;
  match.end = first->end;
  const bool whole = first->numeral.fraction.empty() && !first->negative && first->scale == Scale::none;
  if (const auto end = ordinal_end(text, first->numeral.end); end && whole) {
    match.end = *end;
    return match.number(english_ordinal(first->numeral.integer));
  }
  if (year_here(text, at, *first)) return match.number(english_year(first->numeral.integer));
  const auto next = range_to(text, first->end);
  const auto second = next ? quantity_at(text, *next) : std::nullopt;
  match.number(value_words(*first));
  if (second) {
    const bool same = first->unit == second->unit && first->scale == second->scale;
    if (!same) match.words(unit_words(*first));
    match.words("to").number(value_words(*second)).words(unit_words(*second));
    match.end = second->end;
    return match;
  }
  return match.words(unit_words(*first));
}

}  // namespace tongxing::accessibility
