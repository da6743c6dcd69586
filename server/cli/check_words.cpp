// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/cli/check_words.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace tongxing::cli {

namespace {

constexpr int kDeepest = 4;  // "chapter 3" in "… has no duration" in …

}  // namespace

CheckWords::CheckWords(render::Locale locale, std::string area)
    : messages_(render::Messages::built_in()), locale_(locale), area_(std::move(area)) {
  if (locale == render::Locale::en) return;  // it speaks English
  const auto english = nlohmann::json::parse(messages_->bundle(render::Locale::en, area_ + ".phrases"));
  for (const auto& [key, text] : english.items()) {
    phrases_.push_back(read_phrase("phrases." + key, text.get_ref<const std::string&>()));
  }
  std::ranges::sort(phrases_, [](const Phrase& a, const Phrase& b) {
    return a.length != b.length ? a.length > b.length : a.key < b.key;
  });
}

CheckWords::Phrase CheckWords::read_phrase(std::string key, std::string_view english) {
  Phrase phrase{.key = std::move(key), .fixed = {}, .gaps = {}};
  for (auto open = english.find('{'); open != std::string_view::npos; open = english.find('{')) {
    const auto close = english.find('}', open);
    if (close == std::string_view::npos) break;
    phrase.fixed.emplace_back(english.substr(0, open));
    phrase.gaps.emplace_back(english.substr(open + 1, close - open - 1));
    english.remove_prefix(close + 1);
  }
  phrase.fixed.emplace_back(english);
  for (const auto& part : phrase.fixed) phrase.length += part.size();
  return phrase;
}

/// What stands in the gaps, none of them empty; nothing where the text is another one.
std::optional<MessageArgs> CheckWords::match(const Phrase& phrase, std::string_view text) {
  if (!text.starts_with(phrase.fixed.front())) return std::nullopt;
  text.remove_prefix(phrase.fixed.front().size());
  MessageArgs args;
  for (std::size_t i = 0; i < phrase.gaps.size(); ++i) {
    const std::string& after = phrase.fixed[i + 1];
    const bool last = i + 1 == phrase.gaps.size();
    if (last && !text.ends_with(after)) return std::nullopt;
    const auto end = last ? text.size() - after.size() : text.find(after, 1);
    if (end == 0 || end == std::string_view::npos) return std::nullopt;
    args.emplace_back(phrase.gaps[i], std::string{text.substr(0, end)});
    text.remove_prefix(end + after.size());
  }
  return text.empty() ? std::optional{std::move(args)} : std::nullopt;
}

std::string CheckWords::text(std::string_view key, const MessageArgs& args) const {
  return messages_->text(locale_, area_ + '.' + std::string{key}, args);
}

std::string CheckWords::rule(std::string_view id, std::string_view part, std::string otherwise) const {
  if (locale_ == render::Locale::en) return otherwise;
  std::string key = area_ + ".rules." + std::string{id} + '.' + std::string{part};
  std::ranges::transform(key, key.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return messages_->has(key) ? messages_->text(locale_, key) : std::move(otherwise);
}

std::string CheckWords::phrase(const std::string& english) const {
  return phrase(english, 0);
}

std::string CheckWords::phrase(const std::string& english, int depth) const {
  for (const Phrase& known : phrases_) {
    auto args = match(known, english);
    if (!args) continue;
    for (auto& [name, value] : *args) {
      // One word is a name or a figure; several may be words of the checker's again.
      if (depth < kDeepest && value.contains(' ')) value = phrase(value, depth + 1);
    }
    return text(known.key, *args);
  }
  return english;
}

}  // namespace tongxing::cli
