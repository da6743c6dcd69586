// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue_builder.hpp"
#include "accessibility/captions/ttml_style.hpp"
#include "accessibility/captions/ttml_time.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tongxing::accessibility {

/// What the root and the head of a TTML document say for its body: clock, language, styles, regions, names of
/// agents. Tells what is lost, each attribute once. Used by the TTML reader only.
class TtmlHead {
 public:
  explicit TtmlHead(CueBuilder& builder) : builder_{builder} {}

  /// The <tt> element.
  void root(const XmlToken& token);
  /// <head> and everything in it.
  void start(const XmlToken& token);
  void text(std::string_view text);
  void end();

  [[nodiscard]] const TtmlClock& clock() const { return clock_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  /// The name of an agent (xml:id); empty: it has none.
  [[nodiscard]] std::string agent(std::string_view id) const;
  /// The styles that an element's style attribute names, the later over the earlier.
  [[nodiscard]] TtmlStyle referenced(const XmlToken& token) const;
  /// The settings of a cue in a region; `style` is what its paragraph inherits. Tells once if they can not be
  /// said.
  [[nodiscard]] CueSettings placed(const std::string& region, const TtmlStyle& style, std::size_t line);

  void lost(const XmlAttribute& attribute, std::size_t line);

 private:
  void read_clock(const XmlAttribute& attribute);
  TtmlStyle style_of(const XmlToken& token);

  CueBuilder& builder_;
  TtmlClock clock_;
  TtmlGrid grid_;
  std::string language_;
  std::map<std::string, TtmlStyle, std::less<>> styles_;
  std::map<std::string, TtmlStyle, std::less<>> regions_;
  std::map<std::string, std::string, std::less<>> agents_;
  std::set<std::string, std::less<>> told_;
  std::vector<std::string> path_;  ///< names of the open elements, from <head>
  std::string region_;             ///< xml:id of the open one
  std::string agent_;
};

}  // namespace tongxing::accessibility
