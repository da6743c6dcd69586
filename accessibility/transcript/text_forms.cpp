// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/transcript/text_forms.hpp"

#include "accessibility/text/utf8.hpp"
#include "accessibility/text/width.hpp"

#include <algorithm>

namespace tongxing::accessibility {
namespace {

/// Pictures, notes, stars, boxes and what shapes them: nothing that a finger can read.
bool decorates(char32_t code) {
  return (code >= 0x2190 && code <= 0x21FF) || (code >= 0x2500 && code <= 0x27BF) ||
         (code >= 0x2B00 && code <= 0x2BFF) || (code >= 0x1F000 && code <= 0x1FAFF) ||
         (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         code < 0x20 || code == 0x7F;
}

/// Without decoration, and with single spaces.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto front = decode_front(text);
    text.remove_prefix(front.length);
    const bool space = front.code == U' ' || front.code == 0xA0 || front.code == 0x3000;
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!decorates(front.code)) {
      append_utf8(out, front.code);
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string lead_of(const Entry& entry, std::string_view language) {
  if (entry.kind == EntryKind::description) return std::string(description_mark(language)) + " ";
  if (entry.speaker.empty()) return {};
  return plain(entry.speaker) + std::string(speaker_colon(language));
}

bool ends_sentence(char32_t code) {
  constexpr std::u32string_view kEnds = U"。！？!?…⋯";
  return kEnds.find(code) != std::u32string_view::npos;
}

bool closes(char32_t code) {
  constexpr std::u32string_view kClosers = U"」』”’）》】］)]\"'";
  return kClosers.find(code) != std::u32string_view::npos;
}

}  // namespace

std::string clock_of(Milliseconds time) {
  const std::int64_t seconds = std::max<std::int64_t>(0, time.count() / 1000);
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  if (seconds < 3600) return std::to_string(seconds / 60) + ":" + two(seconds % 60);
  return std::to_string(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

std::vector<std::string> sentences_of(std::string_view text) {
  std::vector<std::string> sentences(1);
  bool ended = false;
  while (!text.empty()) {
    const auto front = decode_front(text);
    const bool more = ends_sentence(front.code) || (ended && closes(front.code));
    if (ended && !more && front.code != U' ') {
      sentences.emplace_back();
      ended = false;
    }
    const bool stop = front.code == U'.' && text.substr(1).starts_with(' ');
    ended = ended || ends_sentence(front.code) || stop;
    if (!(front.code == U' ' && (ended || sentences.back().empty()))) {
      sentences.back() += text.substr(0, front.length);
    }
    text.remove_prefix(front.length);
  }
  if (sentences.back().empty()) sentences.pop_back();
  return sentences;
}

std::string plain_text_of(const Document& document) {
  const auto underlined = [](const std::string& title, char line) {
    const auto width = std::max<std::size_t>(half_length(title, Counting::east_asian), 1);
    return title + "\n" + std::string(std::min<std::size_t>(width, 72), line) + "\n";
  };
  std::string out = underlined(document.title, '=');
  for (const auto& section : document.sections) {
    if (!section.title.empty()) out += "\n" + underlined(section.title, '-');
    for (const auto& entry : section.entries) {
      out += "\n[" + clock_of(entry.start) + "] " + lead_of(entry, document.language) + entry.text + "\n";
    }
  }
  return out;
}

std::string braille_text_of(const Document& document) {
  std::string out = plain(document.title) + "\n";
  for (const auto& section : document.sections) {
    if (!section.title.empty()) out += "\n" + plain(section.title) + "\n\n";
    for (const auto& entry : section.entries) {
      std::string lead = lead_of(entry, document.language);
      for (const auto& sentence : sentences_of(plain(entry.text))) {
        out += lead + sentence + "\n";
        lead.clear();
      }
    }
  }
  return out;
}

}  // namespace tongxing::accessibility
