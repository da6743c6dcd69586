// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_writer.hpp"
#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/timestamp.hpp"
#include "accessibility/text/bidi.hpp"

#include <algorithm>
#include <utility>

namespace tongxing::accessibility {
namespace {

std::string srt_time(Milliseconds time) {
  auto text = timestamp_text(time);
  std::ranges::replace(text, '.', ',');
  return text;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The text of one cue; what SubRip has no form for goes to the losses.
class CueText {
 public:
  CueText(std::vector<Loss>& losses, std::size_t number, const Cue& cue)
      : losses_{losses}, number_{number}, cue_{cue} {}

  std::string written() {
    append(parse_cue_text(cue_.text).nodes);
    return without_empty_lines();
  }

  void lost(LossKind kind, std::string text) {
    losses_.push_back({.kind = kind, .cue = number_, .line = cue_.line, .text = std::move(text)});
  }

 private:
  void append(const std::vector<Node>& nodes) {
    for (const auto& node : nodes) append(node);
  }

  void append(const Node& node) {
    for (const auto& name : node.classes) lost(LossKind::class_name, name);
    switch (node.kind) {
      case NodeKind::text:
        return plain(node.text);
      case NodeKind::timestamp:
        return lost(LossKind::inner_time, timestamp_text(node.time));
      case NodeKind::italic:
        return tagged("i", node);
      case NodeKind::bold:
        return tagged("b", node);
      case NodeKind::underline:
        return tagged("u", node);
      case NodeKind::ruby_text:
        lost(LossKind::ruby, plain_text(node.children));
        out_ += "（";
        append(node.children);
        out_ += "）";
        return;
      case NodeKind::voice:
        if (!node.text.empty()) {
          lost(LossKind::voice, node.text);
          plain(node.text);
          out_ += is_ascii(node.text) ? ": " : "：";
        }
        return append(node.children);
      case NodeKind::language:
        lost(LossKind::language, node.text);
        return append(node.children);
      default:
        return append(node.children);
    }
  }

  void tagged(std::string_view tag, const Node& node) {
    out_.append("<").append(tag).append(">");
    append(node.children);
    out_.append("</").append(tag).append(">");
  }

  void plain(std::string_view given) {
    auto text = without_bidi_tricks(given);
    if (text != given) lost(LossKind::control, text);
    if (text.find('<') != std::string::npos || text.find("{\\") != std::string::npos)
      lost(LossKind::literal_markup, text);
    out_ += text;
  }

  /// An empty line ends a cue, and an arrow begins one.
  std::string without_empty_lines() {
    std::string text;
    for (std::string_view rest = out_; !rest.empty();) {
      const auto end = std::min(rest.find('\n'), rest.size());
      const auto line = rest.substr(0, end);
      if (line.find_first_not_of(" \t\f\r") != std::string_view::npos) text.append(line).append("\n");
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (auto at = text.find("-->"); at != std::string::npos; at = text.find("-->", at)) {
      lost(LossKind::literal_markup, "-->");
      text.replace(at, 3, "→");
    }
    return text;
  }

  std::vector<Loss>& losses_;
  std::size_t number_;
  const Cue& cue_;
  std::string out_;
};

void append_cue(Written& written, std::size_t number, const Cue& cue) {
  CueText text{written.losses, number, cue};
  const auto digits = std::to_string(number);
  if (!cue.id.empty() && cue.id != digits) text.lost(LossKind::identifier, cue.id);
  if (!cue.settings.region.empty()) text.lost(LossKind::region, cue.settings.region);
  auto settings = cue.settings;
  settings.region.clear();
  if (settings != CueSettings{}) text.lost(LossKind::position, cue_settings_text(settings).substr(1));
  if (number > 1) written.text += '\n';
  written.text += digits + '\n' + srt_time(cue.start) + " --> " + srt_time(cue.end) + '\n' + text.written();
}

}  // namespace

Written write_srt(const Track& track) {
  Written written;
  for (const auto& style : track.styles) written.losses.push_back({.kind = LossKind::style, .text = style});
  for (const auto& region : track.regions)
    written.losses.push_back({.kind = LossKind::region, .text = region.id});
  for (std::size_t i = 0; i < track.cues.size(); ++i) append_cue(written, i + 1, track.cues[i]);
  return written;
}

}  // namespace tongxing::accessibility
