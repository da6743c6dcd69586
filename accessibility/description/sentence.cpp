// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/sentence.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {

namespace {

constexpr std::array<std::string_view, 10> kStops{"。", "！", "？", "…", "⋯", "．", "｡", ".", "!", "?"};
constexpr std::array<std::string_view, 20> kClosers{"”", "’", "」", "』", "）", "》", "】", "〉", "］", "\"",
                                                    "'", ")", "]",  " ",  "\n", "\t", "\r", "　", "♪",  "}"};

template <typename List>
bool take_back(std::string_view& text, const List& list) {
  const auto it = std::ranges::find_if(list, [&](std::string_view item) { return text.ends_with(item); });
  if (it == list.end()) return false;
  text.remove_suffix(it->size());
  return true;
}

}  // namespace

bool ends_a_sentence(std::string_view text) {
  while (take_back(text, kClosers)) {
  }
  return take_back(text, kStops);
}

}  // namespace tongxing::accessibility
