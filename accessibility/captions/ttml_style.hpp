// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"
#include "accessibility/captions/styled_run.hpp"
#include "accessibility/text/xml_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongxing::accessibility {

inline constexpr std::string_view kTtmlNamespace = "http://www.w3.org/ns/ttml";
inline constexpr std::string_view kTtmlStyling = "http://www.w3.org/ns/ttml#styling";
inline constexpr std::string_view kTtmlParameter = "http://www.w3.org/ns/ttml#parameter";
inline constexpr std::string_view kTtmlMetadata = "http://www.w3.org/ns/ttml#metadata";

enum class TtmlRuby : std::uint8_t { none, container, base, text, delimiter };
enum class TtmlDisplayAlign : std::uint8_t { before, center, after };

/// The style properties of TTML that WebVTT has a form for; nullopt: not said.
struct TtmlStyle {
  std::optional<bool> italic;
  std::optional<bool> bold;
  std::optional<bool> underline;
  std::optional<TextAlign> align;
  std::optional<TtmlDisplayAlign> display_align;
  std::optional<Vertical> vertical;
  std::optional<std::string> origin;  ///< as it stands, "10% 80%"
  std::optional<std::string> extent;
  TtmlRuby ruby = TtmlRuby::none;

  /// What `other` says counts more.
  void override_with(const TtmlStyle& other);
};

/// Takes one attribute of the styling namespace. False: WebVTT has no form for it, or it means something only
/// there.
[[nodiscard]] bool read_ttml_style(const XmlAttribute& attribute, TtmlStyle& style);

/// The size of the picture in the units that a document may use.
struct TtmlGrid {
  double width = 0;  ///< px; 0: not said
  double height = 0;
  double columns = 32;  ///< c (ttp:cellResolution)
  double rows = 15;
};

/// Two lengths, "10% 80%", "64px 36px", "2c 1c", as percent of the picture. nullopt: another unit, or px
/// without a picture.
struct TtmlPoint {
  double x = 0;
  double y = 0;
};
[[nodiscard]] std::optional<TtmlPoint> ttml_percent(std::string_view lengths, const TtmlGrid& grid);

/// The settings of a cue in a region with that style. nullopt: its place can not be said in WebVTT.
[[nodiscard]] std::optional<CueSettings> place_in_region(const TtmlStyle& style, const TtmlGrid& grid);

}  // namespace tongxing::accessibility
