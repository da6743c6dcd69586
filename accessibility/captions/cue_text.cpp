// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/cue_text.hpp"

#include "accessibility/captions/cue_tokens.hpp"
#include "accessibility/captions/timestamp.hpp"
#include "accessibility/text/bidi.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::array<std::pair<std::string_view, NodeKind>, 8> kTags{{{"c", NodeKind::class_span},
                                                                      {"i", NodeKind::italic},
                                                                      {"b", NodeKind::bold},
                                                                      {"u", NodeKind::underline},
                                                                      {"ruby", NodeKind::ruby},
                                                                      {"rt", NodeKind::ruby_text},
                                                                      {"v", NodeKind::voice},
                                                                      {"lang", NodeKind::language}}};

std::optional<NodeKind> kind_of(std::string_view tag) {
  const auto found = std::ranges::find(kTags, tag, [](const auto& row) { return row.first; });
  if (found == kTags.end()) return std::nullopt;
  return found->second;
}

std::string_view tag_of(NodeKind kind) {
  const auto found = std::ranges::find(kTags, kind, [](const auto& row) { return row.second; });
  return found == kTags.end() ? std::string_view{} : found->first;
}

/// Builds the tree. Open elements are kept on a stack, so that depth costs no recursion.
class TreeBuilder {
 public:
  void add(CueToken token) {
    switch (token.kind) {
      case CueTokenKind::text:
        append(Node{.kind = NodeKind::text, .text = std::move(token.value)});
        break;
      case CueTokenKind::start_tag:
        start(std::move(token));
        break;
      case CueTokenKind::end_tag:
        end(token);
        break;
      case CueTokenKind::timestamp:
        timestamp(token);
        break;
    }
  }

  CueText finish(std::size_t length, std::vector<TextProblem> found) {
    // A voice may be left open to the end of its cue (WebVTT §4.2.2); other tags may not.
    for (const auto& open : open_) {
      if (open.kind != NodeKind::voice) report(FindingKind::tag_not_closed, length, tag_of(open.kind));
    }
    while (!open_.empty()) close();
    problems_.insert(problems_.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
    std::ranges::sort(problems_, {}, &TextProblem::offset);
    return {std::move(roots_), std::move(problems_)};
  }

 private:
  void report(FindingKind kind, std::size_t offset, std::string_view text) {
    problems_.push_back({kind, offset, std::string{text}});
  }

  void append(Node node) { (open_.empty() ? roots_ : open_.back().children).push_back(std::move(node)); }

  void close() {
    auto node = std::move(open_.back());
    open_.pop_back();
    append(std::move(node));
  }

  [[nodiscard]] bool inside(NodeKind kind) const { return !open_.empty() && open_.back().kind == kind; }

  void start(CueToken token) {
    const auto kind = kind_of(token.value);
    if (!kind) return report(FindingKind::unknown_tag, token.offset, token.value);
    if (*kind == NodeKind::ruby_text && !inside(NodeKind::ruby)) {
      return report(FindingKind::unknown_tag, token.offset, token.value);
    }
    if (open_.size() == kMaxDepth) return report(FindingKind::nested_too_deep, token.offset, token.value);
    const bool annotated = *kind == NodeKind::voice || *kind == NodeKind::language;
    open_.push_back(Node{.kind = *kind,
                         .text = annotated ? std::move(token.annotation) : std::string{},
                         .classes = std::move(token.classes)});
  }

  void end(const CueToken& token) {
    const auto kind = kind_of(token.value);
    if (kind == NodeKind::ruby && inside(NodeKind::ruby_text)) close();  // the end of rt may be left out
    if (kind && inside(*kind)) return close();
    report(kind ? FindingKind::end_tag_unmatched : FindingKind::unknown_tag, token.offset, '/' + token.value);
  }

  void timestamp(const CueToken& token) {
    std::string_view text = token.value;
    const auto time = take_timestamp(text);
    if (!time || !text.empty()) return report(FindingKind::timestamp_ignored, token.offset, token.value);
    append(Node{.kind = NodeKind::timestamp, .time = *time});
  }

  std::vector<Node> roots_;
  std::vector<Node> open_;
  std::vector<TextProblem> problems_;
};

void append_plain(std::string& out, const std::vector<Node>& nodes) {
  for (const auto& node : nodes) {
    if (node.kind == NodeKind::text) out += node.text;
    if (node.kind != NodeKind::ruby_text) append_plain(out, node.children);
  }
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
}

/// An annotation is one line, and collapses white space when it is read.
std::string annotation_text(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  std::ranges::replace(out, '\n', ' ');
  // Before the > of its tag, "--" would make the arrow that begins a cue.
  if (out.ends_with("--")) out.replace(out.size() - 1, 1, "&#45;");
  return out;
}

void append_class(std::string& out, const std::string& name) {
  if (!name.empty() && !name.ends_with("--")) out += '.' + name;
}

void append_markup(std::string& out, const std::vector<Node>& nodes) {
  for (const auto& node : nodes) {
    if (node.kind == NodeKind::text) {
      append_escaped(out, node.text);
    } else if (node.kind == NodeKind::timestamp) {
      out += '<' + timestamp_text(node.time) + '>';
    } else {
      const auto tag = tag_of(node.kind);
      out += '<';
      out += tag;
      for (const auto& name : node.classes) append_class(out, name);
      if (!node.text.empty()) out += ' ' + annotation_text(node.text);
      out += '>';
      append_markup(out, node.children);
      out += "</";
      out += tag;
      out += '>';
    }
  }
}

/// An empty line would end the cue.
std::string without_empty_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      if (!out.empty()) out += '\n';
      out += text.substr(0, end);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

CueText parse_cue_text(std::string_view text) {
  CueTokenizer tokenizer{text};
  TreeBuilder builder;
  while (auto token = tokenizer.next()) builder.add(std::move(*token));
  return builder.finish(text.size(), tokenizer.take_problems());
}

std::string plain_text(const std::vector<Node>& nodes) {
  std::string out;
  append_plain(out, nodes);
  return out;
}

std::string plain_text(std::string_view cue_text) {
  return plain_text(parse_cue_text(cue_text).nodes);
}

std::string markup_of(const std::vector<Node>& nodes) {
  std::string out;
  append_markup(out, nodes);
  return without_empty_lines(out);
}

void remove_bidi_tricks(std::vector<Node>& nodes) {
  for (auto& node : nodes) {
    node.text = without_bidi_tricks(node.text);
    for (auto& name : node.classes) name = without_bidi_tricks(name);
    remove_bidi_tricks(node.children);
  }
}

std::string escaped_cue_text(std::string_view plain) {
  std::string out;
  append_escaped(out, plain);
  return without_empty_lines(out);
}

std::string speaker_of(const std::vector<Node>& nodes) {
  for (const auto& node : nodes) {
    if (node.kind == NodeKind::voice && !node.text.empty()) return node.text;
    if (auto inner = speaker_of(node.children); !inner.empty()) return inner;
  }
  return {};
}

}  // namespace tongxing::accessibility
