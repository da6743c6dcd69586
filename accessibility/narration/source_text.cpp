// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/source_text.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace tongxing::accessibility {

namespace {

struct Expansion {
  char32_t code;
  std::u32string_view text;
};

constexpr Expansion kExpansions[] = {
    {U'½', U"1/2"}, {U'¼', U"1/4"},    {U'¾', U"3/4"},    {U'⅓', U"1/3"},    {U'⅔', U"2/3"},
    {U'㎡', U"m²"}, {U'㎥', U"m³"},    {U'㎏', U"kg"},    {U'㎎', U"mg"},    {U'㎜', U"mm"},
    {U'㎝', U"cm"}, {U'㎞', U"km"},    {U'㏄', U"ml"},    {U'℉', U"°F"},     {U'℃', U"°C"},
    {U'…', U"。"},  {U'⋯', U"。"},     {U'№', U"No."},    {U'〜', U"~"},     {U'～', U"~"},
    {U'–', U"-"},   {U'—', U"-"},      {U'―', U"-"},      {U'−', U"-"},      {U'‐', U"-"},
    {U'‑', U"-"},   {U'‒', U"-"},      {U'’', U"'"},      {U'‘', U"'"},      {U'￥', U"¥"},
    {U'✕', U"×"},   {U'∶', U":"},      {U'／', U"/"},     {U'⁄', U"/"},      {U'℡', U"TEL"},
    {U'￡', U"£"},  {U'\u3000', U" "}, {U'\u00A0', U" "}, {U'\u202F', U" "}, {U'\u2009', U" "},
    {U'\t', U" "},
};

bool dropped(char32_t c) {
  return (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF ||
         c == kReplacement || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0000 && c <= 0xE01EF) ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/// Pictures: read out, they would only disturb.
bool pictorial(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF && c != 0x2715) ||
         (c >= 0x25A0 && c <= 0x25FF) || (c >= 0x2B00 && c <= 0x2BFF) || c == 0x20E3;
}

/// ① … ⑳ as a number; 0 for others.
unsigned circled(char32_t c) {
  if (c >= 0x2460 && c <= 0x2473) return c - 0x2460 + 1;
  if (c >= 0x2776 && c <= 0x277F) return c - 0x2776 + 1;
  return 0;
}

}  // namespace

SourceText::SourceText(std::string_view text) : text_(text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const Decoded next = decode_front(text.substr(offset));
    const std::size_t end = offset + std::max<std::size_t>(next.length, 1);
    if (next.valid) add(next.code, offset, end);
    offset = end;
  }
}

void SourceText::add(char32_t code, std::size_t begin, std::size_t end) {
  const auto put = [&](char32_t c) {
    codes_.push_back(c);
    begins_.push_back(begin);
    ends_.push_back(end);
  };
  if (const auto* known = std::ranges::find(kExpansions, code, &Expansion::code);
      known != std::end(kExpansions)) {
    std::ranges::for_each(known->text, put);
    return;
  }
  if (const unsigned number = circled(code); number > 0) {
    if (number >= 10) put(U'0' + number / 10);
    put(U'0' + number % 10);
    return;
  }
  if (dropped(code) || pictorial(code)) return;
  const bool fullwidth = code >= 0xFF01 && code <= 0xFF5E;
  put(fullwidth ? code - 0xFF01 + U'!' : code);
}

std::u32string_view SourceText::left_of(std::size_t index, std::size_t count) const noexcept {
  const std::size_t begin = index > count ? index - count : 0;
  return view().substr(begin, index - begin);
}

bool SourceText::has(std::size_t index, std::u32string_view word) const noexcept {
  return index <= size() && view().substr(index).starts_with(word);
}

std::string SourceText::written(std::size_t begin, std::size_t end) const {
  if (begin >= end || begin >= size()) return {};
  const std::size_t from = begins_[begin];
  return std::string(text_.substr(from, ends_[std::min(end, size()) - 1] - from));
}

std::size_t SourceText::offset(std::size_t index) const noexcept {
  return index < size() ? begins_[index] : text_.size();
}

std::size_t SourceText::digits(std::size_t index) const noexcept {
  std::size_t end = index;
  while (is_digit(at(end))) ++end;
  return end - index;
}

std::string SourceText::ascii(std::size_t begin, std::size_t end) const {
  std::string text;
  for (std::size_t i = begin; i < end && i < size(); ++i)
    text.push_back(codes_[i] < 0x80 ? static_cast<char>(codes_[i]) : '?');
  return text;
}

std::size_t SourceText::skip_spaces(std::size_t index) const noexcept {
  while (at(index) == U' ') ++index;
  return index;
}

}  // namespace tongxing::accessibility
