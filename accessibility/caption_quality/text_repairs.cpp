// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/text_repairs.hpp"

#include "accessibility/caption_quality/marks.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/text/utf8.hpp"

#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace tongxing::accessibility {
namespace {

/// One character of the text that is read, with the node that it stands in: marks may meet across tags.
struct Glyph {
  char32_t code = 0;
  Node* node = nullptr;
  std::u32string with{};  ///< instead of it
  bool changed = false;
};

void collect(std::vector<Node>& nodes, std::vector<Glyph>& glyphs) {
  for (auto& node : nodes) {
    if (node.kind == NodeKind::text) {
      for (const char32_t code : decode(node.text)) glyphs.push_back({code, &node});
    }
    // What stands above Chinese in a ruby is not part of the line.
    if (node.kind != NodeKind::ruby_text) collect(node.children, glyphs);
  }
}

using EditsOf = std::vector<TextEdit> (*)(std::u32string_view line);

/// Applies the edits of the line [from, to). Returns whether there were any.
bool edit_line(std::vector<Glyph>& glyphs, std::size_t from, std::size_t to, EditsOf edits_of) {
  std::u32string line;
  for (auto i = from; i < to; ++i) line += glyphs[i].code;
  const auto edits = edits_of(line);
  for (const auto& edit : edits) {
    for (std::size_t i = 0; i < edit.length; ++i) glyphs[from + edit.at + i].changed = true;
    glyphs[from + edit.at].with = edit.with;
  }
  return !edits.empty();
}

std::string with_edits(const std::string& cue_text, EditsOf edits_of) {
  auto nodes = parse_cue_text(cue_text).nodes;
  std::vector<Glyph> glyphs;
  collect(nodes, glyphs);
  bool changed = false;
  for (std::size_t from = 0; from < glyphs.size();) {
    auto to = from;
    while (to < glyphs.size() && glyphs[to].code != U'\n') ++to;
    changed = edit_line(glyphs, from, to, edits_of) || changed;
    from = to + 1;
  }
  if (!changed) return cue_text;
  for (const auto& glyph : glyphs) glyph.node->text.clear();
  for (const auto& glyph : glyphs) {
    if (!glyph.changed) append_utf8(glyph.node->text, glyph.code);
    for (const char32_t code : glyph.with) append_utf8(glyph.node->text, code);
  }
  return markup_of(nodes);
}

/// Puts the children of italics in their place.
bool unwrap_italics(std::vector<Node>& nodes) {
  bool changed = false;
  std::vector<Node> out;
  for (auto& node : nodes) {
    changed = unwrap_italics(node.children) || changed;
    if (node.kind == NodeKind::italic) {
      out.insert(out.end(), std::make_move_iterator(node.children.begin()),
                 std::make_move_iterator(node.children.end()));
      changed = true;
    } else {
      out.push_back(std::move(node));
    }
  }
  nodes = std::move(out);
  return changed;
}

}  // namespace

std::string without_italics(const std::string& cue_text) {
  auto nodes = parse_cue_text(cue_text).nodes;
  return unwrap_italics(nodes) ? markup_of(nodes) : cue_text;
}

std::string with_house_ellipsis(const std::string& cue_text) {
  return with_edits(cue_text, ellipsis_edits);
}

std::string with_full_punctuation(const std::string& cue_text) {
  return with_edits(cue_text, punctuation_edits);
}

}  // namespace tongxing::accessibility
