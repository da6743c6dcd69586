// SPDX-License-Identifier: GPL-3.0-or-later
// TTML 2 as far as the IMSC 1.1 text profile goes. Kept: times (clock, offset, frames, ticks; nested, par and
// seq), xml:id, line breaks and white space, italics, bold, underline, ruby, languages, the names of agents,
// and the place of a region. Everything else that would be seen is told once, as style_lost, position_lost or
// markup_lost.
#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/ttml_head.hpp"
#include "accessibility/captions/ttml_paragraph.hpp"
#include "accessibility/captions/ttml_style.hpp"
#include "accessibility/captions/ttml_time.hpp"
#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace tongxing::accessibility {
namespace {

enum class Element : std::uint8_t { root, head, container, paragraph, span, skipped };

/// An open element: what its children inherit.
struct Frame {
  Element element = Element::root;
  TtmlInterval when{};
  Milliseconds cursor{0};  ///< seq: where the next child begins
  bool sequence = false;
  bool readable = true;  ///< its times are
  TtmlSpace space = TtmlSpace::collapse;
  TtmlStyle style{};
  TtmlRuby ruby = TtmlRuby::none;
  RunStyle run{};
  std::string region{};
  std::string id{};
  std::size_t line = 0;
};

class Reader {
 public:
  Reader(std::string_view text, CaptionFile& file) : xml_{text}, builder_{file}, head_{builder_} {}

  std::expected<void, CaptionError> run() {
    for (;;) {
      auto token = xml_.next();
      if (!token) return std::unexpected(error_of(token.error()));
      if (token->kind == XmlTokenKind::finish) break;
      if (auto read = handle(*token); !read) return read;
    }
    builder_.finish();
    return {};
  }

 private:
  static CaptionError error_of(const XmlError& error) {
    const bool dtd = error.kind == XmlErrorKind::document_type;
    return {dtd ? CaptionErrorKind::xml_with_dtd : CaptionErrorKind::broken_xml, error.line};
  }

  std::expected<void, CaptionError> handle(XmlToken& token) {
    if (token.kind == XmlTokenKind::text) {
      text(token.text);
      return {};
    }
    if (token.kind == XmlTokenKind::end) return end();
    if (frames_.empty()) {
      if (token.name != "tt")
        return std::unexpected(CaptionError{CaptionErrorKind::not_captions, token.line});
      head_.root(token);
    }
    return start(token);
  }

  std::expected<void, CaptionError> start(const XmlToken& token) {
    Frame frame = frames_.empty() ? Frame{} : frames_.back();
    frame.line = token.line;
    frame.element = element_of(token);
    if (frame.element == Element::head) head_.start(token);
    if (frame.element != Element::head && frame.element != Element::skipped) enter(token, frame);
    if (frame.element == Element::paragraph) paragraph_ = {};
    if (frame.element == Element::skipped && token.name == "br" && in_paragraph()) {
      paragraph_.add_break(frames_.back().run, frames_.back().when);
    }
    frames_.push_back(std::move(frame));
    return {};
  }

  [[nodiscard]] bool in_paragraph() const {
    return !frames_.empty() &&
           (frames_.back().element == Element::paragraph || frames_.back().element == Element::span);
  }

  Element element_of(const XmlToken& token) {
    if (frames_.empty()) return Element::root;
    const auto parent = frames_.back().element;
    if (parent == Element::head || parent == Element::skipped) return parent;
    if (parent == Element::root && token.name == "head") return Element::head;
    if (parent == Element::root && token.name == "body") return Element::container;
    if (parent == Element::container && token.name == "div") return Element::container;
    if (parent == Element::container && token.name == "p") return Element::paragraph;
    if (in_paragraph() && token.name == "span") return Element::span;
    const bool known = token.name == "br" || token.space == kTtmlMetadata || token.name == "metadata";
    if (!known)
      builder_.report(FindingKind::markup_lost, Severity::warning, token.line, '<' + token.name + '>');
    return Element::skipped;
  }

  /// What an element of content says about itself and its children.
  void enter(const XmlToken& token, Frame& frame) {
    frame.id.clear();
    TtmlStyle own = head_.referenced(token);
    for (const auto& each : token.attributes) attribute(token, each, frame, own);
    frame.style.override_with(own);
    ruby(own.ruby, frame);
    frame.run.italic = frame.style.italic.value_or(false);
    frame.run.bold = frame.style.bold.value_or(false);
    frame.run.underline = frame.style.underline.value_or(false);
    frame.style.ruby = TtmlRuby::none;
    if (!frames_.empty()) times(token, frame);
  }

  /// What stands inside a base, a text or a delimiter is part of it.
  void ruby(TtmlRuby own, Frame& frame) {
    if (own == TtmlRuby::container) paragraph_.begin_ruby();
    if (own == TtmlRuby::base) paragraph_.begin_ruby_base();
    if (own == TtmlRuby::text) paragraph_.begin_ruby_text();
    if (own != TtmlRuby::none || frame.ruby == TtmlRuby::container) frame.ruby = own;
  }

  void attribute(const XmlToken& token, const XmlAttribute& each, Frame& frame, TtmlStyle& own) {
    if (each.space == kTtmlStyling) {
      if (token.name == "tt" && each.name == "extent") return;
      if (!read_ttml_style(each, own)) head_.lost(each, token.line);
    } else if (each.space == kXmlNamespace) {
      if (each.name == "id") frame.id = each.value;
      if (each.name == "space")
        frame.space = each.value == "preserve" ? TtmlSpace::preserve : TtmlSpace::collapse;
      // The language of the whole document is that of the track.
      if (each.name == "lang" && token.name != "tt")
        frame.run.language = each.value == head_.language() ? "" : each.value;
    } else if (each.space == kTtmlMetadata) {
      if (each.name == "agent") frame.run.speaker = head_.agent(each.value);
    } else if (each.space.empty()) {
      if (each.name == "region") frame.region = each.value;
    } else if (each.space != kTtmlParameter) {
      head_.lost(each, token.line);
    }
  }

  /// TTML 2 §12.4: a child counts from its parent's begin, or in a sequence from the end of the child before
  /// it.
  void times(const XmlToken& token, Frame& frame) {
    const auto& parent = frames_.back();
    const auto reference = parent.sequence ? parent.cursor : parent.when.begin;
    frame.sequence = false;
    std::optional<Milliseconds> begin = Milliseconds{0};
    std::optional<Milliseconds> end;
    std::optional<Milliseconds> duration;
    for (const auto& each : token.attributes) {
      if (!each.space.empty()) continue;
      if (each.name == "timeContainer") frame.sequence = each.value == "seq";
      if (each.name != "begin" && each.name != "end" && each.name != "dur") continue;
      const auto time = ttml_time(each.value, head_.clock());
      if (!time) {
        frame.readable = false;
        builder_.report(FindingKind::timing_malformed, Severity::error, token.line, each.value);
      }
      if (each.name == "begin") begin = time;
      if (each.name == "end") end = time;
      if (each.name == "dur") duration = time;
    }
    frame.when.begin = reference + begin.value_or(Milliseconds{0});
    frame.when.end = parent.when.end;
    const auto limit = [&frame](Milliseconds time) {
      frame.when.end = std::min(frame.when.end.value_or(time), time);
    };
    if (end) limit(reference + *end);
    if (duration) limit(frame.when.begin + *duration);
    frame.cursor = frame.when.begin;
  }

  void text(std::string_view text) {
    if (frames_.empty()) return;
    const auto& frame = frames_.back();
    if (frame.element == Element::head) return head_.text(text);
    if (!in_paragraph() || !frame.readable || frame.ruby == TtmlRuby::delimiter) return;
    if (frame.ruby == TtmlRuby::base) return paragraph_.add_ruby_base(text, frame.run, frame.when);
    if (frame.ruby == TtmlRuby::text) return paragraph_.add_ruby_text(text);
    if (frame.ruby == TtmlRuby::container) return;  // white space between base and text
    paragraph_.add_text(text, frame.run, frame.when, frame.space);
  }

  std::expected<void, CaptionError> end() {
    auto frame = std::move(frames_.back());
    frames_.pop_back();
    if (!frames_.empty() && frames_.back().sequence && frame.when.end)
      frames_.back().cursor = *frame.when.end;
    if (frame.element == Element::head) head_.end();
    if (frame.element == Element::paragraph) return finish_paragraph(frame);
    return {};
  }

  std::expected<void, CaptionError> finish_paragraph(const Frame& frame) {
    if (!frame.readable) return {};
    auto slices = paragraph_.slices();
    if (!slices) return std::unexpected(CaptionError{CaptionErrorKind::cue_too_long, frame.line});
    const auto settings = head_.placed(frame.region, frame.style, frame.line);
    for (std::size_t i = 0; i < slices->size(); ++i) {
      const auto& slice = (*slices)[i];
      if (!slice.when.end) {
        builder_.report(FindingKind::timing_malformed, Severity::error, frame.line, "<p>");
        return {};
      }
      Cue cue{.id = i == 0 ? frame.id : std::string{}, .text = cue_text_of(slice.runs), .settings = settings};
      cue.start = slice.when.begin;
      cue.end = *slice.when.end;
      cue.line = frame.line;
      if (auto added = builder_.add(std::move(cue), frame.line); !added) return added;
    }
    return {};
  }

  XmlReader xml_;
  CueBuilder builder_;
  TtmlHead head_;
  std::vector<Frame> frames_;
  TtmlParagraph paragraph_;
};

/// The text with U+FFFD where it is not UTF-8; empty: nothing was wrong.
std::string repaired(std::string_view text) {
  std::string out;
  if (!first_invalid(text)) return out;
  while (!text.empty()) {
    const auto next = decode_front(text.substr(0, 4));
    append_utf8(out, next.code);
    text.remove_prefix(next.length);
  }
  return out;
}

}  // namespace

std::expected<CaptionFile, CaptionError> read_ttml(std::string_view utf8) {
  if (utf8.size() > kMaxFileBytes) return std::unexpected(CaptionError{CaptionErrorKind::too_large, 0});
  CaptionFile file{.format = CaptionFormat::ttml, .track = {}, .findings = {}};
  const auto mended = repaired(utf8);
  if (!mended.empty()) {
    const auto line = 1 + std::ranges::count(utf8.substr(0, first_invalid(utf8).value_or(0)), '\n');
    file.findings.push_back(
        {.kind = FindingKind::not_utf8, .severity = Severity::error, .line = static_cast<std::size_t>(line)});
  }
  Reader reader{mended.empty() ? utf8 : std::string_view{mended}, file};
  if (auto read = reader.run(); !read) return std::unexpected(read.error());
  std::ranges::sort(file.track.cues, [](const Cue& a, const Cue& b) {
    return std::pair{a.start, a.line} < std::pair{b.start, b.line};
  });
  return file;
}

}  // namespace tongxing::accessibility
