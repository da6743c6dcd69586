// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_tokens.hpp"

#include "accessibility/text/character_reference.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::string_view kSpace = " \t\n\f\r";
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
      const auto end = std::min(text_.find_first_of("<&", at_), text_.size());
      token.value.append(text_, at_, end - at_);
      at_ = end;
    }
  }
  return token;
}

void CueTokenizer::append_reference(std::string& out) {
  const auto rest = text_.substr(at_ + 1);
  if (const auto reference = read_character_reference(rest); reference.length > 0) {
    append_utf8(out, reference.first);
    if (reference.second != 0) append_utf8(out, reference.second);
    at_ += 1 + reference.length;
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
