// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/caption_writer.hpp"
#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/timestamp.hpp"
#include "accessibility/captions/ttml_layout.hpp"
#include "accessibility/text/bidi.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tongxing::accessibility {
namespace {

/// A name that XML takes as an identifier; others would make the file unreadable.
bool is_xml_name(std::string_view id) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (id.empty() || !letter(id.front())) return false;
  return std::ranges::all_of(
      id, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

/// Escaped for text and for attributes in double quotes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

/// What no XML document may hold, as U+FFFD.
std::string without_controls(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n';
    out += control ? "\uFFFD" : std::string{c};
  }
  return out;
}

class Writer {
 public:
  Writer(const Track& track, std::string_view language) : track_{track}, language_{language} {}

  Written run() {
    for (const auto& style : track_.styles) losses_.push_back({.kind = LossKind::style, .text = style});
    std::string body;
    for (std::size_t i = 0; i < track_.cues.size(); ++i) {
      number_ = i + 1;
      cue_ = &track_.cues[i];
      body += paragraph();
    }
    return {head() + "<body>\n<div>\n" + body + "</div>\n</body>\n</tt>\n", std::move(losses_)};
  }

 private:
  void lost(LossKind kind, std::string text) {
    losses_.push_back({.kind = kind, .cue = number_, .line = cue_->line, .text = std::move(text)});
  }

  [[nodiscard]] std::string head() const {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" "
        "xmlns:tts=\"http://www.w3.org/ns/ttml#styling\" xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" "
        "ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\" xml:space=\"preserve\" "
        "xml:lang=\"";
    out += escaped(language_) + "\">\n<head>\n<metadata>\n";
    for (const auto& [name, id] : agents_) {
      out += "<ttm:agent type=\"person\" xml:id=\"" + id + "\"><ttm:name type=\"full\">" + escaped(name) +
             "</ttm:name></ttm:agent>\n";
    }
    out += "</metadata>\n<layout>\n";
    for (const auto& [attributes, id] : regions_) out += "<region xml:id=\"" + id + '"' + attributes + "/>\n";
    return out + "</layout>\n</head>\n";
  }

  std::string paragraph() {
    if (cue_->end <= cue_->start) {
      lost(LossKind::never_shown, plain_text(std::string_view{cue_->text}));
      return {};
    }
    std::string out = "<p";
    if (is_xml_name(cue_->id) && ids_.insert(cue_->id).second && !cue_->id.starts_with("tx-")) {
      out += " xml:id=\"" + escaped(cue_->id) + '"';
    } else if (!cue_->id.empty()) {
      lost(LossKind::identifier, cue_->id);
    }
    out += " begin=\"" + timestamp_text(cue_->start) + "\" end=\"" + timestamp_text(cue_->end) +
           "\" region=\"" + region() + '"';
    const auto nodes = parse_cue_text(cue_->text).nodes;
    return out + '>' + content(nodes) + "</p>\n";
  }

  /// The id of the region for the cue's place; one for each different place.
  std::string region() {
    const auto& settings = cue_->settings;
    const auto found = std::ranges::find(track_.regions, settings.region, &Region::id);
    const auto* named = settings.region.empty() || found == track_.regions.end() ? nullptr : &*found;
    const auto place = ttml_place(settings, named);
    if (place.fit == TtmlFit::near) lost(LossKind::position, cue_settings_text(settings).substr(1));
    if (named != nullptr && named->scroll_up) lost(LossKind::region, named->id);
    const auto [entry, added] =
        regions_.try_emplace(place.attributes, "tx-r" + std::to_string(regions_.size() + 1));
    return entry->second;
  }

  std::string content(const std::vector<Node>& nodes) {
    std::string out;
    for (const auto& node : nodes) out += content(node);
    return out;
  }

  std::string content(const Node& node) {
    for (const auto& name : node.classes) lost(LossKind::class_name, name);
    switch (node.kind) {
      case NodeKind::text:
        return text(node.text);
      case NodeKind::timestamp:
        lost(LossKind::inner_time, timestamp_text(node.time));
        return {};
      case NodeKind::italic:
        return span(" tts:fontStyle=\"italic\"", node);
      case NodeKind::bold:
        return span(" tts:fontWeight=\"bold\"", node);
      case NodeKind::underline:
        return span(" tts:textDecoration=\"underline\"", node);
      case NodeKind::language:
        return span(" xml:lang=\"" + escaped(clean(node.text)) + '"', node);
      case NodeKind::voice:
        return node.text.empty() ? content(node.children)
                                 : span(" ttm:agent=\"" + agent(node.text) + '"', node);
      case NodeKind::ruby:
        return ruby(node);
      default:
        return content(node.children);
    }
  }

  std::string span(const std::string& attributes, const Node& node) {
    return "<span" + attributes + '>' + content(node.children) + "</span>";
  }

  /// Each base with its text in a container of their own: so the pairs stay together.
  std::string ruby(const Node& node) {
    std::string out;
    std::vector<Node> base;
    for (const auto& child : node.children) {
      if (child.kind == NodeKind::ruby_text) {
        out += ruby_pair(std::exchange(base, {}), child);
      } else {
        base.push_back(child);
      }
    }
    return out + content(base);
  }

  /// A text without anything below it has no form in TTML.
  std::string ruby_pair(const std::vector<Node>& base, const Node& above) {
    for (const auto& name : above.classes) lost(LossKind::class_name, name);
    const auto plain = plain_text(base);
    if (plain.find_first_not_of(" \t\n") == std::string::npos) {
      lost(LossKind::ruby, plain_text(above.children));
      return content(base) + "（" + content(above.children) + "）";
    }
    return "<span tts:ruby=\"container\"><span tts:ruby=\"base\">" + content(base) +
           "</span><span tts:ruby=\"text\">" + content(above.children) + "</span></span>";
  }

  std::string agent(const std::string& speaker) {
    const auto [entry, added] =
        agents_.try_emplace(clean(speaker), "tx-a" + std::to_string(agents_.size() + 1));
    return entry->second;
  }

  std::string clean(std::string_view given) {
    auto text = without_controls(without_bidi_tricks(given));
    if (text != given) lost(LossKind::control, text);
    return text;
  }

  std::string text(std::string_view given) {
    const auto plain = escaped(clean(given));
    std::string out;
    for (const char c : plain) out += c == '\n' ? "<br/>" : std::string{c};
    return out;
  }

  const Track& track_;
  std::string_view language_;
  std::vector<Loss> losses_;
  std::map<std::string, std::string> regions_;
  std::map<std::string, std::string> agents_;
  std::set<std::string> ids_;
  const Cue* cue_ = nullptr;
  std::size_t number_ = 0;
};

}  // namespace

Written write_ttml(const Track& track, std::string_view language) {
  return Writer{track, language}.run();
}

}  // namespace tongxing::accessibility
