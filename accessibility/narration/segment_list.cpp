// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/narration/segment_list.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {

namespace {

bool is_pause(const Segment& segment) {
  return segment.kind == SegmentKind::short_pause || segment.kind == SegmentKind::long_pause;
}

}  // namespace

void SegmentList::keep(std::size_t index) {
  if (kept_begin_ == kept_end_) kept_begin_ = index;
  kept_end_ = index + 1;
}

std::size_t SegmentList::han_before(std::size_t index) const {
  if (kept_end_ != index) return 0;
  std::size_t begin = index;
  while (begin > kept_begin_ && is_han(text_.before(begin))) --begin;
  return index - begin;
}

/// Chinese characters within English text are Mandarin.
std::string_view SegmentList::own_code(bool chinese_text) const {
  const bool mandarin = chinese_text && language_ == SpokenLanguage::english;
  return mandarin ? language_code(SpokenLanguage::mandarin) : language_code(language_);
}

void SegmentList::flush_until(std::size_t end) {
  if (kept_begin_ < end) {
    std::string spoken;
    bool chinese = false;
    for (std::size_t i = kept_begin_; i < end; ++i) {
      chinese = chinese || is_han(text_.at(i));
      if (text_.at(i) != U' ') append_utf8(spoken, text_.at(i));
    }
    push({text_.written(kept_begin_, end), std::move(spoken), std::string(own_code(chinese)),
          SegmentKind::words});
  }
}

void SegmentList::flush() {
  flush_until(kept_end_);
  kept_begin_ = kept_end_ = 0;
}

void SegmentList::add(std::size_t begin, const Match& match) {
  flush();
  std::string written = text_.written(begin, match.end);
  for (const Part& part : match.parts) {
    if (part.kind == SegmentKind::short_pause) {
      pause(part.kind);
      continue;
    }
    const bool english = part.voice == Voice::english || language_ == SpokenLanguage::english;
    const bool cantonese = !english && language_ == SpokenLanguage::cantonese;
    const auto code = english ? language_code(SpokenLanguage::english) : language_code(language_);
    push({std::exchange(written, {}), cantonese ? in_traditional(part.spoken) : part.spoken,
          std::string(code), part.kind});
  }
}

void SegmentList::add_reading(std::size_t at, const AuthorReading& reading) {
  const std::size_t begin = at - reading.syllables.size();
  flush_until(begin);
  kept_begin_ = kept_end_ = 0;
  std::string spoken;
  for (const std::string& syllable : reading.syllables) {
    if (!spoken.empty()) spoken += ' ';
    spoken += syllable;
  }
  push({text_.written(begin, at), std::move(spoken), std::string(language_code(language_)),
        SegmentKind::reading});
}

void SegmentList::pause(SegmentKind kind) {
  flush();
  if (segments_.empty()) return;
  if (is_pause(segments_.back())) {
    if (kind == SegmentKind::long_pause) segments_.back().kind = kind;
    return;
  }
  segments_.push_back({{}, {}, std::string(language_code(language_)), kind});
}

void SegmentList::push(Segment segment) {
  if (segment.spoken.empty()) return;
  const auto joins = [](SegmentKind kind) {
    return kind == SegmentKind::words || kind == SegmentKind::number;
  };
  const bool english = segment.language == language_code(SpokenLanguage::english);
  if (english && !segments_.empty()) {
    Segment& last = segments_.back();
    if (last.language == segment.language && joins(last.kind) && joins(segment.kind)) {
      last.spoken += ' ' + segment.spoken;
      if (!segment.written.empty()) last.written += ' ' + segment.written;
      last.kind = SegmentKind::words;
      return;
    }
  }
  segments_.push_back(std::move(segment));
}

std::vector<Segment> SegmentList::take() {
  flush();
  if (!segments_.empty() && is_pause(segments_.back())) segments_.pop_back();
  return std::move(segments_);
}

}  // namespace tongxing::accessibility
