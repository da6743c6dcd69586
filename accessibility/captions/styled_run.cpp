// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/styled_run.hpp"

#include "accessibility/captions/cue_text.hpp"

#include <utility>

namespace tongxing::accessibility {
namespace {

Node wrapped(NodeKind kind, Node inner, std::string annotation = {}) {
  Node outer{.kind = kind, .text = std::move(annotation)};
  outer.children.push_back(std::move(inner));
  return outer;
}

Node node_of(const StyledRun& run) {
  Node node{.kind = NodeKind::text, .text = run.text};
  if (!run.ruby.empty()) {
    node = wrapped(NodeKind::ruby, std::move(node));
    node.children.push_back(wrapped(NodeKind::ruby_text, Node{.kind = NodeKind::text, .text = run.ruby}));
  }
  if (run.style.underline) node = wrapped(NodeKind::underline, std::move(node));
  if (run.style.bold) node = wrapped(NodeKind::bold, std::move(node));
  if (run.style.italic) node = wrapped(NodeKind::italic, std::move(node));
  if (!run.style.language.empty()) node = wrapped(NodeKind::language, std::move(node), run.style.language);
  return node;
}

}  // namespace

std::string cue_text_of(const std::vector<StyledRun>& runs) {
  std::vector<Node> nodes;
  std::string speaker;
  for (std::size_t i = 0; i < runs.size();) {
    auto run = runs[i++];
    while (i < runs.size() && runs[i].style == run.style && runs[i].ruby.empty() && run.ruby.empty()) {
      run.text += runs[i++].text;
    }
    if (run.text.empty()) continue;
    auto node = node_of(run);
    if (run.style.speaker.empty()) {
      nodes.push_back(std::move(node));
    } else if (run.style.speaker == speaker) {
      nodes.back().children.push_back(std::move(node));
    } else {
      nodes.push_back(wrapped(NodeKind::voice, std::move(node), run.style.speaker));
    }
    speaker = run.style.speaker;
  }
  return markup_of(nodes);
}

}  // namespace tongxing::accessibility
