// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_tokens.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kSpace = " \t\n\f\r";
constexpr std::size_t kLongestReference = 10;  // digits or letters after &

struct Reference {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Reference, 8> kReferences{{{"amp;", "&"},
                                                {"lt;", "<"},
                                                {"gt;", ">"},
                                                {"quot;", "\""},
                                                {"apos;", "'"},
                                                {"nbsp;", "\u00A0"},
                                                {"lrm;", "\u200E"},
                                                {"rlm;", "\u200F"}}};

/// A numeric reference ("#39;", "#x4E2D;") at the front. Returns the bytes it takes; 0: there is none.
std::size_t numeric_reference(std::string_view text, char32_t& code) {
  if (!text.starts_with('#')) return 0;
  const bool hexadecimal = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
  const std::size_t from = hexadecimal ? 2 : 1;
  const auto end = text.find(';');
  if (end == std::string_view::npos || end == from || end > from + kLongestReference) return 0;
  std::uint32_t value = 0;
  const auto* last = text.data() + end;
  const auto [stop, error] = std::from_chars(text.data() + from, last, value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || stop != last) return 0;
  code = value == 0 ? kReplacement : static_cast<char32_t>(value);
  return end + 1;
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// White space trimmed, runs of it made one space.
std::string collapsed(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto first = std::min(text.find_first_not_of(kSpace), text.size());
    text.remove_prefix(first);
    const auto end = std::min(text.find_first_of(kSpace), text.size());
    if (end > 0 && !out.empty()) out += ' ';
    out += text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::optional<CueToken> CueTokenizer::next() {
  if (at_ >= text_.size()) return std::nullopt;
  return text_[at_] == '<' ? tag_token() : text_token();
}

CueToken CueTokenizer::text_token() {
  CueToken token{.kind = CueTokenKind::text, .value = {}, .offset = at_};
  while (at_ < text_.size() && text_[at_] != '<') {
    if (text_[at_] == '&') {
      append_reference(token.value);
    } else {
      token.value += text_[at_++];
    }
  }
  return token;
}

void CueTokenizer::append_reference(std::string& out) {
  const auto rest = text_.substr(at_ + 1);
  for (const auto& [name, text] : kReferences) {
    if (!rest.starts_with(name)) continue;
    out += text;
    at_ += 1 + name.size();
    return;
  }
  char32_t code = 0;
  if (const auto length = numeric_reference(rest, code); length > 0) {
    append_utf8(out, code);
    at_ += 1 + length;
    return;
  }
  const auto end = std::ranges::find_if_not(rest, is_name) - rest.begin();
  const auto name = rest.substr(0, static_cast<std::size_t>(end));
  // A lone & is common and harmless; a named reference that is left as it is would be read aloud.
  if (!name.empty() && rest.substr(name.size()).starts_with(';')) {
    problems_.push_back({FindingKind::unknown_entity, at_, std::string{name}});
  }
  out += '&';
  ++at_;
}

CueToken CueTokenizer::tag_token() {
  CueToken token{.kind = CueTokenKind::start_tag, .value = {}, .offset = at_++};
  const char first = at_ < text_.size() ? text_[at_] : '>';
  const bool end_tag = first == '/';
  if (end_tag || (first >= '0' && first <= '9')) {
    if (end_tag) ++at_;
    token.kind = end_tag ? CueTokenKind::end_tag : CueTokenKind::timestamp;
    const auto end = std::min(text_.find('>', at_), text_.size());
    token.value = text_.substr(at_, end - at_);
    at_ = end;
  } else {
    read_start_tag(token);
  }
  if (at_ < text_.size()) ++at_;  // the >
  return token;
}

void CueTokenizer::read_start_tag(CueToken& token) {
  const auto here = [this] { return at_ < text_.size(); };
  const auto is_end = [](char c) { return c == '>' || c == '.' || kSpace.find(c) != std::string_view::npos; };
  while (here() && !is_end(text_[at_])) token.value += text_[at_++];
  while (here() && text_[at_] == '.') {
    ++at_;
    std::string name;
    while (here() && !is_end(text_[at_])) name += text_[at_++];
    if (!name.empty()) token.classes.push_back(std::move(name));
  }
  if (here() && text_[at_] != '>') read_annotation(token);
}

void CueTokenizer::read_annotation(CueToken& token) {
  std::string raw;
  while (at_ < text_.size() && text_[at_] != '>') {
    if (text_[at_] == '&') {
      append_reference(raw);
    } else {
      raw += text_[at_++];
    }
  }
  token.annotation = collapsed(raw);
}

}  // namespace tongxing::accessibility
